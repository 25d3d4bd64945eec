-- A feed whose site is to be left alone is not asked, and has not failed.
COMMENT ON COLUMN ingest.feeds.last_status IS
'How the last poll ended: changed, unchanged or failed; held if it was not asked, as its site is to be left alone.';
