from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.extract.metadata import read_sources
from copydesk.extract.tree import parse as page_tree
from copydesk.models import Label, Page, Source
from copydesk.profiles.apply import MAX_PAGE_BYTES, MIN_CHARS, fits, read_page
from copydesk.profiles.learn import learn
from copydesk.profiles.model import Profile, Template
from copydesk.profiles.reader import Judged, Reader
from copydesk.profiles.structure import Piece, Signer, drop_unseen, parse, pieces

DOMAIN = "gazette.example"
Site = Callable[..., list]


@pytest.fixture(scope="module")
def reader(site: Site) -> Reader:
    return Reader(learn([told.page for told in site(5)], DOMAIN), "7")


def test_pages_never_seen_are_read_word_for_word(site: Site, reader: Reader) -> None:
    for told in site(8, start=20):
        found = read_page(reader, told.page)
        assert found is not None
        assert tuple(block.text for block in found[1].blocks) == told.body
        assert found[1].reading == "profile"


def test_what_is_taken_off_is_in_the_ledger_with_rule_and_version(site: Site, reader: Reader) -> None:
    found = read_page(reader, site(1, start=30)[0].page)
    assert found is not None
    removed = {removal.text.split(":")[0]: removal for removal in found[1].removals}
    assert removed["Advertisement"].rule == "profile:repeated"
    assert removed["Read also"].rule == "profile:path"
    assert {removal.rule_version for removal in found[1].removals} == {"7"}
    assert Label.CAPTION in {removal.label for removal in found[1].removals}


def test_every_piece_of_the_container_is_kept_or_in_the_ledger_once_and_in_order(site: Site, reader: Reader) -> None:
    found = read_page(reader, site(1, start=30)[0].page)
    assert found is not None
    places = [block.position for block in found[1].blocks] + [removal.position for removal in found[1].removals]
    assert sorted(places) == list(range(len(places)))


def test_an_embedded_post_is_no_body_though_no_page_showed_one_before(site: Site, reader: Reader) -> None:
    told = site(1, start=32)[0]
    line = told.body[1].encode()
    post = b'<blockquote class="twitter-tweet"><p>What a day at the harbour, and what a night!</p></blockquote>'
    assert line in told.page.body
    body = told.page.body.replace(b"<p>" + line, post + b"<p>" + line)
    assert body != told.page.body
    found = read_page(reader, replace(told.page, body=body))
    assert found is not None
    assert tuple(block.text for block in found[1].blocks) == told.body
    assert "What a day at the harbour, and what a night!" in [one.text for one in found[1].removals]


def test_text_that_a_page_holds_twice_is_read_once(site: Site, reader: Reader) -> None:
    told = site(1, start=34)[0]
    start, end = (told.page.body.index(one) for one in (b'<div class="story-text', b"</div></div></main>"))
    text = told.page.body[told.page.body.index(b">", start) + 1 : end]
    found = read_page(reader, replace(told.page, body=told.page.body[:end] + text + told.page.body[end:]))
    assert found is not None
    assert tuple(block.text for block in found[1].blocks) == told.body
    again = [removal.text for removal in found[1].removals if removal.rule == "profile:again"]
    assert tuple(again) == told.body


def test_agency_s_line_stays(site: Site, reader: Reader) -> None:
    found = read_page(reader, site(1, start=31)[0].page)
    assert found is not None
    assert found[1].blocks[-1].text == "Reuters"


def test_metadata_come_from_where_readers_see_them(site: Site, reader: Reader) -> None:
    told = site(1, start=33)[0]
    found = read_page(reader, told.page)
    assert found is not None
    metadata = found[1].metadata
    assert (metadata.title, metadata.authors) == (told.title, (told.author,))
    assert metadata.published_at is not None
    assert metadata.published_at.isoformat() == "2026-02-07T08:00:00+00:00"
    assert metadata.sources["authors"] is Source.VISIBLE


def test_tags_are_seen_in_the_container_too_amid_what_is_no_body(site: Site) -> None:
    def tagged(title: str, page: Page) -> Page:
        topic = " ".join(title.split()[:2])
        box = f'<div class="box"><p>Filed under</p><div class="tags"><a href="/t"><b>{topic}</b></a></div></div><h2>'
        return replace(page, body=page.body.replace(b"<h2>", box.encode()))

    reader = Reader(learn([tagged(told.title, told.page) for told in site(5)], DOMAIN))
    told = site(1, start=90)[0]
    found = read_page(reader, tagged(told.title, told.page))
    assert found is not None
    assert found[1].metadata.tags == (" ".join(told.title.split()[:2]),)
    assert found[1].metadata.tags[0] not in [block.text for block in found[1].blocks]


def test_page_of_another_layout_is_not_read(site: Site, reader: Reader) -> None:
    assert read_page(reader, site(1, start=40, layout="new")[0].page) is None


def test_page_with_too_little_text_is_not_read(site: Site, reader: Reader) -> None:
    page = site(1, start=41)[0].page
    start, end = page.body.index(b"<figure>"), page.body.index(b"</div></div></main>")
    assert read_page(reader, replace(page, body=page.body[:start] + page.body[end:])) is None


def test_page_that_is_mostly_of_unknown_structure_is_not_read(site: Site, reader: Reader) -> None:
    page = site(1, start=42)[0].page
    body = page.body.replace(b"<p>", b"<article><blink>").replace(b"</p>", b"</blink></article>", 5)
    assert read_page(reader, replace(page, body=body)) is None


def test_page_with_paragraphs_in_a_part_that_no_other_article_has_is_not_read(site: Site, reader: Reader) -> None:
    page = site(1, start=42)[0].page
    prose = "At the old bridge nobody would say when the boats of the council are going to leave for the island again."
    part = f"<div><div><p>{prose}</p><p>{prose[::-1]}</p></div></div>".encode()
    figure = f"<figure><figcaption>{prose}</figcaption></figure>".encode()
    assert read_page(reader, replace(page, body=page.body.replace(b"<h2>", figure + b"<h2>"))) is not None
    assert read_page(reader, replace(page, body=page.body.replace(b"<h2>", part + b"<h2>"))) is None


def test_page_without_a_title_is_not_read(site: Site, reader: Reader) -> None:
    told = site(1, start=43)[0]
    body = told.page.body.replace(b"<h1>", b"<h1 hidden><!--").replace(b"</h1>", b"--></h1>")
    start, end = body.index(b"<title>"), body.index(b"</title>")
    assert read_page(reader, replace(told.page, body=body[:start] + body[end + 8 :])) is None


def test_page_whose_own_data_hold_far_more_text_is_not_read(site: Site, reader: Reader) -> None:
    page = site(1, start=44)[0].page
    whole = (
        b'<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "'
        + b"word " * 5000
        + b'"}</script>'
    )
    assert read_page(reader, page) is not None
    assert read_page(reader, replace(page, body=page.body.replace(b"</head>", whole + b"</head>"))) is None


def test_a_page_that_is_too_large_is_left_to_the_reading_that_bounds_time(site: Site, reader: Reader) -> None:
    page = site(1, start=44)[0].page
    larger = page.body + b" " * (MAX_PAGE_BYTES - len(page.body))
    assert read_page(reader, replace(page, body=larger)) is not None
    assert read_page(reader, replace(page, body=larger + b" ")) is None


@pytest.mark.parametrize(
    ("shortest", "characters", "is_enough"),
    [(10, MIN_CHARS, True), (10, MIN_CHARS - 1, False), (1000, 200, True), (1000, 199, False)],
)
def test_a_body_has_150_characters_and_a_fifth_of_the_shortest_seen(
    shortest: int, characters: int, is_enough: bool
) -> None:
    template = Template("t", "//div", 5, 5, shortest, standfirst=False, rulings=())
    piece = Piece("p", "x" * characters, 0.0, 0.0, None)
    assert fits(template, [Judged(piece, "", True)], read_sources(page_tree("<p>x", ""))) is is_enough


def test_a_summary_that_a_site_shows_above_its_text_is_a_field_of_its_own_there_and_text_elsewhere(
    site: Site, html_page: Callable[[str, str], Page]
) -> None:
    def page_of(number: int, *, above: bool = True) -> Page:
        told = site(1, start=number)[0]
        summary = f"{told.body[-2][:40]} {told.body[2][:40]}".removesuffix(".")
        data = f'<meta name="description" content="{summary}"><title>'
        html = told.page.body.decode().replace("<title>", data)
        start = html.index(">", html.index('<div class="story-text')) + 1 if above else html.index("<h2>")
        return html_page(told.page.url, f'{html[:start]}<p class="deck-{number}">{summary}</p>{html[start:]}')

    def standfirsts(profile: Profile, page: Page) -> list[str]:
        found = read_page(Reader(profile), page)
        assert found is not None
        gone = [one.text for one in found[1].removals if one.rule == "profile:standfirst"]
        assert set(gone) <= {found[1].metadata.summary}
        return gone

    profile = learn([page_of(number) for number in range(5)], DOMAIN)
    assert [template.standfirst for template in profile.templates] == [True]
    assert len(standfirsts(profile, page_of(50))) == 1
    assert standfirsts(profile, page_of(50, above=False)) == []
    other = replace(profile, templates=tuple(replace(one, standfirst=False) for one in profile.templates))
    assert standfirsts(other, page_of(50)) == []


def test_page_in_another_charset_reads_right(site: Site, reader: Reader) -> None:
    page = site(1, start=45)[0].page
    text = page.body.decode().replace("charset=utf-8", "charset=windows-1251").replace("the", "это")
    found = read_page(reader, replace(page, body=text.encode("cp1251")))
    assert found is not None
    assert any("это" in block.text for block in found[1].blocks)


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 50, b"<", b"\xff\xfe<\x00p\x00", b"<html><body>" + b"<b>" * 5000, b"{}"]
)
def test_hostile_bytes_are_left_to_the_fallback(site: Site, reader: Reader, body: bytes) -> None:
    assert read_page(reader, replace(site(1)[0].page, body=body)) is None


@given(junk=st.text(max_size=300), place=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_junk_in_a_page_never_raises(site: Site, reader: Reader, junk: str, place: float) -> None:
    page = site(1, start=46)[0].page
    cut = round(place * len(page.body))
    body = page.body[:cut] + junk.encode("utf-8", "surrogatepass") + page.body[cut:]
    found = read_page(reader, replace(page, body=body))
    assert found is None or found[1].blocks


def test_text_is_cut_at_blocks_and_line_breaks_only() -> None:
    tree = parse(b"<body><div>one <b>bold</b> word<br>more<br><br>two<p>three. <a href=x>four</a></p>five</div>")
    drop_unseen(tree)
    assert [piece.text for piece in pieces(tree, Signer())] == ["one bold word\nmore", "two", "three. four", "five"]


def test_signature_has_the_site_s_tokens_and_not_the_article_s() -> None:
    element = parse(b'<body><div class="story post-20231 md:w-1/2 Body_text__aB3x9" itemprop="articleBody">x')[0][0]
    assert Signer()(element) == "div.Body_text__.story[itemprop=articleBody]"
    assert Signer(frozenset({".story"}))(element) == "div.story"
