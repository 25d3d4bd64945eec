-- Forgets receipts, refusals and contents that nobody will ask for any more.
WITH receipts AS (
    DELETE FROM ingest.push_receipts WHERE received_at < %(before)s
),

refusals AS (
    DELETE FROM ingest.push_refusals WHERE hour < %(before)s
),

contents AS (
    DELETE FROM ingest.push_contents WHERE received_at < %(contents_before)s
),

subscriptions AS (
    DELETE FROM ingest.push_subscriptions WHERE state = 'ended' AND requested_at < %(before)s
)

DELETE FROM ingest.push_buckets WHERE filled_at < %(before)s
