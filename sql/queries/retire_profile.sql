-- Takes a site's profile out of use; held keeps learning away from the site until a person asks for it.
UPDATE ingest.profiles SET state = 'retired', held = %(held)s, retired_at = %(now)s, reason = %(reason)s
WHERE domain = %(domain)s AND state = 'active'
RETURNING version
