"""Metadata on the fast path: the page's own data first, and what stands visible only where they are poorer."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.extract.metadata import Sources
from copydesk.extract.metadata import read_metadata as read
from copydesk.models import Block, Entry, Metadata, Page
from copydesk.profiles.model import Profile
from copydesk.profiles.structure import Element


def read_metadata(
    profile: Profile, tree: Element, sources: Sources, body: Sequence[Block], page: Page, entry: Entry | None
) -> Metadata:
    return read(tree, sources, body, body, url=page.final_url, fetched_at=page.fetched_at, entry=entry)
