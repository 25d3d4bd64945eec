-- The receipt that has this signature or this idempotency key.
SELECT
    r.receipt_id::text AS receipt_id,
    r.signature,
    r.body_hash,
    r.received_at
FROM ingest.push_receipts AS r
WHERE
    r.source = %(source)s
    AND (r.signature = %(signature)s OR r.idempotency_key = %(idempotency_key)s)
ORDER BY r.signature = %(signature)s DESC
LIMIT 1
