-- Gives a partner a new secret; the present one is accepted until previous_until.
UPDATE ingest.push_sources
SET secret = %(secret)s, previous_secret = secret, previous_until = %(previous_until)s
WHERE source = %(source)s
RETURNING source
