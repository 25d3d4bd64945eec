-- Lets one writer of a site's profiles in at a time; readers do not wait for it.
SELECT pg_advisory_xact_lock(hashtextextended('copydesk profile ' || %(domain)s, 0))
