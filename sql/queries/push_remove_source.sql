-- Removes a partner: from now on the door is shut for it.
DELETE FROM ingest.push_sources WHERE source = %(source)s RETURNING source
