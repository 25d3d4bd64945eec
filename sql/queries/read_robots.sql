-- What is known of an origin's robots.txt, without its text, while it is valid.
SELECT
    r.standing,
    r.detail,
    r.reason,
    r.expires_at
FROM ingest.robots AS r
WHERE r.origin = %(origin)s AND r.expires_at > %(now)s
