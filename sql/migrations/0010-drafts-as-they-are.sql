-- Drafts live for seconds: compressing them cost Postgres more time than writing them as they are.
ALTER TABLE ingest.drafts ALTER COLUMN candidate SET STORAGE EXTERNAL;
