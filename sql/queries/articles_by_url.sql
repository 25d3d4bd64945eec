-- Articles as they stand, and the canonical URL of the entry that each one's newest revision comes from.
SELECT
    a.canonical_url,
    e.canonical_url AS entry_url,
    a.content_key,
    a.text,
    a.revision
FROM ingest.articles AS a
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
WHERE a.canonical_url = ANY(%(urls)s::text[])
