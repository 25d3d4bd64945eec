-- Feeds whose last poll was refused, by robots.txt, a wall or an operator, and that are asked again only seldom.
SELECT
    f.feed_id,
    f.url
FROM ingest.feeds AS f
WHERE f.trouble = 'refused' AND NOT f.paused
