-- What time it is where all workers meet.
SELECT clock_timestamp() AS instant
