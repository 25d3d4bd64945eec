-- Who tells Airflow himself that something waits says so in his transaction; then whoever listens only looks after it.
CREATE OR REPLACE FUNCTION ingest.announce_entries() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT FROM added) THEN
        PERFORM pg_notify('copydesk_entries', coalesce(current_setting('copydesk.told', true), ''));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION ingest.announce_entries() IS
'Tells who listens on channel copydesk_entries that there is something new; sent at commit, once a transaction.'
' The payload is setting copydesk.told: "told" if Airflow is being told already, else empty.';

CREATE OR REPLACE FUNCTION ingest.announce_feed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('copydesk_feeds', coalesce(current_setting('copydesk.told', true), ''));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION ingest.announce_feed() IS
'Tells who listens on channel copydesk_feeds that a feed is due now: it was added, or its hub says that it changed.'
' The payload is as that of announce_entries.';
