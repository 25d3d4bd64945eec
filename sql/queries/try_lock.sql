-- Takes a lock for as long as the connection lasts, if nobody has it.
SELECT pg_try_advisory_lock(hashtextextended(%(name)s, 1)) AS locked
