-- Turns at a site are in ingest.sites.turns since 0008; nothing reads the single one of before.
ALTER TABLE ingest.sites DROP COLUMN turn_until;
