-- Articles that come by themselves: the wake-up, partners and their receipts, WebSub subscriptions, what was refused.
CREATE FUNCTION ingest.announce_entries() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT FROM added) THEN
        PERFORM pg_notify('copydesk_entries', '');
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION ingest.announce_entries() IS
'Tells who listens on channel copydesk_entries that there is something new; sent at commit, once a transaction.';
CREATE TRIGGER announce AFTER INSERT ON ingest.entries
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION ingest.announce_entries();

CREATE FUNCTION ingest.announce_feed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('copydesk_feeds', '');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION ingest.announce_feed() IS
'Tells who listens on channel copydesk_feeds that a feed is due now: it was added, or its hub says that it changed.';
CREATE TRIGGER announce AFTER INSERT OR UPDATE OF next_poll_at ON ingest.feeds
FOR EACH ROW WHEN (NOT new.paused AND new.next_poll_at <= now())
EXECUTE FUNCTION ingest.announce_feed();

CREATE TABLE ingest.push_sources (
    source text PRIMARY KEY CHECK (source ~ '^[a-z0-9][a-z0-9-]{0,62}$' AND source <> 'websub'),
    secret text NOT NULL,
    previous_secret text,
    previous_until timestamptz,
    domains text[] NOT NULL DEFAULT '{}',
    requests_per_second double precision NOT NULL DEFAULT 20 CHECK (requests_per_second > 0),
    burst integer NOT NULL DEFAULT 1000 CHECK (burst >= 1),
    created_at timestamptz NOT NULL,
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
COMMENT ON TABLE ingest.push_sources IS 'Partners who may push: each has a name in the URL and a secret to sign with.';
COMMENT ON COLUMN ingest.push_sources.source IS 'The partner''s name, last part of the URL they post to.';
COMMENT ON COLUMN ingest.push_sources.secret IS 'Key of the HMAC; readable, as both sides need it.';
COMMENT ON COLUMN ingest.push_sources.previous_secret IS 'The one before the last rotation.';
COMMENT ON COLUMN ingest.push_sources.previous_until IS 'The previous secret is accepted until then.';
COMMENT ON COLUMN ingest.push_sources.domains IS
'Registrable domains they may speak of; empty means any URL, but no whole articles.';
COMMENT ON COLUMN ingest.push_sources.requests_per_second IS 'How fast their token bucket fills.';
COMMENT ON COLUMN ingest.push_sources.burst IS 'How many requests their token bucket holds.';
COMMENT ON COLUMN ingest.push_sources.created_at IS 'When it was added.';

CREATE TABLE ingest.push_buckets (
    bucket text PRIMARY KEY,
    tokens double precision NOT NULL,
    filled_at timestamptz NOT NULL
);
COMMENT ON TABLE ingest.push_buckets IS 'Token buckets of those who may push; one for all api-servers.';
COMMENT ON COLUMN ingest.push_buckets.bucket IS 'Whose: webhook and source, or websub and subscription.';
COMMENT ON COLUMN ingest.push_buckets.tokens IS 'Requests that are free at filled_at.';
COMMENT ON COLUMN ingest.push_buckets.filled_at IS 'When tokens was reckoned.';

CREATE TABLE ingest.push_receipts (
    receipt_id uuid PRIMARY KEY,
    source text NOT NULL,
    signature text NOT NULL,
    idempotency_key text,
    body_hash bytea NOT NULL,
    received_at timestamptz NOT NULL,
    UNIQUE (source, signature),
    UNIQUE (source, idempotency_key)
);
COMMENT ON TABLE ingest.push_receipts IS 'One row an accepted push of a partner.';
COMMENT ON COLUMN ingest.push_receipts.receipt_id IS 'What the partner asks by; unguessable.';
COMMENT ON COLUMN ingest.push_receipts.source IS 'The partner; receipts outlive a removed one.';
COMMENT ON COLUMN ingest.push_receipts.signature IS 'The request''s signature: the same one again is a replay.';
COMMENT ON COLUMN ingest.push_receipts.idempotency_key IS 'The partner''s own key for this push, if it gave one.';
COMMENT ON COLUMN ingest.push_receipts.body_hash IS 'SHA-256 of the body, to tell a repeat from a key used twice.';
COMMENT ON COLUMN ingest.push_receipts.received_at IS 'When.';
-- serves forget_receipts.sql
CREATE INDEX push_receipts_by_time ON ingest.push_receipts (received_at);

CREATE TABLE ingest.push_receipt_items (
    receipt_id uuid NOT NULL REFERENCES ingest.push_receipts ON DELETE CASCADE,
    position integer NOT NULL,
    url text NOT NULL,
    entry_id bigint REFERENCES ingest.entries ON DELETE SET NULL,
    PRIMARY KEY (receipt_id, position)
);
COMMENT ON TABLE ingest.push_receipt_items IS 'What a push named, and the visit that takes care of it.';
COMMENT ON COLUMN ingest.push_receipt_items.receipt_id IS 'The receipt.';
COMMENT ON COLUMN ingest.push_receipt_items.position IS 'Place in the push, from 0: articles, then items, then urls.';
COMMENT ON COLUMN ingest.push_receipt_items.url IS 'As pushed.';
COMMENT ON COLUMN ingest.push_receipt_items.entry_id IS 'The visit: a new one, or the one that was there already.';

CREATE TABLE ingest.push_refusals (
    hour timestamptz NOT NULL,
    door text NOT NULL CHECK (door IN ('webhook', 'websub', 'queue')),
    source text NOT NULL,
    reason text NOT NULL,
    count bigint NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (hour, door, source, reason)
);
COMMENT ON TABLE ingest.push_refusals IS
'What was refused at the doors, counted when it happens; none of it is an entry.';
COMMENT ON COLUMN ingest.push_refusals.hour IS 'The hour in which it happened.';
COMMENT ON COLUMN ingest.push_refusals.door IS 'webhook, websub or queue.';
COMMENT ON COLUMN ingest.push_refusals.source IS
'The partner or the subscription''s number; empty for names that nobody gave, so that strangers cannot make rows.';
COMMENT ON COLUMN ingest.push_refusals.reason IS 'copydesk.push.refusals.Refusal.';
COMMENT ON COLUMN ingest.push_refusals.count IS 'How many.';
COMMENT ON COLUMN ingest.push_refusals.last_at IS 'The last one.';

CREATE TABLE ingest.push_subscriptions (
    subscription_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed_id bigint NOT NULL REFERENCES ingest.feeds ON DELETE CASCADE,
    hub_url text NOT NULL,
    topic_url text NOT NULL,
    token text NOT NULL UNIQUE,
    callback_url text NOT NULL,
    secret text NOT NULL CHECK (octet_length(secret) < 200),
    state text NOT NULL CHECK (
        state IN ('pending', 'active', 'replaced', 'unsubscribing', 'denied', 'failed', 'ended')
    ),
    requested_at timestamptz NOT NULL,
    verified_at timestamptz,
    lease_seconds integer,
    expires_at timestamptz,
    renew_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    detail text,
    last_push_at timestamptz,
    pushes bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE ingest.push_subscriptions IS 'WebSub: one row a subscription at a hub; a renewal is a row of its own.';
COMMENT ON COLUMN ingest.push_subscriptions.subscription_id IS 'Identity.';
COMMENT ON COLUMN ingest.push_subscriptions.feed_id IS 'The feed it serves.';
COMMENT ON COLUMN ingest.push_subscriptions.hub_url IS 'The hub, as the feed names it.';
COMMENT ON COLUMN ingest.push_subscriptions.topic_url IS 'The feed''s own rel=self.';
COMMENT ON COLUMN ingest.push_subscriptions.token IS 'The unguessable part of the callback URL.';
COMMENT ON COLUMN ingest.push_subscriptions.callback_url IS 'The callback URL as the hub was told it.';
COMMENT ON COLUMN ingest.push_subscriptions.secret IS 'Key of X-Hub-Signature.';
COMMENT ON COLUMN ingest.push_subscriptions.state IS
'pending until the hub verifies; replaced when a renewal took over; unsubscribing until the hub verifies that.';
COMMENT ON COLUMN ingest.push_subscriptions.requested_at IS 'When the hub was asked.';
COMMENT ON COLUMN ingest.push_subscriptions.verified_at IS 'When the hub verified it.';
COMMENT ON COLUMN ingest.push_subscriptions.lease_seconds IS 'What the hub granted.';
COMMENT ON COLUMN ingest.push_subscriptions.expires_at IS 'When the hub stops pushing.';
COMMENT ON COLUMN ingest.push_subscriptions.renew_at IS 'When keep_house asks the hub again (also after a failure).';
COMMENT ON COLUMN ingest.push_subscriptions.failures IS 'Failed attempts in a row.';
COMMENT ON COLUMN ingest.push_subscriptions.detail IS 'What the hub or we said last, for people.';
COMMENT ON COLUMN ingest.push_subscriptions.last_push_at IS 'The last content that passed the signature.';
COMMENT ON COLUMN ingest.push_subscriptions.pushes IS 'How many such contents.';
-- serves feed_subscriptions.sql and the poll's longer interval
CREATE INDEX push_subscriptions_by_feed ON ingest.push_subscriptions (feed_id, subscription_id DESC);
-- serves due_subscriptions.sql
CREATE INDEX push_subscriptions_due ON ingest.push_subscriptions (renew_at) WHERE renew_at IS NOT NULL;

CREATE TABLE ingest.push_contents (
    subscription_id bigint NOT NULL REFERENCES ingest.push_subscriptions ON DELETE CASCADE,
    body_hash bytea NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (subscription_id, body_hash)
);
COMMENT ON TABLE ingest.push_contents IS 'Bodies that a hub sent lately: the same one again says nothing new.';
COMMENT ON COLUMN ingest.push_contents.subscription_id IS 'The subscription.';
COMMENT ON COLUMN ingest.push_contents.body_hash IS 'SHA-256 of the body.';
COMMENT ON COLUMN ingest.push_contents.received_at IS 'When it last came.';

CREATE VIEW news.push_health AS
SELECT
    f.feed_id,
    f.url AS feed_url,
    s.state,
    s.hub_url,
    s.verified_at,
    s.expires_at,
    s.last_push_at,
    s.pushes,
    coalesce(n.pushed_first, 0) AS pushed_first,
    coalesce(n.polled_first, 0) AS polled_first,
    s.detail
FROM ingest.feeds AS f
INNER JOIN LATERAL (
    SELECT p.* FROM ingest.push_subscriptions AS p
    WHERE p.feed_id = f.feed_id AND p.state NOT IN ('replaced', 'ended')
    ORDER BY p.state = 'active' DESC, p.subscription_id DESC
    LIMIT 1
) AS s ON TRUE
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE e.source = 'websub') AS pushed_first,
        count(*) FILTER (WHERE e.source = 'feed') AS polled_first
    FROM ingest.entries AS e
    WHERE
        e.feed_id = f.feed_id AND e.discovered_at >= (
            SELECT min(p.verified_at) FROM ingest.push_subscriptions AS p
            WHERE p.feed_id = f.feed_id
        )
) AS n ON TRUE;
COMMENT ON VIEW news.push_health IS
'Feeds with a WebSub subscription: its state, and how many visits push and polling each were first to ask for since.';

CREATE VIEW news.push_refusals AS
SELECT
    r.hour,
    r.door,
    r.source,
    r.reason,
    r.count,
    r.last_at
FROM ingest.push_refusals AS r;
COMMENT ON VIEW news.push_refusals IS 'Pushes that were refused, by hour, door, source and reason.';

COMMENT ON COLUMN ingest.entries.source IS
'What discovered it: feed, sitemap, push (webhook), websub, queue, archive, command.';
