-- What became of a push: one row each thing it named, in its order.
SELECT
    r.received_at,
    i.url,
    e.stage,
    e.outcome,
    e.reason,
    e.detail,
    e.article_id
FROM ingest.push_receipts AS r
INNER JOIN ingest.push_receipt_items AS i ON r.receipt_id = i.receipt_id
LEFT JOIN ingest.entries AS e ON i.entry_id = e.entry_id
WHERE r.source = %(source)s AND r.receipt_id = %(receipt_id)s
ORDER BY i.position
