-- How many articles of its site have the title and text that a candidate has, under URLs other than its own.
SELECT
    c.entry_id,
    count(*) AS copies
FROM
    unnest(%(entry_ids)s::bigint[], %(domains)s::text[], %(content_keys)s::text[])
        AS c (entry_id, domain, content_key)
INNER JOIN ingest.entries AS e ON c.entry_id = e.entry_id
INNER JOIN ingest.articles AS a ON a.content_key = decode(c.content_key, 'hex') AND c.domain = a.domain
INNER JOIN ingest.entries AS o ON a.entry_id = o.entry_id
WHERE o.canonical_url <> e.canonical_url AND a.redirects_to IS NULL
GROUP BY c.entry_id
