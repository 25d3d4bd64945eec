-- What was learned of sites, in versions, and how each version did on the pages it was used on.
CREATE TABLE ingest.profiles (
    domain text NOT NULL REFERENCES ingest.sites,
    version integer NOT NULL CHECK (version > 0),
    profile jsonb NOT NULL,
    pages integer NOT NULL,
    learned_from bytea[] NOT NULL,
    learned_through bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('shadow', 'active', 'retired')),
    reason text NOT NULL,
    hit_rate double precision NOT NULL CHECK (hit_rate BETWEEN 0 AND 1),
    agreement double precision NOT NULL CHECK (agreement BETWEEN 0 AND 1),
    held boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    activated_at timestamptz,
    retired_at timestamptz,
    PRIMARY KEY (domain, version)
);
COMMENT ON TABLE ingest.profiles IS
'Site profiles: how to read a site''s pages, as learned from them. Versions are kept.';
COMMENT ON COLUMN ingest.profiles.domain IS 'The site.';
COMMENT ON COLUMN ingest.profiles.version IS 'From 1 on, per site.';
COMMENT ON COLUMN ingest.profiles.profile IS 'Templates, rulings on element paths, repeated texts, places of metadata.';
COMMENT ON COLUMN ingest.profiles.pages IS 'Distinct articles that it was learned from.';
COMMENT ON COLUMN ingest.profiles.learned_from IS 'The pages it was learned from: ingest.pages.content_hash, sorted.';
COMMENT ON COLUMN ingest.profiles.learned_through IS 'The newest visit that learning has looked at.';
COMMENT ON COLUMN ingest.profiles.state IS
'active: used for reading; shadow: tested and not good enough to be used; retired: was used once.';
COMMENT ON COLUMN ingest.profiles.reason IS 'Why it is in that state, in a sentence.';
COMMENT ON COLUMN ingest.profiles.hit_rate IS
'In its shadow test, the share of stored pages that it could read.';
COMMENT ON COLUMN ingest.profiles.agreement IS
'In its shadow test, how alike it and the teacher read, between 0 and 1.';
COMMENT ON COLUMN ingest.profiles.held IS
'A person took it out of use: learning leaves the site alone until it is asked for by hand.';
COMMENT ON COLUMN ingest.profiles.created_at IS 'When it was learned.';
COMMENT ON COLUMN ingest.profiles.activated_at IS 'When it last took effect; null when it never did.';
COMMENT ON COLUMN ingest.profiles.retired_at IS 'When it was last taken out of use.';
-- one version of a site is in use at most; serves active_profiles.sql
CREATE UNIQUE INDEX profiles_active ON ingest.profiles (domain) WHERE state = 'active';

CREATE TABLE ingest.profile_trials (
    domain text NOT NULL,
    version integer NOT NULL,
    template text NOT NULL,
    batch_id bigint NOT NULL,
    hits integer NOT NULL DEFAULT 0,
    misses integer NOT NULL DEFAULT 0,
    judged integer NOT NULL DEFAULT 0,
    agreed integer NOT NULL DEFAULT 0,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (domain, version, template, batch_id),
    FOREIGN KEY (domain, version) REFERENCES ingest.profiles (domain, version) ON DELETE CASCADE
);
COMMENT ON TABLE ingest.profile_trials IS
'How a profile''s templates did, batch by batch; trust is computed from the newest.';
COMMENT ON COLUMN ingest.profile_trials.domain IS 'The site.';
COMMENT ON COLUMN ingest.profile_trials.version IS 'The version that was used.';
COMMENT ON COLUMN ingest.profile_trials.template IS 'The template''s name in the profile.';
COMMENT ON COLUMN ingest.profile_trials.batch_id IS 'The batch of entries that it was used in.';
COMMENT ON COLUMN ingest.profile_trials.hits IS 'Pages that the template read.';
COMMENT ON COLUMN ingest.profile_trials.misses IS 'Pages that no template of the profile could read.';
COMMENT ON COLUMN ingest.profile_trials.judged IS 'Of the hits, pages that the teacher read too.';
COMMENT ON COLUMN ingest.profile_trials.agreed IS 'Of those, pages of which both read much the same text.';
COMMENT ON COLUMN ingest.profile_trials.noted_at IS 'When.';

-- serves pages_of_site.sql and sites_to_learn.sql
CREATE INDEX entries_by_site ON ingest.entries (domain, entry_id DESC) WHERE page_hash IS NOT null;

CREATE VIEW news.site_profiles AS
SELECT
    p.domain,
    p.version,
    p.state,
    p.reason,
    p.pages,
    p.hit_rate,
    p.agreement,
    p.created_at,
    p.activated_at
FROM ingest.profiles AS p;
COMMENT ON VIEW news.site_profiles IS 'What was learned of which site, and whether it is in use.';
