-- Takes one version into use; the one in use before must be retired.
UPDATE ingest.profiles SET state = 'active', activated_at = %(now)s, reason = %(reason)s
WHERE domain = %(domain)s AND version = %(version)s
RETURNING version
