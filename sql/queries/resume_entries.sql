-- The rest of a batch whose worker died, for the worker that goes on with it; a death counts as an attempt.
UPDATE ingest.entries AS e SET attempts = e.attempts + 1
WHERE e.batch_id = %(batch_id)s AND e.stage <> 'done'
RETURNING
    e.entry_id,
    e.url,
    e.canonical_url,
    e.domain,
    e.source,
    e.feed_id,
    e.guid,
    e.title,
    e.authors,
    e.published_at,
    e.modified_at,
    e.summary,
    e.language,
    e.categories,
    e.content_html,
    e.attempts
