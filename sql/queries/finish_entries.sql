-- Ends visits, counts them and throws their drafts away; those that ended before are left alone.
WITH wanted AS (
    SELECT DISTINCT ON (u.entry_id) u.*
    FROM
        unnest(
            %(entry_ids)s::bigint[],
            %(outcomes)s::text[],
            %(reasons)s::text[],
            %(steps)s::text[],
            %(details)s::text[],
            %(article_ids)s::bigint[]
        ) AS u (entry_id, outcome, reason, step, detail, article_id)
),

locked AS (
    SELECT
        w.*,
        e.domain,
        e.feed_id
    FROM wanted AS w
    INNER JOIN ingest.entries AS e ON w.entry_id = e.entry_id
    WHERE e.stage <> 'done'
    ORDER BY e.entry_id
    FOR NO KEY UPDATE OF e
),

ended AS (
    UPDATE ingest.entries AS e SET
        stage = 'done',
        outcome = k.outcome,
        reason = k.reason,
        detail = k.detail,
        article_id = coalesce(k.article_id, e.article_id),
        finished_at = %(now)s,
        lease_until = NULL,
        -- also where a page may be better later: the site was down for an hour, the text was still too short, the URL
        -- led elsewhere
        revisit_at = CASE
            WHEN
                k.outcome IN ('loaded', 'unchanged', 'quarantined')
                OR k.reason IN (
                    'redirected', 'server-error', 'rate-limited', 'timeout', 'connection', 'bad-response'
                )
                THEN e.revisit_at
        END
    FROM locked AS k
    WHERE e.entry_id = k.entry_id
    RETURNING e.entry_id, k.feed_id, k.domain, k.step, k.outcome, k.reason
),

counted AS (
    INSERT INTO ingest.outcomes AS o (hour, feed_id, domain, stage, outcome, reason, count)
    SELECT
        date_trunc('hour', %(now)s::timestamptz, 'UTC'),
        coalesce(d.feed_id, 0) AS feed,
        d.domain,
        d.step,
        d.outcome,
        d.reason,
        count(*)
    FROM ended AS d
    GROUP BY feed, d.domain, d.step, d.outcome, d.reason
    ORDER BY feed, d.domain, d.step, d.outcome, d.reason
    ON CONFLICT (hour, feed_id, domain, stage, outcome, reason) DO UPDATE SET count = o.count + excluded.count
),

forgotten AS (
    DELETE FROM ingest.drafts AS d
    USING ended AS x
    WHERE d.entry_id = x.entry_id
)

SELECT d.entry_id FROM ended AS d
