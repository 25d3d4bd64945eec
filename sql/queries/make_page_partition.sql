-- Makes sure that a month's pages have their partition.
SELECT ingest.make_page_partition(%(day)s)
