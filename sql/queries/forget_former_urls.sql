-- Some articles' own URLs, which other ones, or they themselves, may have had before.
DELETE FROM ingest.former_urls AS f
WHERE f.url = any(%(urls)s::text[])
