-- Where articles land that are to be loaded, one JSON document each; not compressed, as each is read several times.
CREATE TEMPORARY TABLE incoming (document jsonb NOT NULL) ON COMMIT DROP;
ALTER TABLE incoming ALTER COLUMN document SET STORAGE EXTERNAL
