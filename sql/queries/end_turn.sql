-- Gives a turn back and begins the pause; an operator's own pause for the site goes first.
UPDATE ingest.sites AS s SET
    turn_until = NULL,
    next_turn_at = %(now)s + coalesce(s.pause_seconds, %(pause_seconds)s) * interval '1 second'
WHERE s.domain = %(domain)s
