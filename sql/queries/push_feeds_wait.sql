-- Whether any feed is due for a poll.
SELECT count(*) > 0 AS wait
FROM (
    SELECT f.feed_id FROM ingest.feeds AS f
    WHERE NOT f.paused AND f.next_poll_at <= now()
    ORDER BY f.next_poll_at
    LIMIT 1
) AS w
