-- When a site's pause is over, and until when it asked to be left alone.
SELECT
    s.next_turn_at,
    s.next_fetch_at
FROM ingest.sites AS s
WHERE s.domain = %(domain)s
