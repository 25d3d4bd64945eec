-- Adds to the counts of what was refused.
INSERT INTO ingest.push_refusals AS r (hour, door, source, reason, count, last_at)
SELECT
    date_trunc('hour', %(now)s::timestamptz, 'UTC'),
    w.door,
    w.source,
    w.reason,
    w.count,
    %(now)s
FROM
    unnest(%(doors)s::text[], %(sources)s::text[], %(reasons)s::text[], %(counts)s::bigint[])
        AS w (door, source, reason, count)
ORDER BY w.door, w.source, w.reason
ON CONFLICT (hour, door, source, reason) DO UPDATE SET count = r.count + excluded.count, last_at = excluded.last_at
