-- Where the books stand when the stack starts: what is visited from now on lies at or behind `entry_id`.
SELECT
    now() AS instant,
    coalesce(
        (SELECT min(e.entry_id) FROM ingest.entries AS e WHERE e.stage <> 'done'),
        (SELECT max(e.entry_id) + 1 FROM ingest.entries AS e),
        0
    ) AS entry_id;
