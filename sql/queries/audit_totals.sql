-- How many entries there are, and how far they have come.
SELECT
    (SELECT coalesce(sum(o.count), 0)::bigint FROM ingest.outcomes AS o WHERE o.outcome = 'discovered') AS discovered,
    count(*) FILTER (WHERE e.stage = 'done') AS ended,
    count(*) FILTER (WHERE e.stage = 'waiting') AS waiting,
    count(*) FILTER (WHERE e.stage NOT IN ('done', 'waiting')) AS under_way,
    count(*) FILTER (WHERE e.stage NOT IN ('done', 'waiting') AND e.lease_until < %(now)s) AS overdue
FROM ingest.entries AS e
