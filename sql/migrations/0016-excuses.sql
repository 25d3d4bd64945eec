-- An attempt that the database's own trouble ended is none of the entries'.
ALTER TABLE ingest.batches ADD COLUMN is_excused boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN ingest.batches.is_excused IS
'Whether the attempt that its claim counted was taken back, as the database could not be had.';
