-- Sites, outcomes and reasons where the funnel disagrees with the entries.
WITH entries AS (
    SELECT
        e.domain,
        e.outcome,
        e.reason,
        count(*) AS entries
    FROM ingest.entries AS e
    WHERE e.outcome IS NOT NULL
    GROUP BY e.domain, e.outcome, e.reason
),

counted AS (
    SELECT
        o.domain,
        o.outcome,
        o.reason,
        sum(o.count) AS entries
    FROM ingest.outcomes AS o
    WHERE o.outcome <> 'discovered'
    GROUP BY o.domain, o.outcome, o.reason
)

SELECT
    count(*) AS broken,
    min(
        format(
            '%%s %%s/%%s: %%s counted, %%s there',
            domain, outcome, reason, coalesce(c.entries, 0), coalesce(e.entries, 0)
        )
    ) AS example
FROM entries AS e
FULL JOIN counted AS c USING (domain, outcome, reason)
WHERE coalesce(c.entries, 0) <> coalesce(e.entries, 0)
