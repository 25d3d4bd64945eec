-- Lets every entry and site be claimed at once, whoever held it: for when it is known that no worker lives.
WITH entries AS (
    UPDATE ingest.entries SET lease_until = now()
    WHERE lease_until > now() AND stage <> 'done'
    RETURNING entry_id
),

sites AS (
    UPDATE ingest.sites SET lease_until = null, batch_id = null
    WHERE lease_until > now()
)

SELECT count(*) AS entries FROM entries
