-- What was refused at the doors so far.
SELECT
    r.door,
    r.source,
    r.reason,
    sum(r.count)::bigint AS count,
    max(r.last_at) AS last_at
FROM ingest.push_refusals AS r
GROUP BY r.door, r.source, r.reason
ORDER BY max(r.last_at) DESC
