-- Makes feeds due now, by URL or number, or all that are not paused; asks for new visits to their items if wanted.
UPDATE ingest.feeds AS f SET
    next_poll_at = now(),
    revisit_before = CASE WHEN %(revisit)s THEN now() ELSE f.revisit_before END
WHERE (%(every)s AND NOT f.paused) OR f.url = any(%(names)s) OR f.feed_id::text = any(%(names)s)
RETURNING f.url, f.feed_id
