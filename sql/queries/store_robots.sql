-- Keeps an origin's robots.txt.
INSERT INTO ingest.robots (origin, standing, text, detail, reason, asked_at, expires_at)
VALUES (%(origin)s, %(standing)s, %(text)s, %(detail)s, %(reason)s, %(now)s, %(expires_at)s)
ON CONFLICT (origin) DO UPDATE
    SET
        standing = excluded.standing,
        text = excluded.text,
        detail = excluded.detail,
        reason = excluded.reason,
        asked_at = excluded.asked_at,
        expires_at = excluded.expires_at
