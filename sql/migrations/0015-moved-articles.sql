-- Articles that go from one URL to another: where each was read last, where it was before, and where its URL leads.
INSERT INTO ingest.reasons (reason, outcome, meaning) VALUES
('moved', 'loaded', 'A known article is at another URL of its site; a new revision says so.'),
(
    'redirected', 'gone',
    'The server led from a known article''s URL to another article, to a list or to another text; the article stays.'
);

ALTER TABLE ingest.entries ADD COLUMN moved boolean NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN ingest.entries.moved IS 'Only permanent redirects led to final_url.';
-- serves articles_of_items.sql; guids are as long as a feed likes
CREATE INDEX entries_by_item ON ingest.entries (feed_id, hashtextextended(guid, 0), entry_id DESC)
WHERE outcome = 'loaded' AND guid IS NOT NULL;

ALTER TABLE ingest.articles
ADD COLUMN read_url text CHECK (length(read_url) <= 2048),
ADD COLUMN redirects_to text CHECK (length(redirects_to) <= 2048);
UPDATE ingest.articles SET read_url = canonical_url;
-- at the end of a transaction, as in one of them articles may take places in turn
ALTER TABLE ingest.articles
ADD CONSTRAINT articles_by_read_url UNIQUE (read_url) DEFERRABLE INITIALLY DEFERRED;
COMMENT ON COLUMN ingest.articles.read_url IS
'The URL, behind redirects, that its page was last read from; null for the canonical one.';
COMMENT ON COLUMN ingest.articles.redirects_to IS
'Where its URL led when it was last visited, if that was not the article; null where it was.';

ALTER TABLE ingest.revisions ADD COLUMN canonical_url text;
UPDATE ingest.revisions AS r SET canonical_url = a.canonical_url
FROM ingest.articles AS a
WHERE r.article_id = a.article_id;
COMMENT ON COLUMN ingest.revisions.canonical_url IS 'Where the article was published then; null for where it is now.';

CREATE TABLE ingest.former_urls (
    url text PRIMARY KEY CHECK (length(url) <= 2048),
    article_id bigint NOT NULL REFERENCES ingest.articles ON DELETE CASCADE,
    left_at timestamptz NOT NULL
);
COMMENT ON TABLE ingest.former_urls IS 'URLs that articles had before; what is some article''s URL now is not here.';
COMMENT ON COLUMN ingest.former_urls.url IS 'The canonical URL that it had.';
COMMENT ON COLUMN ingest.former_urls.article_id IS 'The article.';
COMMENT ON COLUMN ingest.former_urls.left_at IS 'When we saw that it is elsewhere.';
-- serves articles_by_url.sql
CREATE INDEX former_urls_by_article ON ingest.former_urls (article_id);

CREATE OR REPLACE VIEW news.articles AS
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
    a.sources,
    a.redirects_to
FROM ingest.articles AS a
LEFT JOIN ingest.attributions AS t ON a.article_id = t.article_id;
COMMENT ON COLUMN news.articles.redirects_to IS
'Where its URL leads instead of to the article: to another article, which may be the same story, to a list, to another'
' text; null while the article is there.';

CREATE OR REPLACE VIEW news.revisions AS
SELECT
    r.article_id,
    r.revision,
    a.canonical_url AS url,
    r.title,
    r.text,
    r.modified_at,
    r.loaded_at,
    coalesce(r.canonical_url, a.canonical_url) AS url_then
FROM ingest.revisions AS r
INNER JOIN ingest.articles AS a ON r.article_id = a.article_id;
COMMENT ON COLUMN news.revisions.url_then IS 'Where the article was published then.';

CREATE VIEW news.former_urls AS
SELECT
    f.url,
    f.article_id,
    a.canonical_url AS current_url,
    f.left_at
FROM ingest.former_urls AS f
INNER JOIN ingest.articles AS a ON f.article_id = a.article_id;
COMMENT ON VIEW news.former_urls IS 'Which article was at a URL before it moved, and where that is now.';
COMMENT ON COLUMN news.former_urls.url IS 'Where it was.';
COMMENT ON COLUMN news.former_urls.article_id IS 'The article.';
COMMENT ON COLUMN news.former_urls.current_url IS 'Where it is.';
COMMENT ON COLUMN news.former_urls.left_at IS 'When we saw that it is elsewhere.';
