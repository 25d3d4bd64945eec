-- What a feed's life needs: pages as feeds, former URLs, why it is paused, what may replace it, what leads off site.
ALTER TABLE ingest.feeds
ADD COLUMN kind text NOT NULL DEFAULT 'feed' CHECK (kind IN ('feed', 'page')),
ADD COLUMN pause_reason text,
ADD COLUMN former_urls text[] NOT NULL DEFAULT '{}',
ADD COLUMN suggested_url text,
ADD COLUMN suggested_why text,
ADD COLUMN trouble text CHECK (trouble IN ('later', 'wrong', 'refused', 'gone')),
ADD COLUMN items integer,
ADD COLUMN off_site_items integer,
ADD COLUMN newest_item_at timestamptz,
ADD COLUMN last_new_at timestamptz,
ADD COLUMN sitemaps jsonb;
COMMENT ON COLUMN ingest.feeds.kind IS 'feed: a document made for us; page: a page for people whose links are read.';
COMMENT ON COLUMN ingest.feeds.pause_reason IS 'Why we paused it ourselves; null when a person did.';
COMMENT ON COLUMN ingest.feeds.former_urls IS 'Where it was before it moved for good.';
COMMENT ON COLUMN ingest.feeds.suggested_url IS 'Where it may be now, for a person to decide; null for no idea.';
COMMENT ON COLUMN ingest.feeds.suggested_why IS 'What says so.';
COMMENT ON COLUMN ingest.feeds.trouble IS
'What kind of failure the last one was: later (may pass), wrong (no feed there), refused or gone; null for none.';
COMMENT ON COLUMN ingest.feeds.items IS 'How many items its last document listed.';
COMMENT ON COLUMN ingest.feeds.off_site_items IS 'How many of them lead to another site than the feed''s own.';
COMMENT ON COLUMN ingest.feeds.newest_item_at IS 'When the newest item that it ever listed was published, as it says.';
COMMENT ON COLUMN ingest.feeds.last_new_at IS 'When a poll of it last found something new.';
COMMENT ON COLUMN ingest.feeds.sitemaps IS 'Of an index of sitemaps: each one that was read, and its lastmod then.';

ALTER TABLE ingest.entries ADD COLUMN off_site boolean NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN ingest.entries.off_site IS
'The feed that lists it is another site''s: an aggregator''s or a tracker''s link.';
COMMENT ON COLUMN ingest.entries.source IS
'What discovered it: feed, page, sitemap, canonical (named by a variant), push, websub, queue, archive, command.';
-- serves news.off_site_links
CREATE INDEX entries_off_site ON ingest.entries (feed_id, entry_id DESC) WHERE off_site;

CREATE TABLE ingest.claims (
    article_id bigint PRIMARY KEY REFERENCES ingest.articles ON DELETE CASCADE,
    claimed_url text NOT NULL CHECK (length(claimed_url) <= 2048)
);
COMMENT ON TABLE ingest.claims IS
'Articles whose page says that it is a variant (AMP, mobile, print) of another page, which was not seen yet.';
COMMENT ON COLUMN ingest.claims.article_id IS
'The article, kept under its own URL until the other page shows the same text.';
COMMENT ON COLUMN ingest.claims.claimed_url IS 'The canonical URL that its page claims.';
-- serves claiming_articles.sql
CREATE INDEX claims_by_url ON ingest.claims (claimed_url, article_id DESC);

CREATE OR REPLACE VIEW news.feed_health AS
SELECT
    f.feed_id,
    f.url,
    f.title,
    CASE
        WHEN f.paused THEN 'paused'
        WHEN f.last_polled_at IS NULL THEN 'new'
        WHEN f.failures >= 5 THEN 'broken'
        WHEN f.failures > 0 THEN 'failing'
        ELSE 'healthy'
    END AS state,
    f.last_polled_at,
    f.last_changed_at,
    f.next_poll_at,
    f.poll_seconds,
    f.failures,
    f.last_error,
    f.poll_why,
    f.kind,
    f.pause_reason,
    f.trouble,
    f.former_urls,
    f.suggested_url,
    f.suggested_why,
    f.items,
    f.off_site_items,
    f.newest_item_at,
    f.last_new_at,
    f.last_read_at
FROM ingest.feeds AS f;
COMMENT ON VIEW news.feed_health IS
'How each feed is doing and how fresh it is, when it is asked next and why then, and where it may be if it is lost.';

CREATE VIEW news.off_site_links AS
SELECT
    e.feed_id,
    f.url AS feed_url,
    e.entry_id,
    e.url,
    e.domain,
    e.final_url AS leads_to,
    e.discovered_at,
    e.outcome,
    e.article_id
FROM ingest.entries AS e
LEFT JOIN ingest.feeds AS f ON e.feed_id = f.feed_id
WHERE e.off_site;
COMMENT ON VIEW news.off_site_links IS
'Items of feeds that lead to another site, as trackers and aggregators do: kept, and where each led.';
