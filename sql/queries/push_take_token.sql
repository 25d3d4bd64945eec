-- Takes one token from a bucket, which fills at rate tokens a second up to burst; no row if it is empty.
INSERT INTO ingest.push_buckets AS b (bucket, tokens, filled_at)
VALUES (%(bucket)s, %(burst)s - 1, %(now)s)
ON CONFLICT (bucket) DO UPDATE
    SET
        tokens = least(
            %(burst)s, b.tokens + greatest(0, extract(EPOCH FROM %(now)s - b.filled_at)) * %(rate)s
        ) - 1,
        filled_at = greatest(b.filled_at, %(now)s)
    WHERE
    least(%(burst)s, b.tokens + greatest(0, extract(EPOCH FROM %(now)s - b.filled_at)) * %(rate)s) >= 1
RETURNING b.tokens
