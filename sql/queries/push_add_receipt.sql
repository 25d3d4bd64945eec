-- Takes note of a push; no row if its signature or its idempotency key was seen before.
INSERT INTO ingest.push_receipts (receipt_id, source, signature, idempotency_key, body_hash, received_at)
VALUES (%(receipt_id)s, %(source)s, %(signature)s, %(idempotency_key)s, %(body_hash)s, %(now)s)
ON CONFLICT DO NOTHING
RETURNING receipt_id
