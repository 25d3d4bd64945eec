-- What entries become: articles with their revisions, the ledger of removed text, attribution, quarantine.
CREATE TABLE ingest.drafts (
    entry_id bigint PRIMARY KEY REFERENCES ingest.entries ON DELETE CASCADE,
    candidate jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE ingest.drafts IS 'Cleaned articles on their way through validation; XCom carries only ids.';
COMMENT ON COLUMN ingest.drafts.entry_id IS 'The entry it comes from.';
COMMENT ON COLUMN ingest.drafts.candidate IS 'copydesk.models.Candidate as JSON.';
COMMENT ON COLUMN ingest.drafts.created_at IS 'When it was cleaned.';

CREATE TABLE ingest.articles (
    article_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    canonical_url text NOT NULL UNIQUE CHECK (length(canonical_url) <= 2048),
    domain text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    blocks jsonb NOT NULL,
    language text,
    authors text[] NOT NULL,
    published_at timestamptz,
    modified_at timestamptz,
    site_name text,
    lead_image text,
    section text,
    tags text[] NOT NULL,
    summary text,
    sources jsonb NOT NULL,
    reading text NOT NULL,
    characters integer NOT NULL,
    content_key bytea NOT NULL,
    revision integer NOT NULL,
    first_loaded_at timestamptz NOT NULL DEFAULT now(),
    last_loaded_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    entry_id bigint NOT NULL REFERENCES ingest.entries,
    page_hash bytea
);
COMMENT ON TABLE ingest.articles IS 'The newest revision of each article.';
COMMENT ON COLUMN ingest.articles.article_id IS 'Identity.';
COMMENT ON COLUMN ingest.articles.canonical_url IS 'Where it is published, without tracking parameters.';
COMMENT ON COLUMN ingest.articles.domain IS 'The site that published it.';
COMMENT ON COLUMN ingest.articles.title IS 'Title without the site''s name.';
COMMENT ON COLUMN ingest.articles.text IS 'The kept blocks, a blank line between two.';
COMMENT ON COLUMN ingest.articles.blocks IS 'The kept blocks in order: [{label, text}].';
COMMENT ON COLUMN ingest.articles.language IS 'BCP 47 primary language.';
COMMENT ON COLUMN ingest.articles.authors IS 'Persons, in order.';
COMMENT ON COLUMN ingest.articles.published_at IS 'When the publisher says it was published.';
COMMENT ON COLUMN ingest.articles.modified_at IS 'When the publisher says it was last changed.';
COMMENT ON COLUMN ingest.articles.site_name IS 'What the site calls itself.';
COMMENT ON COLUMN ingest.articles.lead_image IS 'URL of the lead image.';
COMMENT ON COLUMN ingest.articles.section IS 'The site''s section.';
COMMENT ON COLUMN ingest.articles.tags IS 'Tags and keywords.';
COMMENT ON COLUMN ingest.articles.summary IS 'The publisher''s own summary.';
COMMENT ON COLUMN ingest.articles.sources IS 'Where each field was read: {field: source}.';
COMMENT ON COLUMN ingest.articles.reading IS 'What the body was read from.';
COMMENT ON COLUMN ingest.articles.characters IS 'Length of text in characters.';
COMMENT ON COLUMN ingest.articles.content_key IS 'SHA-256 of title and text; another one makes a revision.';
COMMENT ON COLUMN ingest.articles.revision IS 'Number of the newest revision, from 1.';
COMMENT ON COLUMN ingest.articles.first_loaded_at IS 'When the first revision was loaded.';
COMMENT ON COLUMN ingest.articles.last_loaded_at IS 'When the newest revision was loaded.';
COMMENT ON COLUMN ingest.articles.last_seen_at IS 'When a visit last found it, changed or not.';
COMMENT ON COLUMN ingest.articles.entry_id IS 'The visit that the newest revision comes from.';
COMMENT ON COLUMN ingest.articles.page_hash IS 'The page that the newest revision comes from.';
-- serves readers who ask for what is new
CREATE INDEX articles_by_time ON ingest.articles (published_at DESC);
-- serves copies_on_site.sql
CREATE INDEX articles_by_content ON ingest.articles (content_key);
-- serves readers who ask for one publisher
CREATE INDEX articles_by_domain ON ingest.articles (domain, published_at DESC);

CREATE TABLE ingest.revisions (
    article_id bigint NOT NULL REFERENCES ingest.articles ON DELETE CASCADE,
    revision integer NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    content_key bytea NOT NULL,
    modified_at timestamptz,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    entry_id bigint NOT NULL REFERENCES ingest.entries,
    page_hash bytea,
    PRIMARY KEY (article_id, revision)
);
COMMENT ON TABLE ingest.revisions IS 'Every revision of every article, the newest included.';
COMMENT ON COLUMN ingest.revisions.article_id IS 'The article.';
COMMENT ON COLUMN ingest.revisions.revision IS 'From 1 on.';
COMMENT ON COLUMN ingest.revisions.title IS 'The title then.';
COMMENT ON COLUMN ingest.revisions.text IS 'The text then.';
COMMENT ON COLUMN ingest.revisions.content_key IS 'SHA-256 of title and text.';
COMMENT ON COLUMN ingest.revisions.modified_at IS 'The publisher''s own modification time then.';
COMMENT ON COLUMN ingest.revisions.loaded_at IS 'When it was loaded.';
COMMENT ON COLUMN ingest.revisions.entry_id IS 'The visit it comes from.';
COMMENT ON COLUMN ingest.revisions.page_hash IS 'The page it comes from.';

CREATE TABLE ingest.removals (
    article_id bigint NOT NULL,
    revision integer NOT NULL,
    number integer NOT NULL,
    position integer NOT NULL,
    label text NOT NULL,
    rule text NOT NULL,
    rule_version text NOT NULL,
    text text NOT NULL,
    path text NOT NULL,
    PRIMARY KEY (article_id, revision, number),
    FOREIGN KEY (article_id, revision) REFERENCES ingest.revisions ON DELETE CASCADE
);
COMMENT ON TABLE ingest.removals IS 'The ledger: every block that was taken off a revision.';
COMMENT ON COLUMN ingest.removals.article_id IS 'The article.';
COMMENT ON COLUMN ingest.removals.revision IS 'The revision it was taken off.';
COMMENT ON COLUMN ingest.removals.number IS 'Place in the revision''s ledger, from 1.';
COMMENT ON COLUMN ingest.removals.position IS 'Place among the page''s blocks, kept ones counted too.';
COMMENT ON COLUMN ingest.removals.label IS 'What it is.';
COMMENT ON COLUMN ingest.removals.rule IS 'The rule that took it.';
COMMENT ON COLUMN ingest.removals.rule_version IS 'Version of that rule.';
COMMENT ON COLUMN ingest.removals.text IS 'The text, whole.';
COMMENT ON COLUMN ingest.removals.path IS 'Where on the page it stood.';

CREATE TABLE ingest.attributions (
    article_id bigint PRIMARY KEY REFERENCES ingest.articles ON DELETE CASCADE,
    agency text,
    publisher text,
    method text NOT NULL,
    evidence text,
    confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
COMMENT ON TABLE ingest.attributions IS 'Who wrote an article and who published it.';
COMMENT ON COLUMN ingest.attributions.article_id IS 'The article.';
COMMENT ON COLUMN ingest.attributions.agency IS
'Canonical name of the agency or outlet that wrote it; null when none is named.';
COMMENT ON COLUMN ingest.attributions.publisher IS 'Who published this copy.';
COMMENT ON COLUMN ingest.attributions.method IS 'The kind of evidence that decided.';
COMMENT ON COLUMN ingest.attributions.evidence IS 'The words it was read from.';
COMMENT ON COLUMN ingest.attributions.confidence IS 'Between 0 and 1.';

CREATE TABLE ingest.rejections (
    entry_id bigint NOT NULL REFERENCES ingest.entries ON DELETE CASCADE,
    expectation text NOT NULL,
    column_name text NOT NULL,
    observed text,
    candidate jsonb NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (entry_id, expectation, column_name)
);
COMMENT ON TABLE ingest.rejections IS 'Quarantine: each expectation that a candidate failed.';
COMMENT ON COLUMN ingest.rejections.entry_id IS 'The visit.';
COMMENT ON COLUMN ingest.rejections.expectation IS 'The expectation''s name in expectations/articles.json.';
COMMENT ON COLUMN ingest.rejections.column_name IS 'The column it looks at.';
COMMENT ON COLUMN ingest.rejections.observed IS 'The value that failed, shortened.';
COMMENT ON COLUMN ingest.rejections.candidate IS 'The whole article as it stood at the gate.';
COMMENT ON COLUMN ingest.rejections.rejected_at IS 'When.';
