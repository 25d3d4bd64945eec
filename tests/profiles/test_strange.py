from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from copydesk.models import Page
from copydesk.profiles.apply import read_page
from copydesk.profiles.learn import learn
from copydesk.profiles.reader import Reader

Site = Callable[..., list]
PROSE = "At the old bridge nobody would say when the boats of the council are going to leave for the island again."


@pytest.fixture(scope="module")
def reader(site: Site) -> Reader:
    return Reader(learn([told.page for told in site(5)], "gazette.example"))


def boxed(page: Page, box: str) -> Page:
    """The page with something more in a box that the profile leaves out."""
    start = page.body.index(b'<div class="letter">')
    end = page.body.index(b"</div>", start)
    return replace(page, body=page.body[:end] + box.encode() + page.body[end:])


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>{PROSE}</p><p>{PROSE[::-1]}</p></div>",
        f"<section><div><p>{PROSE} <b>{PROSE}</b></p></div></section>",
    ],
)
def test_page_with_paragraphs_at_a_new_place_in_what_is_left_out_is_not_read(
    site: Site, reader: Reader, box: str
) -> None:
    assert read_page(reader, boxed(site(1, start=42)[0].page, box)) is None


@pytest.mark.parametrize(
    "box",
    [
        f"<p>{PROSE}</p><p>{PROSE[::-1]}</p>",  # where there was a paragraph before
        f'<div><a href="/a"><p>{PROSE}</p></a></div>',
        f'<div><p><a href="/a">{PROSE}</a></p></div>',
        "<div>" + "<p>The boats leave again.</p>" * 20 + "</div>",
        f"<ul><li>{PROSE}</li></ul>",
    ],
)
def test_teasers_short_lines_and_known_places_in_what_is_left_out_are_no_reason_to_give_up(
    site: Site, reader: Reader, box: str
) -> None:
    found = read_page(reader, boxed(site(1, start=42)[0].page, box))
    assert found is not None
    assert tuple(block.text for block in found[1].blocks) == site(1, start=42)[0].body
