-- Takes the turn to ask a site, if nobody has it and the pause is over.
INSERT INTO ingest.sites AS s (domain, first_seen_at, turn_until) VALUES (%(domain)s, %(now)s, %(turn_until)s)
ON CONFLICT (domain) DO UPDATE
    SET turn_until = excluded.turn_until
    WHERE
    (s.turn_until IS NULL OR s.turn_until <= %(now)s)
    AND (s.next_turn_at IS NULL OR s.next_turn_at <= %(now)s)
RETURNING domain
