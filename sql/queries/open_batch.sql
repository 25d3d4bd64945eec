-- A new batch, or the one that the holder has already.
INSERT INTO ingest.batches (holder, claimed_at) VALUES (%(holder)s, %(now)s)
ON CONFLICT (holder) DO UPDATE SET claimed_at = excluded.claimed_at
RETURNING batch_id
