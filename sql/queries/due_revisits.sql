-- Pages that are due to be looked at again without anyone asking. Nothing is locked or marked: adding the visits does
-- that, in the same order for all who add.
SELECT e.* FROM ingest.entries AS e
WHERE e.stage = 'done' AND e.revisit_at <= %(now)s
ORDER BY e.revisit_at
LIMIT %(limit)s
