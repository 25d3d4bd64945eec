-- How many visits a feed asked for in the 24 hours of the clock to now.
SELECT coalesce(sum(o.count), 0) AS visits
FROM
    generate_series(
        date_trunc('hour', %(now)s::timestamptz, 'UTC') - interval '23 hours', %(now)s::timestamptz, interval '1 hour'
    ) AS h (hour)
INNER JOIN ingest.outcomes AS o ON h.hour = o.hour AND o.feed_id = %(feed_id)s AND o.stage = 'discover'
