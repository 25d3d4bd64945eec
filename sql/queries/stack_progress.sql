-- How far ingestion has come since a mark: feeds polled, visits by stage, and how those that ended did.
SELECT
    (SELECT count(*) FROM ingest.feeds AS f WHERE NOT f.paused) AS feeds,
    (SELECT count(*) FROM ingest.feeds AS f WHERE NOT f.paused AND f.last_polled_at >= %(instant)s) AS polled,
    (SELECT count(*) FROM ingest.feeds AS f WHERE NOT f.paused AND f.failures > 0) AS failing,
    count(*) FILTER (WHERE e.stage IN ('waiting', 'claimed') AND e.not_before <= now()) AS waiting,
    count(*) FILTER (WHERE e.stage IN ('waiting', 'claimed') AND e.not_before > now()) AS later,
    count(*) FILTER (WHERE e.stage = 'fetched') AS fetched,
    count(*) FILTER (WHERE e.stage IN ('cleaned', 'accepted')) AS cleaned,
    count(*) FILTER (WHERE e.outcome = 'loaded') AS loaded,
    count(*) FILTER (WHERE e.outcome IN ('unchanged', 'duplicate')) AS unchanged,
    count(*) FILTER (WHERE e.outcome = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE e.outcome IN ('refused', 'gone', 'failed')) AS unusable
FROM ingest.entries AS e
WHERE e.entry_id >= %(entry_id)s AND (e.stage <> 'done' OR e.finished_at >= %(instant)s);
