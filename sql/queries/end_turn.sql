-- Gives a turn back, begins the pause if the site takes one request at a time, and notes how long it wants to be left
-- alone; an operator's own pause for the site goes first.
UPDATE ingest.sites AS s SET
    turns = ingest.turns_without(s.turns, %(turn_until)s),
    next_turn_at = greatest(
        s.next_turn_at,
        CASE
            WHEN coalesce(s.concurrency, 1) = 1
                THEN %(now)s + coalesce(s.pause_seconds, %(pause_seconds)s) * interval '1 second'
        END
    ),
    next_fetch_at = greatest(s.next_fetch_at, %(hold_until)s),
    slowdowns = CASE WHEN %(slowed)s THEN s.slowdowns + 1 ELSE 0 END
WHERE s.domain = %(domain)s
