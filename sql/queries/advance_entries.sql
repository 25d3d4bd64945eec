-- Notes how far entries of a batch have come.
UPDATE ingest.entries SET stage = %(stage)s
WHERE entry_id = ANY(%(entry_ids)s::bigint[]) AND batch_id = %(batch_id)s AND stage <> 'done'
RETURNING entry_id
