-- On what terms a site may be asked: its pause, its wish to be left alone, who is asking it, what an operator set.
SELECT
    s.next_turn_at,
    s.next_fetch_at,
    coalesce(s.concurrency, 1) AS concurrency,
    s.robots_ignored_because,
    s.blocked_because,
    cardinality(ingest.turns_at(s.turns, %(now)s)) > 0 AS busy
FROM ingest.sites AS s
WHERE s.domain = %(domain)s
