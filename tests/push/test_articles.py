"""Pushed articles: page and back."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime

import pytest

from copydesk.errors import PermanentPageError
from copydesk.models import Label, Metadata, Reason, Source
from copydesk.push.articles import is_pushed, page_of, read_article
from copydesk.push.messages import PushedArticle

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
URL = "https://example.org/مقال"


def test_article_as_text_is_read_back_paragraph_by_paragraph() -> None:
    article = PushedArticle(
        url=URL,
        title="عنوان",
        text="فقرة أولى فيها 1 < 2 & <b>نص</b>.\r\n\r\nفقرة\nثانية.\n \n",
        authors=["كاتب"],
        language="ar-EG",
        published_at=NOW,
    )
    page = page_of(article, NOW)
    assert is_pushed(page)
    assert page.content_hash == hashlib.sha256(page.body).digest()
    extract = read_article(page)
    assert [block.text for block in extract.blocks] == ["فقرة أولى فيها 1 < 2 & <b>نص</b>.", "فقرة ثانية."]
    assert extract.reading == "push"
    assert extract.metadata == Metadata(
        title="عنوان",
        authors=("كاتب",),
        published_at=NOW,
        language="ar",
        canonical_url=URL,
        sources=dict.fromkeys(("title", "authors", "published_at", "language"), Source.PUSH),
    )


def test_article_as_html_keeps_what_its_markup_says() -> None:
    article = PushedArticle(
        url=URL,
        title="T",
        html="<h2>Head</h2><p>One <b>two</b>.</p><script>x()</script><figure><figcaption>Cap</figcaption></figure>",
    )
    blocks = read_article(page_of(article, NOW)).blocks
    assert [(block.label, block.text) for block in blocks] == [
        (Label.HEADING, "Head"),
        (Label.BODY, "One two."),
        (Label.CAPTION, "Cap"),
    ]


def test_page_that_only_claims_our_media_type_is_unreadable() -> None:
    page = page_of(PushedArticle(url=URL, title="T", text="x"), NOW)
    with pytest.raises(PermanentPageError) as caught:
        read_article(dataclasses.replace(page, body=b'{"title": "T"}'))
    assert caught.value.reason is Reason.UNREADABLE


def test_article_cannot_speak_for_another_url_than_its_page() -> None:
    page = page_of(PushedArticle(url="https://victim.example/a", title="T", text="x"), NOW)
    extract = read_article(dataclasses.replace(page, url=URL, final_url=URL))
    assert extract.url == extract.metadata.canonical_url == URL
