-- Until this transaction ends: who adds to the frontier tells Airflow himself, so that NOTIFY is only the safety net.
SELECT set_config('copydesk.told', 'told', TRUE)
