"""What is learned of a site from its own pages, and the fast path that reads a page by it.

`learn` makes a profile, off the hot path; `read_page` applies one; `trust` says whether it may still be believed.
"""
