"""copydesk: from a published article to a clean, validated row in Postgres.

The flow, one module a step: discover, fetch, extract, clean, attribute, validate, load.
"""
