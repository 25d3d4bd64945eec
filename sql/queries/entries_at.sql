-- The entries of a batch that are at one stage.
SELECT
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
FROM ingest.entries AS e
WHERE e.batch_id = %(batch_id)s AND e.stage = %(stage)s
