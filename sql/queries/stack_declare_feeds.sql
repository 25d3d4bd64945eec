-- Adds the feeds that the stack was asked for, and lets those go on that are paused.
INSERT INTO ingest.feeds (url)
SELECT u.url FROM unnest(%(urls)s::text[]) AS u (url)
ON CONFLICT (url) DO UPDATE SET paused = false, next_poll_at = now()
