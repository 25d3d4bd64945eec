-- Sites that asked not to be visited before an instant.
INSERT INTO ingest.sites AS s (domain, first_seen_at, next_fetch_at)
SELECT
    h.domain,
    %(now)s,
    max(h.until)
FROM unnest(%(domains)s::text[], %(until)s::timestamptz[]) AS h (domain, until)
GROUP BY h.domain
ORDER BY h.domain
ON CONFLICT (domain) DO UPDATE SET next_fetch_at = greatest(s.next_fetch_at, excluded.next_fetch_at)
