-- Sites that asked not to be visited before an instant.
UPDATE ingest.sites AS s SET next_fetch_at = greatest(s.next_fetch_at, h.until)
FROM unnest(%(domains)s::text[], %(until)s::timestamptz[]) AS h (domain, until)
WHERE s.domain = h.domain
