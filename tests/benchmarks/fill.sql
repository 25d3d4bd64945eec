-- Stored articles from number %(first)s to %(last)s, of 200 sites: each with its ended entry, revision, two removed blocks, attribution.
INSERT INTO ingest.sites (domain)
SELECT 'stored' || n || '.example' FROM generate_series(0, 199) AS n
ON CONFLICT DO NOTHING;

WITH numbers AS (
    SELECT
        n,
        'stored' || n %% 200 || '.example' AS domain,
        'https://stored' || n %% 200 || '.example/news/' || md5(n::text) AS url,
        timestamptz '2024-01-01' + n * interval '1 minute' AS instant,
        repeat('Text of article ' || n || '. ', 12) AS words
    FROM generate_series(%(first)s, %(last)s) AS n
),

visits AS (
    INSERT INTO ingest.entries (
        url, canonical_url, domain, source, title, item_hash, discovered_at, first_seen_at, revisit_at, stage, attempts,
        outcome, reason, finished_at, page_hash
    )
    SELECT
        url, url, domain, 'feed', 'Title ' || n, sha256(url::bytea), instant, instant, NULL, 'done', 1,
        'loaded', 'new', instant, sha256(words::bytea)
    FROM numbers
    RETURNING entry_id, canonical_url
),

stored AS (
    INSERT INTO ingest.articles (
        canonical_url, domain, title, text, blocks, language, authors, published_at, tags, sources, reading, characters,
        content_key, revision, first_loaded_at, last_loaded_at, last_seen_at, entry_id, page_hash
    )
    SELECT
        n.url, n.domain, 'Title ' || n.n, n.words, '[]', 'en', '{}', n.instant, '{}', '{}', 'trafilatura',
        length(n.words), sha256(n.words::bytea), 1, n.instant, n.instant, n.instant, v.entry_id, sha256(n.words::bytea)
    FROM numbers AS n
    INNER JOIN visits AS v ON n.url = v.canonical_url
    RETURNING article_id, title, text, content_key, entry_id, page_hash
),

kept AS (
    INSERT INTO ingest.revisions (article_id, revision, title, text, content_key, entry_id, page_hash)
    SELECT article_id, 1, title, text, content_key, entry_id, page_hash FROM stored
),

ledger AS (
    INSERT INTO ingest.removals (article_id, revision, number, position, label, rule, rule_version, text, path)
    SELECT s.article_id, 1, m, m, 'related', 'fill', '1', 'Read also: article ' || s.article_id, 'article>p'
    FROM stored AS s
    CROSS JOIN generate_series(1, 2) AS m
)

INSERT INTO ingest.attributions (article_id, agency, publisher, method, confidence)
SELECT article_id, 'Reuters', 'Stored', 'dateline', 1 FROM stored;
