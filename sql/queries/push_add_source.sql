-- Adds a partner; no row if the name is taken.
INSERT INTO ingest.push_sources (source, secret, domains, requests_per_second, burst, created_at)
VALUES (%(source)s, %(secret)s, %(domains)s, %(requests_per_second)s, %(burst)s, %(now)s)
ON CONFLICT (source) DO NOTHING
RETURNING source
