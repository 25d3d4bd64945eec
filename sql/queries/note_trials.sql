-- Adds what a batch saw of one template; the same batch adds to its own row.
INSERT INTO ingest.profile_trials AS t
(domain, version, template, batch_id, hits, misses, judged, agreed, noted_at)
VALUES (
    %(domain)s, %(version)s, %(template)s, %(batch_id)s, %(hits)s, %(misses)s, %(judged)s, %(agreed)s, %(now)s
)
ON CONFLICT (domain, version, template, batch_id) DO UPDATE SET
    hits = t.hits + excluded.hits,
    misses = t.misses + excluded.misses,
    judged = t.judged + excluded.judged,
    agreed = t.agreed + excluded.agreed,
    noted_at = excluded.noted_at
