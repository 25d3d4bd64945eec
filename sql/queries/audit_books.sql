-- Sites where discovered is not the sum of outcomes and what has not ended.
WITH counted AS (
    SELECT
        o.domain,
        sum(o.count) FILTER (WHERE o.outcome = 'discovered') AS discovered,
        sum(o.count) FILTER (WHERE o.outcome <> 'discovered') AS ended
    FROM ingest.outcomes AS o
    GROUP BY o.domain
),

open_entries AS (
    SELECT
        e.domain,
        count(*) AS entries
    FROM ingest.entries AS e
    WHERE e.stage <> 'done'
    GROUP BY e.domain
)

SELECT
    count(*) AS broken,
    min(
        format(
            '%%s: %%s discovered, %%s ended, %%s not',
            domain, coalesce(c.discovered, 0), coalesce(c.ended, 0), coalesce(w.entries, 0)
        )
    ) AS example
FROM counted AS c
FULL JOIN open_entries AS w USING (domain)
WHERE coalesce(c.discovered, 0) <> coalesce(c.ended, 0) + coalesce(w.entries, 0)
