-- Sites whose entries are more or fewer than were counted as discovered.
WITH entries AS (
    SELECT
        e.domain,
        count(*) AS entries
    FROM ingest.entries AS e
    GROUP BY e.domain
),

counted AS (
    SELECT
        o.domain,
        sum(o.count) AS entries
    FROM ingest.outcomes AS o
    WHERE o.outcome = 'discovered'
    GROUP BY o.domain
)

SELECT
    count(*) AS broken,
    min(
        format('%%s: %%s counted, %%s there', domain, coalesce(c.entries, 0), coalesce(e.entries, 0))
    ) AS example
FROM entries AS e
FULL JOIN counted AS c USING (domain)
WHERE coalesce(c.entries, 0) <> coalesce(e.entries, 0)
