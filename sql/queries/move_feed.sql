-- Gives a feed that moved for good its new URL and remembers the old one; if that is a feed too, this one is paused.
-- Of many old ones the first is remembered, as somebody gave it, and the last: a feed may move at each poll.
WITH moved AS (
    SELECT
        f.feed_id,
        array_append(array_remove(array_remove(f.former_urls, %(url)s), f.url), f.url) AS former,
        (SELECT o.feed_id FROM ingest.feeds AS o WHERE o.url = %(url)s) AS other_id
    FROM ingest.feeds AS f
    WHERE f.feed_id = %(feed_id)s AND f.url <> %(url)s
)

UPDATE ingest.feeds AS f SET
    url = CASE WHEN m.other_id IS NULL THEN %(url)s ELSE f.url END,
    former_urls = CASE
        WHEN m.other_id IS NULL THEN m.former[:1] || m.former[greatest(cardinality(m.former) - 18, 2):]
        ELSE f.former_urls
    END,
    paused = f.paused OR m.other_id IS NOT NULL,
    pause_reason = CASE
        WHEN m.other_id IS NOT NULL
            THEN format('moved for good to %%s, which is polled as feed %%s', %(url)s::text, m.other_id)
    END
FROM moved AS m
WHERE f.feed_id = m.feed_id
