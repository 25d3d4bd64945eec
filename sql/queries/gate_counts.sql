-- How many entries of a batch the gate refused, why it refused one, and how many are good: let pass, or as they were.
SELECT
    count(*) FILTER (WHERE e.reason = 'expectation') AS quarantined,
    min(e.detail) FILTER (WHERE e.reason = 'expectation') AS detail,
    count(*) FILTER (
        WHERE
        e.stage = 'accepted'
        OR (e.outcome IN ('loaded', 'unchanged', 'duplicate') AND e.reason <> 'still-quarantined')
    ) AS passed
FROM ingest.entries AS e
WHERE e.batch_id = %(batch_id)s
