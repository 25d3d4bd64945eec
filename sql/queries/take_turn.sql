-- Takes a turn to ask a site, if one is free, the pause is over, and the site need not be left alone.
-- With more than one request at a time the pause begins now, else when the turn ends.
INSERT INTO ingest.sites AS s (domain, first_seen_at, turns)
VALUES (%(domain)s, %(now)s, ARRAY[%(now)s::timestamptz + %(longest)s::interval])
ON CONFLICT (domain) DO UPDATE
    SET
        turns = ingest.turns_at(s.turns, %(now)s) || excluded.turns,
        next_turn_at = CASE
            WHEN s.concurrency > 1
                THEN %(now)s + coalesce(s.pause_seconds, %(pause_seconds)s) * interval '1 second'
            ELSE s.next_turn_at
        END
    WHERE
    cardinality(ingest.turns_at(s.turns, %(now)s)) < coalesce(s.concurrency, 1)
    AND (s.next_turn_at IS NULL OR s.next_turn_at <= %(now)s)
    AND (s.next_fetch_at IS NULL OR s.next_fetch_at <= %(now)s)
RETURNING
    slowdowns,
    turns[cardinality(turns)] AS turn_until
