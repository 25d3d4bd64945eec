"""A fetched page to typed blocks in page order and metadata with a source for each field."""
