-- Drafts of a batch's entries at one stage; nobody else touches these entries until commit.
SELECT
    e.entry_id,
    d.candidate,
    e.page_hash
FROM ingest.entries AS e
INNER JOIN ingest.drafts AS d ON e.entry_id = d.entry_id
WHERE e.batch_id = %(batch_id)s AND e.stage = %(stage)s
ORDER BY e.entry_id
FOR NO KEY UPDATE OF e
