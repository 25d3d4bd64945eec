-- How far a batch has come: its entries by stage, outcome and reason.
SELECT
    e.stage,
    e.outcome,
    e.reason,
    count(*) AS entries
FROM ingest.entries AS e
WHERE e.batch_id = %(batch_id)s
GROUP BY e.stage, e.outcome, e.reason
