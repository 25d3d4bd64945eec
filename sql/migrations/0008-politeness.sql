-- What an operator wants of a site, turns for more than one request at a time, and what stands between us and pages.
ALTER TABLE ingest.sites
ADD COLUMN concurrency integer CHECK (concurrency BETWEEN 1 AND 16),
ADD COLUMN robots_ignored_because text CHECK (robots_ignored_because <> ''),
ADD COLUMN blocked_because text CHECK (blocked_because <> ''),
ADD COLUMN set_at timestamptz,
ADD COLUMN turns timestamptz[] NOT NULL DEFAULT '{}',
ADD COLUMN slowdowns integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN ingest.sites.concurrency IS 'An operator''s own number of requests at a time; null means one.';
COMMENT ON COLUMN ingest.sites.robots_ignored_because IS
'Why an operator lets us fetch without asking robots.txt; null means that it is obeyed.';
COMMENT ON COLUMN ingest.sites.blocked_because IS 'Why an operator forbids the site; null means that it is allowed.';
COMMENT ON COLUMN ingest.sites.set_at IS 'When an operator last set something for the site; null when nothing is set.';
COMMENT ON COLUMN ingest.sites.turns IS
'One instant for each request that is under way; if its maker died, its turn ends then. In this row, and not in rows of'
' a table, so that whoever takes a turn sees all that others took.';
COMMENT ON COLUMN ingest.sites.slowdowns IS 'Answers 429 and 503 in a row: each makes the wait longer.';
COMMENT ON COLUMN ingest.sites.turn_until IS 'Not used any more: see turns.';
COMMENT ON COLUMN ingest.sites.next_fetch_at IS
'The site asked to be left alone until then (Retry-After), or answered 429 or 503 without saying how long.';

CREATE FUNCTION ingest.turns_at(turns timestamptz[], instant timestamptz) RETURNS timestamptz[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT array(SELECT t.until FROM unnest(turns) AS t (until) WHERE t.until > instant)
$$;
COMMENT ON FUNCTION ingest.turns_at(timestamptz[], timestamptz) IS
'Of the turns at a site those that are not over at an instant because their makers died.';

CREATE FUNCTION ingest.turns_without(turns timestamptz[], one timestamptz) RETURNS timestamptz[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT coalesce(turns[:array_position(turns, one) - 1] || turns[array_position(turns, one) + 1:], turns)
$$;
COMMENT ON FUNCTION ingest.turns_without(timestamptz[], timestamptz) IS
'The turns at a site without one of them: one only, even if two end at the same instant.';

ALTER TABLE ingest.reasons ADD COLUMN barrier boolean NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN ingest.reasons.barrier IS 'Something that stands between us and a page that is there, or was.';
INSERT INTO ingest.reasons (reason, outcome, meaning) VALUES
('blocked', 'refused', 'An operator forbids the site.'),
('still-quarantined', 'unchanged', 'The page says what it said when it went to quarantine, where it still is.');
UPDATE ingest.reasons SET barrier = TRUE
WHERE
    reason IN (
        'robots', 'blocked', 'login', 'paywall', 'bot-wall', 'geo-block', 'consent', 'not-found', 'soft-not-found',
        'http-gone'
    );
UPDATE ingest.reasons AS r SET meaning = m.meaning
FROM (
    VALUES
    ('login', 'The server wants a login: it answered 401, led to its login page, or the page is a login form.'),
    ('paywall', 'The server wants payment: it answered 402, or the page shows only the beginning of its article.'),
    ('bot-wall', 'The server answered with a test whether we are a person; we are not, and say so.'),
    ('geo-block', 'Not available from here: the server answered 451, or the page says so instead of its article.'),
    ('consent', 'A page that asks for consent came instead of the article.'),
    ('soft-not-found', 'The server led to its home page, or said in a page''s text only, that the page is gone.')
) AS m (reason, meaning)
WHERE r.reason = m.reason;

CREATE TABLE ingest.page_terms (
    entry_id bigint NOT NULL REFERENCES ingest.entries ON DELETE CASCADE,
    term text NOT NULL,
    evidence text NOT NULL,
    PRIMARY KEY (entry_id, term)
);
COMMENT ON TABLE ingest.page_terms IS
'What fetched pages say of their use: noarchive, noindex, tdm-reservation and the like; paywall: not free as a whole.';
COMMENT ON COLUMN ingest.page_terms.entry_id IS 'The visit that brought the page.';
COMMENT ON COLUMN ingest.page_terms.term IS 'The term, in lower case.';
COMMENT ON COLUMN ingest.page_terms.evidence IS 'Where it says so, and what.';

CREATE VIEW news.page_terms AS
SELECT
    e.entry_id,
    e.article_id,
    e.canonical_url AS url,
    e.domain,
    t.term,
    t.evidence,
    e.outcome,
    e.fetched_at
FROM ingest.page_terms AS t
INNER JOIN ingest.entries AS e ON t.entry_id = e.entry_id;
COMMENT ON VIEW news.page_terms IS
'What pages say of their use (noarchive, tdm-reservation, ...), and which are not free as a whole (paywall).';

CREATE VIEW news.access AS
SELECT
    o.domain,
    (o.hour AT TIME ZONE 'UTC')::date AS day,
    CASE WHEN r.barrier THEN r.reason ELSE 'open' END AS access,
    sum(o.count)::bigint AS entries,
    max(o.hour) AS last_seen
FROM ingest.outcomes AS o
INNER JOIN ingest.reasons AS r ON o.reason = r.reason
WHERE r.barrier OR o.outcome IN ('loaded', 'unchanged', 'duplicate', 'quarantined')
GROUP BY 1, 2, 3;
COMMENT ON VIEW news.access IS
'By site and day (UTC): how many visits found the page open, what stood in the way of others; last_seen is an hour.';

CREATE VIEW news.sites AS
SELECT
    s.domain,
    s.pause_seconds,
    s.concurrency,
    s.robots_ignored_because IS NULL AS robots_obeyed,
    s.robots_ignored_because,
    s.blocked_because IS NOT NULL AS blocked,
    s.blocked_because,
    s.set_at,
    s.first_seen_at,
    CASE WHEN s.next_fetch_at > now() THEN s.next_fetch_at END AS left_alone_until
FROM ingest.sites AS s;
COMMENT ON VIEW news.sites IS 'Every site, what an operator set for it and why, until when it wants to be left alone.';
