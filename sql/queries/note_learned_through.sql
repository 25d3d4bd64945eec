-- Remembers how far learning has looked though it found nothing new.
UPDATE ingest.profiles SET learned_through = greatest(learned_through, %(learned_through)s)
WHERE domain = %(domain)s AND version = %(version)s
