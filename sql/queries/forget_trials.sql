-- Forgets trials too old to bear on trust.
DELETE FROM ingest.profile_trials
WHERE noted_at < %(before)s
