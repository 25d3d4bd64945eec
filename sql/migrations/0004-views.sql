-- The readers' contract. Columns may be added at the end; none is renamed or dropped.
CREATE VIEW news.articles AS
SELECT
    a.article_id,
    a.canonical_url AS url,
    a.title,
    a.text,
    a.language,
    a.authors,
    t.agency,
    coalesce(t.publisher, a.site_name, a.domain) AS publisher,
    a.domain,
    a.published_at,
    a.modified_at,
    a.section,
    a.tags,
    a.summary,
    a.lead_image,
    a.characters,
    a.revision,
    a.first_loaded_at,
    a.last_loaded_at,
    a.sources
FROM ingest.articles AS a
LEFT JOIN ingest.attributions AS t ON a.article_id = t.article_id;
COMMENT ON VIEW news.articles IS 'One row an article: its newest revision, clean and validated.';

CREATE VIEW news.revisions AS
SELECT
    r.article_id,
    r.revision,
    a.canonical_url AS url,
    r.title,
    r.text,
    r.modified_at,
    r.loaded_at
FROM ingest.revisions AS r
INNER JOIN ingest.articles AS a ON r.article_id = a.article_id;
COMMENT ON VIEW news.revisions IS 'Every revision of every article.';

CREATE VIEW news.removed_text AS
SELECT
    m.article_id,
    m.revision,
    a.canonical_url AS url,
    a.domain,
    m.position,
    m.label,
    m.text,
    m.rule,
    m.rule_version
FROM ingest.removals AS m
INNER JOIN ingest.articles AS a ON m.article_id = a.article_id;
COMMENT ON VIEW news.removed_text IS 'What was taken off, by which rule.';

CREATE VIEW news.quarantine AS
SELECT
    e.entry_id,
    e.url,
    e.domain,
    j.expectation,
    j.column_name,
    j.observed,
    j.rejected_at
FROM ingest.rejections AS j
INNER JOIN ingest.entries AS e ON j.entry_id = e.entry_id;
COMMENT ON VIEW news.quarantine IS 'Articles that failed the gate: one row a failed expectation.';

CREATE VIEW news.feed_health AS
SELECT
    f.feed_id,
    f.url,
    f.title,
    CASE
        WHEN f.paused THEN 'paused'
        WHEN f.last_polled_at IS NULL THEN 'new'
        WHEN f.failures > 0 THEN 'failing'
        ELSE 'healthy'
    END AS state,
    f.last_polled_at,
    f.last_changed_at,
    f.next_poll_at,
    f.poll_seconds,
    f.failures,
    f.last_error,
    f.poll_why
FROM ingest.feeds AS f;
COMMENT ON VIEW news.feed_health IS 'How each feed is doing, when it is asked next and why then.';

CREATE VIEW news.funnel AS
SELECT
    o.hour,
    o.feed_id,
    f.url AS feed_url,
    o.domain,
    o.stage,
    o.outcome,
    o.reason,
    o.count
FROM ingest.outcomes AS o
LEFT JOIN ingest.feeds AS f ON o.feed_id = f.feed_id;
COMMENT ON VIEW news.funnel IS 'What was discovered and how it ended, by hour, feed and site.';

CREATE VIEW news.latency AS
SELECT
    a.article_id,
    a.canonical_url AS url,
    a.domain,
    e.published_at AS item_published_at,
    e.discovered_at,
    e.fetched_at,
    a.first_loaded_at,
    a.first_loaded_at - e.discovered_at AS discovery_to_row
FROM ingest.articles AS a
INNER JOIN ingest.revisions AS r ON a.article_id = r.article_id AND r.revision = 1
INNER JOIN ingest.entries AS e ON r.entry_id = e.entry_id;
COMMENT ON VIEW news.latency IS 'How long each article took from discovery to its row.';
