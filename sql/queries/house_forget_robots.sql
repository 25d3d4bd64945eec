-- Forgets the robots.txt of origins that were not asked for anything of late.
DELETE FROM ingest.robots WHERE expires_at < %(before)s
