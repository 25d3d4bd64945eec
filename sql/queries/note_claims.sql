-- Remembers which page each article claims to be a variant of.
INSERT INTO ingest.claims (article_id, claimed_url)
SELECT
    u.article_id,
    u.claimed_url
FROM unnest(%(article_ids)s::bigint[], %(claimed_urls)s::text[]) AS u (article_id, claimed_url)
ON CONFLICT (article_id) DO UPDATE SET claimed_url = excluded.claimed_url
