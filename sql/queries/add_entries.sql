-- Adds visits, counts them as discovered, and lets them take over what older visits had planned.
WITH added AS (
    INSERT INTO ingest.entries (
        url, canonical_url, domain, source, feed_id, guid, title, authors, published_at, modified_at, summary,
        language, categories, content_html, item_hash, discovered_at, first_seen_at, revisit_at, off_site, not_before
    )
    SELECT
        i.url,
        i.canonical_url,
        i.domain,
        i.source,
        i.feed_id,
        i.guid,
        i.title,
        i.authors,
        i.published_at,
        i.modified_at,
        i.summary,
        i.language,
        i.categories,
        i.content_html,
        decode(i.item_hash, 'hex'),
        %(now)s,
        i.first_seen_at,
        i.revisit_at,
        coalesce(i.off_site, FALSE),
        %(now)s
    FROM
        jsonb_to_recordset(%(items)s::jsonb)
            AS i (
                url text, canonical_url text, domain text, source text, feed_id bigint, guid text, title text,
                authors text[], published_at timestamptz, modified_at timestamptz, summary text, language text,
                categories text[], content_html text, item_hash text, first_seen_at timestamptz, revisit_at timestamptz,
                off_site boolean
            )
    ORDER BY i.canonical_url
    ON CONFLICT (canonical_url) WHERE stage <> 'done' DO NOTHING
    RETURNING canonical_url, feed_id, domain
),

superseded AS (
    UPDATE ingest.entries AS e SET revisit_at = NULL
    FROM added AS a
    WHERE e.canonical_url = a.canonical_url AND e.stage = 'done' AND e.revisit_at IS NOT NULL
),

counted AS (
    INSERT INTO ingest.outcomes AS o (hour, feed_id, domain, stage, outcome, count)
    SELECT
        date_trunc('hour', %(now)s::timestamptz, 'UTC'),
        coalesce(a.feed_id, 0) AS feed,
        a.domain,
        'discover',
        'discovered',
        count(*)
    FROM added AS a
    GROUP BY feed, a.domain
    ORDER BY feed, a.domain
    ON CONFLICT (hour, feed_id, domain, stage, outcome, reason) DO UPDATE SET count = o.count + excluded.count
)

SELECT a.canonical_url FROM added AS a
