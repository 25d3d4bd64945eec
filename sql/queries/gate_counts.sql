-- How many entries of a batch the gate let pass and how many it did not, and the first of the latter.
SELECT
    count(*) FILTER (WHERE e.reason = 'expectation') AS quarantined,
    min(e.detail) FILTER (WHERE e.reason = 'expectation') AS detail,
    count(*) FILTER (
        WHERE e.stage = 'accepted' OR e.reason IN ('new', 'revised', 'same-text', 'same-article')
    ) AS passed
FROM ingest.entries AS e
WHERE e.batch_id = %(batch_id)s
