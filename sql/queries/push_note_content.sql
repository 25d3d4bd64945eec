-- Takes note of a body; no row if the same one came within the window.
INSERT INTO ingest.push_contents AS c (subscription_id, body_hash, received_at)
VALUES (%(subscription_id)s, %(body_hash)s, %(now)s)
ON CONFLICT (subscription_id, body_hash) DO UPDATE
    SET received_at = excluded.received_at
    WHERE c.received_at <= %(window_start)s
RETURNING c.subscription_id
