-- Makes the sites known that are not; in order, so that two adders never wait for each other.
INSERT INTO ingest.sites (domain, first_seen_at)
SELECT
    d.domain,
    %(now)s
FROM unnest(%(domains)s::text[]) AS d (domain)
ORDER BY d.domain
ON CONFLICT (domain) DO NOTHING
