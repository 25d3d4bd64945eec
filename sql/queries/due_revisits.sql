-- Pages that are due to be looked at again without anyone asking; taken by one worker only.
UPDATE ingest.entries AS e SET revisit_at = NULL
FROM (
    SELECT d.entry_id FROM ingest.entries AS d
    WHERE d.stage = 'done' AND d.revisit_at <= %(now)s
    ORDER BY d.revisit_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
) AS due
WHERE e.entry_id = due.entry_id
RETURNING e.*
