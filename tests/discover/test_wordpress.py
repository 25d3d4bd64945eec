from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.discover import read_feed
from copydesk.errors import FeedError
from copydesk.models import Entry

URL = "https://news.example/wp-json/wp/v2/posts"
POST = {
    "link": "https://news.example/?p=12",
    "guid": {"rendered": "https://news.example/?p=12"},
    "date_gmt": "2026-11-02T08:00:00",
    "modified_gmt": "2026-11-02T09:00:00",
    "title": {"rendered": "Caf&#233;s"},
    "excerpt": {"rendered": "<p>Short.</p>\n"},
    "content": {"rendered": "<p>Long.</p>"},
}


def test_posts_are_read_as_a_feed() -> None:
    document = read_feed(json.dumps([POST]).encode(), URL, {})
    assert document.format == "wordpress"
    assert document.entries == (
        Entry(
            url="https://news.example/?p=12",
            canonical_url="https://news.example/?p=12",
            domain="news.example",
            guid="https://news.example/?p=12",
            title="Cafés",
            published_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
            modified_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
            summary="Short.",
            content_html="<p>Long.</p>",
        ),
    )


@pytest.mark.parametrize("posts", ["[1, 2]", '[{"a": 1}]', "[", '[{"link": null}]', '[{"link": "javascript:x"}]'])
def test_what_is_no_list_of_posts_is_an_error(posts: str) -> None:
    with pytest.raises(FeedError):
        read_feed(posts.encode(), URL, {})
