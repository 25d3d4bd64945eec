-- Two schemas and two roles: ingest is ours and may change, news is the readers' contract.
-- Roles belong to the whole server, so another database of it may have made them already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'copydesk_writer') THEN
        CREATE ROLE copydesk_writer LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'copydesk_reader') THEN
        CREATE ROLE copydesk_reader LOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

CREATE SCHEMA ingest;
CREATE SCHEMA news;
COMMENT ON SCHEMA ingest IS 'The pipeline''s own tables. Read schema news instead: these may move.';
COMMENT ON SCHEMA news IS 'The contract for readers: views that stay stable.';

REVOKE ALL ON SCHEMA public FROM public;
GRANT USAGE ON SCHEMA ingest, news TO copydesk_writer;
GRANT USAGE ON SCHEMA news TO copydesk_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO copydesk_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT USAGE ON SEQUENCES TO copydesk_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA news GRANT SELECT ON TABLES TO copydesk_reader, copydesk_writer;
