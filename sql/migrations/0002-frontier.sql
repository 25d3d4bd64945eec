-- What is known to exist and how each of it ended: feeds, sites, entries, pages, the funnel.
CREATE TABLE ingest.reasons (
    reason text PRIMARY KEY,
    outcome text NOT NULL,
    meaning text NOT NULL,
    UNIQUE (outcome, reason)
);
COMMENT ON TABLE ingest.reasons IS
'The closed list of why an entry ended as it did; the same as copydesk.models.Reason.';
COMMENT ON COLUMN ingest.reasons.reason IS 'The word in the books.';
COMMENT ON COLUMN ingest.reasons.outcome IS 'The one outcome that this reason belongs to.';
COMMENT ON COLUMN ingest.reasons.meaning IS 'One sentence for people.';

INSERT INTO ingest.reasons (reason, outcome, meaning) VALUES
('new', 'loaded', 'An article that was not there before.'),
('revised', 'loaded', 'Title or text of a known article changed; a new revision was written.'),
('same-text', 'unchanged', 'The page was read again; title and text are the same.'),
('not-modified', 'unchanged', 'The server said, or the bytes showed, that the page did not change.'),
('same-article', 'duplicate', 'Another entry is the same article, by its canonical URL.'),
('expectation', 'quarantined', 'The article failed the gate; ingest.rejections says which expectations.'),
('robots', 'refused', 'robots.txt does not allow us to fetch it.'),
('too-large', 'refused', 'The response is larger than the limit.'),
('bomb', 'refused', 'The response decompresses to more than the limit or the allowed ratio.'),
('wrong-type', 'refused', 'The response is not HTML, XML or JSON.'),
('empty', 'refused', 'The response has no body.'),
('private-address', 'refused', 'The host is at a private, loopback, link-local or otherwise forbidden address.'),
('bad-url', 'refused', 'The URL is not one that can be fetched over http or https.'),
('redirects', 'refused', 'The redirects are a loop or too many.'),
('too-costly', 'refused', 'Extraction took more time, memory or depth than one page may take.'),
('login', 'refused', 'The server wants a login: it answered 401 or led to its login page.'),
('paywall', 'refused', 'The server wants payment: it answered 402.'),
('bot-wall', 'refused', 'The server answered with a test whether we are a person; we are not, and say so.'),
('geo-block', 'refused', 'The server answered 451: not available here for legal reasons.'),
('consent', 'refused', 'The server led to a page that asks for consent, instead of the article.'),
('not-found', 'gone', 'The server answered 404.'),
('soft-not-found', 'gone', 'The server led to its home page instead of saying that the page is gone.'),
('http-gone', 'gone', 'The server answered 410.'),
('client-error', 'failed', 'The server answered another 4xx.'),
('server-error', 'failed', 'The server answered 5xx, also after retries.'),
('rate-limited', 'failed', 'The server answered 429, also after waiting as it asked.'),
('timeout', 'failed', 'The server did not answer in time, also after retries.'),
('connection', 'failed', 'No connection, name or valid certificate could be had, also after retries.'),
('bad-response', 'failed', 'The response breaks HTTP or its declared compression, also after retries.'),
('unreadable', 'failed', 'The page could not be parsed at all.'),
('crashed', 'failed', 'Workers died over this entry as often as they may.');

CREATE TABLE ingest.sites (
    domain text PRIMARY KEY,
    lease_until timestamptz,
    batch_id bigint,
    claimed_at timestamptz,
    next_fetch_at timestamptz,
    turn_until timestamptz,
    next_turn_at timestamptz,
    pause_seconds double precision CHECK (pause_seconds BETWEEN 0 AND 3600),
    first_seen_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE ingest.sites IS 'One row a registrable domain (or IP address with port): who may fetch from it now.';
COMMENT ON COLUMN ingest.sites.domain IS 'Registrable domain by the public suffix list; for an IP address host:port.';
COMMENT ON COLUMN ingest.sites.lease_until IS 'One batch has the domain to itself until then; null when nobody has.';
COMMENT ON COLUMN ingest.sites.batch_id IS 'The batch that has it.';
COMMENT ON COLUMN ingest.sites.claimed_at IS 'When a batch last took it; who waited longest is served next.';
COMMENT ON COLUMN ingest.sites.next_fetch_at IS 'The site asked to be left alone until then (Retry-After).';
COMMENT ON COLUMN ingest.sites.turn_until IS 'A request is being made; if its maker died, its turn ends then.';
COMMENT ON COLUMN ingest.sites.next_turn_at IS 'The pause after the last request, of a feed or a page, ends then.';
COMMENT ON COLUMN ingest.sites.pause_seconds IS 'An operator''s own pause for this site; null means the general one.';
COMMENT ON COLUMN ingest.sites.first_seen_at IS 'When the first entry of it was discovered.';

CREATE TABLE ingest.robots (
    origin text PRIMARY KEY,
    standing text NOT NULL CHECK (standing IN ('rules', 'free', 'unreachable')),
    text text NOT NULL,
    detail text NOT NULL,
    reason text NOT NULL REFERENCES ingest.reasons,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE ingest.robots IS 'The robots.txt of each origin, as all workers go by it.';
COMMENT ON COLUMN ingest.robots.origin IS 'Scheme, host and port.';
COMMENT ON COLUMN ingest.robots.standing IS 'It has rules, there is none, or it could not be had.';
COMMENT ON COLUMN ingest.robots.text IS 'The first 500 KiB of it; empty without rules.';
COMMENT ON COLUMN ingest.robots.detail IS 'Why it could not be had, for people.';
COMMENT ON COLUMN ingest.robots.reason IS 'Why it could not be had, for the books.';
COMMENT ON COLUMN ingest.robots.asked_at IS 'When it was asked for.';
COMMENT ON COLUMN ingest.robots.expires_at IS 'Until when we go by it.';

CREATE TABLE ingest.feeds (
    feed_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL UNIQUE CHECK (length(url) <= 2048),
    title text,
    declared boolean NOT NULL DEFAULT false,
    paused boolean NOT NULL DEFAULT false,
    wanted_seconds integer CHECK (wanted_seconds BETWEEN 1 AND 86400),
    poll_seconds integer NOT NULL DEFAULT 900 CHECK (poll_seconds BETWEEN 1 AND 86400),
    next_poll_at timestamptz NOT NULL DEFAULT now(),
    poll_why text,
    rhythm jsonb,
    hints jsonb,
    revisit_before timestamptz,
    etag text,
    last_modified text,
    content_hash bytea,
    last_polled_at timestamptz,
    last_read_at timestamptz,
    last_changed_at timestamptz,
    last_status text,
    last_error text,
    failures integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE ingest.feeds IS 'The feeds that are polled.';
COMMENT ON COLUMN ingest.feeds.feed_id IS 'Identity.';
COMMENT ON COLUMN ingest.feeds.url IS 'Where the feed is.';
COMMENT ON COLUMN ingest.feeds.title IS 'As an operator or, else, the feed itself names it.';
COMMENT ON COLUMN ingest.feeds.declared IS 'True when feeds.toml lists it.';
COMMENT ON COLUMN ingest.feeds.paused IS 'True: not polled until somebody says so.';
COMMENT ON COLUMN ingest.feeds.wanted_seconds IS
'An operator''s own seconds between two polls; null: chosen from what the feed shows.';
COMMENT ON COLUMN ingest.feeds.poll_seconds IS 'Seconds between two polls, as they are now.';
COMMENT ON COLUMN ingest.feeds.poll_why IS 'Why it is asked so often, for people.';
COMMENT ON COLUMN ingest.feeds.rhythm IS 'What it has shown: items and hours of watching, older ones counting less.';
COMMENT ON COLUMN ingest.feeds.hints IS 'How often it says that it wants to be asked.';
COMMENT ON COLUMN ingest.feeds.next_poll_at IS 'Due from this instant on.';
COMMENT ON COLUMN ingest.feeds.revisit_before IS
'Items whose last visit is older than this are visited again at the next poll.';
COMMENT ON COLUMN ingest.feeds.etag IS 'For the conditional GET.';
COMMENT ON COLUMN ingest.feeds.last_modified IS 'For the conditional GET.';
COMMENT ON COLUMN ingest.feeds.content_hash IS 'SHA-256 of the last document; the truth behind 304.';
COMMENT ON COLUMN ingest.feeds.last_polled_at IS 'When it was last asked for.';
COMMENT ON COLUMN ingest.feeds.last_read_at IS 'When its document last came in full, not as 304.';
COMMENT ON COLUMN ingest.feeds.last_changed_at IS 'When its document last differed.';
COMMENT ON COLUMN ingest.feeds.last_status IS 'How the last poll ended: changed, unchanged or failed.';
COMMENT ON COLUMN ingest.feeds.last_error IS 'What was wrong with the last poll, for people; null when nothing was.';
COMMENT ON COLUMN ingest.feeds.failures IS 'Failed polls in a row.';
COMMENT ON COLUMN ingest.feeds.created_at IS 'When it was added.';
-- serves due_feeds.sql
CREATE INDEX feeds_due ON ingest.feeds (next_poll_at) WHERE NOT paused;

CREATE TABLE ingest.pages (
    content_hash bytea NOT NULL,
    stored_on date NOT NULL,
    url text NOT NULL,
    final_url text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    body_bytes integer NOT NULL,
    fetched_at timestamptz NOT NULL,
    PRIMARY KEY (content_hash, stored_on)
) PARTITION BY RANGE (stored_on);
COMMENT ON TABLE ingest.pages IS 'Raw pages, once per content hash, partitioned by month.';
COMMENT ON COLUMN ingest.pages.content_hash IS 'SHA-256 of the body before compression.';
COMMENT ON COLUMN ingest.pages.stored_on IS 'First day of the month in which it was first stored.';
COMMENT ON COLUMN ingest.pages.url IS 'The URL that was asked for when these bytes first came.';
COMMENT ON COLUMN ingest.pages.final_url IS 'The URL behind the redirects.';
COMMENT ON COLUMN ingest.pages.headers IS 'Response headers, names in lower case.';
COMMENT ON COLUMN ingest.pages.body IS 'The bytes, zstd-compressed.';
COMMENT ON COLUMN ingest.pages.body_bytes IS 'Length before compression.';
COMMENT ON COLUMN ingest.pages.fetched_at IS 'When these bytes first came.';
CREATE TABLE ingest.pages_default PARTITION OF ingest.pages DEFAULT;
COMMENT ON TABLE ingest.pages_default IS 'Catches what no month''s partition covers, so that no page is ever lost.';

CREATE FUNCTION ingest.make_page_partition(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    first date := date_trunc('month', day)::date;
    name text := 'pages_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass('ingest.' || name) IS NULL THEN
        EXECUTE format(
            'CREATE TABLE ingest.%I PARTITION OF ingest.pages FOR VALUES FROM (%L) TO (%L)',
            name, first, (first + interval '1 month')::date
        );
    END IF;
EXCEPTION
    -- another worker made it at the same time, or rows of the month already rest in the default partition
    WHEN duplicate_table OR check_violation OR invalid_object_definition THEN NULL;
END
$$;
COMMENT ON FUNCTION ingest.make_page_partition(date) IS
'Makes the partition of ingest.pages for a day''s month, if it is not there; the writer may not make tables itself.';
REVOKE ALL ON FUNCTION ingest.make_page_partition(date) FROM public;
GRANT EXECUTE ON FUNCTION ingest.make_page_partition(date) TO copydesk_writer;

CREATE TABLE ingest.batches (
    batch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    holder text UNIQUE,
    claimed_at timestamptz NOT NULL
);
COMMENT ON TABLE ingest.batches IS 'One row a claimed batch of entries.';
COMMENT ON COLUMN ingest.batches.batch_id IS 'Identity.';
COMMENT ON COLUMN ingest.batches.holder IS
'Who claimed it, as a run''s id; asking again by the same name goes on with the same batch.';
COMMENT ON COLUMN ingest.batches.claimed_at IS 'When it was claimed.';
-- serves keep_house: batches too old to matter
CREATE INDEX batches_by_age ON ingest.batches (claimed_at);

CREATE TABLE ingest.entries (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL CHECK (length(url) <= 2048),
    canonical_url text NOT NULL CHECK (length(canonical_url) <= 2048),
    domain text NOT NULL REFERENCES ingest.sites,
    source text NOT NULL,
    feed_id bigint REFERENCES ingest.feeds ON DELETE SET NULL,
    guid text,
    title text,
    authors text[] NOT NULL DEFAULT '{}',
    published_at timestamptz,
    modified_at timestamptz,
    summary text,
    language text,
    categories text[] NOT NULL DEFAULT '{}',
    content_html text,
    item_hash bytea NOT NULL,
    discovered_at timestamptz NOT NULL DEFAULT now(),
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    revisit_at timestamptz,
    stage text NOT NULL DEFAULT 'waiting'
    CHECK (stage IN ('waiting', 'claimed', 'fetched', 'cleaned', 'accepted', 'done')),
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT now(),
    batch_id bigint,
    lease_until timestamptz,
    final_url text,
    http_status integer,
    etag text,
    last_modified text,
    fetched_at timestamptz,
    page_hash bytea,
    outcome text,
    reason text,
    detail text,
    finished_at timestamptz,
    article_id bigint,
    FOREIGN KEY (outcome, reason) REFERENCES ingest.reasons (outcome, reason),
    CHECK ((stage = 'done') = (outcome IS NOT null)),
    CHECK ((outcome IS null) = (reason IS null)),
    CHECK ((outcome IS null) = (finished_at IS null))
);
COMMENT ON TABLE ingest.entries IS
'The frontier: one row a visit to a URL that something says is an article. Ends in exactly one outcome.';
COMMENT ON COLUMN ingest.entries.entry_id IS 'Identity; one visit. A later visit to the same URL is another entry.';
COMMENT ON COLUMN ingest.entries.url IS 'As published, made absolute.';
COMMENT ON COLUMN ingest.entries.canonical_url IS 'Without tracking parameters; identity of what is visited.';
COMMENT ON COLUMN ingest.entries.domain IS 'The site whose pace applies.';
COMMENT ON COLUMN ingest.entries.source IS 'What discovered it: feed, sitemap, push, queue, archive, command.';
COMMENT ON COLUMN ingest.entries.feed_id IS 'The feed that listed it, if one did.';
COMMENT ON COLUMN ingest.entries.guid IS 'The item''s own id.';
COMMENT ON COLUMN ingest.entries.title IS 'The item''s own title.';
COMMENT ON COLUMN ingest.entries.authors IS 'The item''s own authors.';
COMMENT ON COLUMN ingest.entries.published_at IS 'The item''s own publication time.';
COMMENT ON COLUMN ingest.entries.modified_at IS 'The item''s own modification time.';
COMMENT ON COLUMN ingest.entries.summary IS 'The item''s own summary, as text.';
COMMENT ON COLUMN ingest.entries.language IS 'The item''s or feed''s language tag.';
COMMENT ON COLUMN ingest.entries.categories IS 'The item''s own categories.';
COMMENT ON COLUMN ingest.entries.content_html IS 'The item''s own full content, as HTML.';
COMMENT ON COLUMN ingest.entries.item_hash IS 'SHA-256 over what the item says; another one asks for another visit.';
COMMENT ON COLUMN ingest.entries.discovered_at IS 'When we learned of it.';
COMMENT ON COLUMN ingest.entries.first_seen_at IS 'When its URL was first discovered; revisits are timed from there.';
COMMENT ON COLUMN ingest.entries.revisit_at IS
'When the page is looked at again without being asked to; null for never, or when a newer visit took that over.';
COMMENT ON COLUMN ingest.entries.stage IS 'How far it has come; a reclaimed entry goes on from there.';
COMMENT ON COLUMN ingest.entries.attempts IS 'How often it was claimed.';
COMMENT ON COLUMN ingest.entries.not_before IS 'Not to be claimed before this instant (backoff, Retry-After).';
COMMENT ON COLUMN ingest.entries.batch_id IS 'The batch that holds the lease.';
COMMENT ON COLUMN ingest.entries.lease_until IS 'After this instant another batch may take it.';
COMMENT ON COLUMN ingest.entries.final_url IS 'The URL behind the redirects.';
COMMENT ON COLUMN ingest.entries.http_status IS 'What the server answered.';
COMMENT ON COLUMN ingest.entries.etag IS 'The page''s ETag, for a conditional visit later.';
COMMENT ON COLUMN ingest.entries.last_modified IS 'The page''s Last-Modified, for a conditional visit later.';
COMMENT ON COLUMN ingest.entries.fetched_at IS 'When the page came.';
COMMENT ON COLUMN ingest.entries.page_hash IS 'Which bytes came: ingest.pages.content_hash.';
COMMENT ON COLUMN ingest.entries.outcome IS 'How it ended; null while it has not.';
COMMENT ON COLUMN ingest.entries.reason IS 'Why it ended so.';
COMMENT ON COLUMN ingest.entries.detail IS 'The reason in a sentence, with the values.';
COMMENT ON COLUMN ingest.entries.finished_at IS 'When it ended.';
COMMENT ON COLUMN ingest.entries.article_id IS 'The article it became, or is a duplicate or a copy in time of.';
-- one unfinished visit a URL: an event that is delivered twice is one entry
CREATE UNIQUE INDEX entries_unfinished ON ingest.entries (canonical_url) WHERE stage <> 'done';
-- serves add_entries.sql: the last visit to a URL
CREATE INDEX entries_by_url ON ingest.entries (canonical_url, entry_id DESC);
-- serves claim_entries.sql
CREATE INDEX entries_due ON ingest.entries (domain, not_before, published_at DESC NULLS LAST, entry_id)
WHERE stage <> 'done';
-- serves the steps of one batch and what they report of it
CREATE INDEX entries_by_batch ON ingest.entries (batch_id);
-- serves crashed_entries.sql
CREATE INDEX entries_leased ON ingest.entries (lease_until) WHERE lease_until IS NOT null;
-- serves due_revisits.sql
CREATE INDEX entries_to_revisit ON ingest.entries (revisit_at) WHERE stage = 'done' AND revisit_at IS NOT null;
-- serves news.funnel and the feed pages
CREATE INDEX entries_by_feed ON ingest.entries (feed_id, entry_id DESC);

CREATE TABLE ingest.outcomes (
    hour timestamptz NOT NULL,
    feed_id bigint NOT NULL DEFAULT 0,
    domain text NOT NULL,
    stage text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL DEFAULT '',
    count bigint NOT NULL,
    PRIMARY KEY (hour, feed_id, domain, stage, outcome, reason)
);
COMMENT ON TABLE ingest.outcomes IS 'The funnel: counted when it happens, never computed by subtraction.';
COMMENT ON COLUMN ingest.outcomes.hour IS 'The hour in which it happened.';
COMMENT ON COLUMN ingest.outcomes.feed_id IS 'The feed, 0 when there is none.';
COMMENT ON COLUMN ingest.outcomes.domain IS 'The site.';
COMMENT ON COLUMN ingest.outcomes.stage IS 'discover, or the step in which entries ended.';
COMMENT ON COLUMN ingest.outcomes.outcome IS 'discovered, or the outcome.';
COMMENT ON COLUMN ingest.outcomes.reason IS 'Why; empty for discovered.';
COMMENT ON COLUMN ingest.outcomes.count IS 'How many.';
