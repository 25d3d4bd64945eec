-- Pages that are due to be looked at again without anyone asking; taken by one worker only.
UPDATE ingest.entries AS e SET revisit_at = NULL
FROM (
    SELECT d.entry_id FROM ingest.entries AS d
    WHERE d.stage = 'done' AND d.revisit_at <= %(now)s
    ORDER BY d.revisit_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
) AS due
WHERE e.entry_id = due.entry_id
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
    e.attempts,
    e.item_hash,
    e.first_seen_at,
    e.off_site
