-- An origin's robots.txt, while it is valid.
SELECT
    r.standing,
    r.text,
    r.detail,
    r.reason,
    r.expires_at
FROM ingest.robots AS r
WHERE r.origin = %(origin)s AND r.expires_at > %(now)s
