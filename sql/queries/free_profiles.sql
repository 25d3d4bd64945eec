-- Lets learning come to a site again.
UPDATE ingest.profiles SET held = false
WHERE domain = %(domain)s AND held
