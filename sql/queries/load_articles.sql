-- Makes articles, revisions, the ledger and attributions of what landed; of two revisions of one the newer one stands.
WITH documents AS (
    SELECT
        d.*,
        i.document
    FROM incoming AS i
    CROSS JOIN
        LATERAL
        jsonb_to_record(i.document)
            AS d (
                entry_id bigint, canonical_url text, read_url text, revision integer, domain text, title text,
                text text, blocks jsonb, language text, authors text[], published_at timestamptz,
                modified_at timestamptz, site_name text, lead_image text, section text, tags text[], summary text,
                sources jsonb, reading text, characters integer, content_key text, page_hash text, agency text,
                publisher text, method text, evidence text, confidence double precision
            )
),

newest AS (
    SELECT DISTINCT ON (d.canonical_url) d.*
    FROM documents AS d
    ORDER BY d.canonical_url ASC, d.revision DESC
),

articles AS (
    INSERT INTO ingest.articles AS a (
        canonical_url, read_url, domain, title, text, blocks, language, authors, published_at, modified_at, site_name,
        lead_image, section, tags, summary, sources, reading, characters, content_key, revision,
        first_loaded_at, last_loaded_at, last_seen_at, entry_id, page_hash
    )
    SELECT
        n.canonical_url,
        n.read_url,
        n.domain,
        n.title,
        n.text,
        n.blocks,
        n.language,
        n.authors,
        n.published_at,
        n.modified_at,
        n.site_name,
        n.lead_image,
        n.section,
        n.tags,
        n.summary,
        n.sources,
        n.reading,
        n.characters,
        decode(n.content_key, 'hex'),
        n.revision,
        %(now)s,
        %(now)s,
        %(now)s,
        n.entry_id,
        decode(n.page_hash, 'hex')
    FROM newest AS n
    ON CONFLICT (canonical_url) DO UPDATE
        SET
            domain = excluded.domain,
            title = excluded.title,
            text = excluded.text,
            blocks = excluded.blocks,
            language = excluded.language,
            authors = excluded.authors,
            published_at = coalesce(excluded.published_at, a.published_at),
            modified_at = coalesce(excluded.modified_at, a.modified_at),
            site_name = excluded.site_name,
            lead_image = excluded.lead_image,
            section = excluded.section,
            tags = excluded.tags,
            summary = excluded.summary,
            sources = excluded.sources,
            reading = excluded.reading,
            characters = excluded.characters,
            content_key = excluded.content_key,
            revision = excluded.revision,
            last_loaded_at = excluded.last_loaded_at,
            last_seen_at = excluded.last_seen_at,
            entry_id = excluded.entry_id,
            page_hash = excluded.page_hash
    RETURNING article_id, canonical_url
),

revisions AS (
    INSERT INTO ingest.revisions (
        article_id, revision, canonical_url, title, text, content_key, modified_at, loaded_at, entry_id, page_hash
    )
    SELECT
        a.article_id,
        d.revision,
        d.canonical_url,
        d.title,
        d.text,
        decode(d.content_key, 'hex'),
        d.modified_at,
        %(now)s,
        d.entry_id,
        decode(d.page_hash, 'hex')
    FROM documents AS d
    INNER JOIN articles AS a ON d.canonical_url = a.canonical_url
),

removals AS (
    INSERT INTO ingest.removals (article_id, revision, number, position, label, rule, rule_version, text, path)
    SELECT
        a.article_id,
        d.revision,
        m.number,
        (m.removal ->> 'position')::integer,
        m.removal ->> 'label',
        m.removal ->> 'rule',
        m.removal ->> 'rule_version',
        m.removal ->> 'text',
        m.removal ->> 'path'
    FROM documents AS d
    INNER JOIN articles AS a ON d.canonical_url = a.canonical_url
    CROSS JOIN LATERAL jsonb_array_elements(d.document -> 'removals') WITH ORDINALITY AS m (removal, number)
)

INSERT INTO ingest.attributions AS t (article_id, agency, publisher, method, evidence, confidence)
SELECT
    a.article_id,
    n.agency,
    n.publisher,
    n.method,
    n.evidence,
    n.confidence
FROM newest AS n
INNER JOIN articles AS a ON n.canonical_url = a.canonical_url
ON CONFLICT (article_id) DO UPDATE SET
    agency = excluded.agency,
    publisher = excluded.publisher,
    method = excluded.method,
    evidence = excluded.evidence,
    confidence = excluded.confidence
