-- A new batch, or the one that the holder has already; its entries count this as another attempt.
INSERT INTO ingest.batches (holder, claimed_at) VALUES (%(holder)s, %(now)s)
ON CONFLICT (holder) DO UPDATE SET claimed_at = excluded.claimed_at, is_excused = false
RETURNING batch_id
