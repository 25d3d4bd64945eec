"""A page to blocks and metadata: nothing of the page is lost, and the better source wins."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.edit import Job, edit, page_of
from copydesk.errors import PermanentPageError
from copydesk.extract import extract
from copydesk.extract.blocks import blocks, squeeze
from copydesk.extract.tree import decode_and_parse
from copydesk.models import Block, Entry, Extract, Reason, Source

NOW = datetime(2026, 3, 5, tzinfo=UTC)
URL = "https://post.example/harbour"
PARAGRAPHS = (
    "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel.",
    "Nobody was hurt, the harbour master said, but four freighters wait outside and the ferry has been cancelled.",
    "Divers are to look at the channel in the morning, and a floating crane is on its way from the capital.",
    "The port last closed in 1987, when a barge sank in a storm; it took nine days until the first ship could pass.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(html: str, entry: Entry | None = None, **headers: str) -> Extract:
    return extract(page_of(html.encode(), URL, headers, NOW), entry)


def texts(found: Extract) -> list[str]:
    return [block.text for block in found.blocks]


def entry_of(**fields: object) -> Entry:
    return replace(Entry(URL, URL, "post.example"), **fields)  # type: ignore[arg-type]


def test_the_body_is_kept_and_the_rest_is_in_the_ledger() -> None:
    html = f"<nav><a href=/>Home</a></nav><article><h1>Harbour closed</h1>{BODY}</article><footer>© Post</footer>"
    found = read(html)
    assert texts(found)[-4:] == list(PARAGRAPHS)
    assert [removal.text for removal in found.removals if removal.text in ("Home", "© Post")] == ["Home", "© Post"]


def test_an_article_that_is_in_json_ld_only_is_read_from_there() -> None:
    data = {"@type": "NewsArticle", "headline": "Harbour closed", "articleBody": "\n\n".join(PARAGRAPHS)}
    found = read(f'<script type="application/ld+json">{json.dumps(data)}</script><div id=root>Loading</div>')
    assert found.reading == "json-ld"
    assert texts(found) == list(PARAGRAPHS)


def test_an_article_that_is_in_the_feed_only_is_read_from_there() -> None:
    found = read("<h1>Are you a robot?</h1><p>Enable JavaScript.</p>", entry_of(content_html=f"<div>{BODY}</div>"))
    assert found.reading == "feed"
    assert texts(found) == list(PARAGRAPHS)


def test_an_article_that_is_in_a_script_only_is_read_from_there() -> None:
    state = json.dumps({"id": 7, "title": "Harbour closed", "html": BODY}).replace("<", "\\u003c")
    found = read(f"<div id=root>Loading</div><script>window.STATE = {state};</script>")
    assert found.reading == "script"
    assert texts(found) == list(PARAGRAPHS)


def test_a_page_that_hides_its_article_until_a_script_runs_gives_it() -> None:
    assert texts(read(f"<div style='display:none'><article>{BODY}</article></div><p>Loading</p>"))[-4:] == list(
        PARAGRAPHS
    )


def test_what_follows_the_end_of_the_page_is_part_of_it() -> None:
    found = read(f"<html><body><nav><a href=/>Home</a></nav></body></html><article>{BODY}</article></body></html>")
    assert texts(found) == list(PARAGRAPHS)


def test_page_data_win_over_the_feed_and_the_feed_over_nothing() -> None:
    html = f'<meta property="article:published_time" content="2026-03-04T05:06:07+02:00"><article>{BODY}</article>'
    found = read(html, entry_of(published_at=NOW, title="Harbour closed after crane falls", categories=("Ports",)))
    assert found.metadata.published_at == datetime.fromisoformat("2026-03-04T05:06:07+02:00")
    assert found.metadata.title == "Harbour closed after crane falls"
    assert found.metadata.sources["published_at"] is Source.META
    assert found.metadata.sources["title"] is Source.FEED
    assert found.metadata.tags == ("Ports",)


def test_what_wordpress_adds_to_category_and_excerpt_is_neither_tag_nor_summary() -> None:
    title = "Harbour closed after crane falls"
    summary = f"All ships wait [\u2026] Continue reading {title} The post {title} appeared first on Lune."
    entry = entry_of(title=title, summary=summary, categories=("Uncategorized", "Ports"))
    found = read(f"<html><body><h1>{title}</h1>{PARAGRAPHS[0]}</body></html>", entry)
    assert found.metadata.tags == ("Ports",)
    assert found.metadata.summary == "All ships wait\u2026"


def test_bytes_without_any_element_are_unreadable() -> None:
    with pytest.raises(PermanentPageError) as caught:
        extract(page_of(b" \x00 ", URL))
    assert caught.value.reason is Reason.UNREADABLE


TAGS = st.sampled_from(["div", "p", "span", "a", "b", "li", "ul", "td", "tr", "table", "h2", "br", "blockquote", "x-y"])
WORDS = st.one_of(st.sampled_from(PARAGRAPHS), st.text("abcאبя \n\u202e🙂é<&;", max_size=12))
PIECES = st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag}>"), TAGS.map(lambda tag: f"</{tag}>"), WORDS), max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_every_visible_block_is_kept_or_in_the_ledger_once_and_in_order(pieces: list[str]) -> None:
    page = page_of(("<body>" + "".join(pieces)).encode("utf-8", "replace"), URL, now=NOW)
    article = edit(Job(page)).article
    seen = blocks(decode_and_parse(page))
    ended = sorted([*article.blocks, *article.removals], key=lambda block: block.position)
    assert [block.position for block in ended] == sorted({block.position for block in ended})
    assert [line for block in ended for line in block.text.split("\n")] == [
        line for block in seen for line in block.text.split("\n")
    ]


def test_navigation_far_from_the_body_is_one_removal_with_a_block_a_line() -> None:
    menu = "".join(f"<li><a href=/{number}>Section {number}</a></li>" for number in range(40))
    found = read(f"<nav class=top><ul>{menu}</ul></nav><article><h1>Harbour closed</h1>{BODY}</article>")
    first = found.removals[0]
    far = [removal for removal in found.removals if removal.position < 40]
    assert (first.rule, first.path) == ("extract.navigation", "nav.top>ul>li>a")
    assert "\n".join(removal.text for removal in far).split("\n") == [f"Section {number}" for number in range(40)]
    assert len(far) == 1 + len([removal for removal in far if removal.rule == "extract.left-out"]) < 20


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_give_an_extract_or_a_permanent_error(body: bytes) -> None:
    page = page_of(b"<html><body><p>" + body, URL, now=NOW)
    try:
        found: tuple[Block, ...] = extract(page).blocks
    except PermanentPageError:
        return
    assert all(squeeze(block.text) for block in found)


def test_the_same_page_gives_the_same_extract() -> None:
    html = f"<h1>Harbour closed</h1><div>{BODY}</div><ul><li><a href=/a>Read also: the crane</a></ul>"
    assert read(html) == read(html)


@pytest.mark.parametrize("url", ["http://[bad", "file:///tmp/harbour.html", "urn:x", ""])
def test_a_page_whose_address_is_none_of_the_web_is_read_all_the_same(url: str) -> None:
    found = extract(page_of(f"<h1>Harbour closed</h1><link rel=canonical href=/a>{BODY}".encode(), url, now=NOW))
    assert texts(found) == list(PARAGRAPHS)
    assert found.metadata.canonical_url is None
