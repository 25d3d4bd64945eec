-- All partners by name; the previous secret only while it is still accepted.
SELECT
    s.source,
    s.secret,
    CASE WHEN s.previous_until > %(now)s THEN s.previous_secret END AS previous_secret,
    CASE WHEN s.previous_until > %(now)s THEN s.previous_until END AS previous_until,
    s.domains,
    s.requests_per_second,
    s.burst,
    s.created_at,
    (SELECT max(r.received_at) FROM ingest.push_receipts AS r WHERE r.source = s.source) AS last_push_at
FROM ingest.push_sources AS s
ORDER BY s.source
