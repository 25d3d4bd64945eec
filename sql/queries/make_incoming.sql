-- Where articles land that are to be loaded, one JSON document each.
CREATE TEMPORARY TABLE incoming (document jsonb NOT NULL) ON COMMIT DROP
