-- Dates that some time zone's calendar has no day for keep rows from being read there; they stand for no date.
UPDATE ingest.entries SET
    published_at = CASE WHEN published_at >= '0002-01-01Z' AND published_at < '9999-01-01Z' THEN published_at END,
    modified_at = CASE WHEN modified_at >= '0002-01-01Z' AND modified_at < '9999-01-01Z' THEN modified_at END
WHERE
    published_at < '0002-01-01Z' OR published_at >= '9999-01-01Z'
    OR modified_at < '0002-01-01Z' OR modified_at >= '9999-01-01Z';
UPDATE ingest.feeds SET newest_item_at = NULL
WHERE newest_item_at < '0002-01-01Z' OR newest_item_at >= '9999-01-01Z';

-- What stands in a caller's temporary schema is looked up first unless that is named: it would be run as the owner.
-- (sqlfluff does not take a list of schemas here.)
ALTER FUNCTION ingest.make_page_partition(date) SET search_path = pg_catalog, pg_temp; -- noqa: PRS
