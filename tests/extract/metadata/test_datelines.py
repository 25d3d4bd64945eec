"""When it was published and when it was changed, as pages show it to readers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.extract.blocks import blocks
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.metadata.datelines import spoken
from copydesk.extract.tree import parse
from copydesk.models import Metadata, Source

NOW = datetime(2024, 9, 1, tzinfo=UTC)
TEXT = "The harbour of Port Lune stayed closed on Monday, after a crane fell into its only gate in the night before."


def read(above: str = "", behind: str = "", head: str = "", url: str = "https://post.example/a") -> Metadata:
    html = (
        f"<html lang='en'><head>{head}</head><body><h1>Harbour closed</h1>{above}"
        f"<article><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></article>{behind}</body></html>"
    )
    tree = parse(html, "")
    found = blocks(tree)
    body = [block for block in found if block.text == TEXT]
    return read_metadata(tree, read_sources(tree), found, body, url=url, fetched_at=NOW)


def dates(metadata: Metadata) -> tuple[str, ...]:
    return tuple(str(one or "")[:10] for one in (metadata.published_at, metadata.modified_at))


def json_ld(**fields: str) -> str:
    script = json.dumps({"@type": "NewsArticle", "headline": "Harbour closed", **fields})
    return f"<script type='application/ld+json'>{script}</script>"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("<p>August 13, 2024</p>", ("2024-08-13", "")),
        ("<p>By Ana Roe on Aug 13, 2024</p>", ("2024-08-13", "")),
        ("<p>Published August 13, 2024 | Updated August 20, 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Updated August 20, 2024; first published August 13, 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Last updated: August 20, 2024</p><p>August 13, 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Publié le 13 août 2024, mis à jour le 20 août 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Veröffentlicht am 13.08.2024, aktualisiert am 20.08.2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>نشر في 13 أغسطس 2024 - آخر تحديث 20 أغسطس 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>2024年8月13日 10:20 发布</p>", ("2024-08-13", "")),
        ("<p>13 Ağustos 2024 - Güncelleme: 20 Ağustos 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Data publikacji: 13.08.2024, aktualizacja: 20.08.2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>Publicerad 13 augusti 2024, uppdaterad 20 augusti 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p>الثلاثاء 9 صفر 1446 هـ الموافق 13 أغسطس 2024</p>", ("2024-08-13", "")),
        ("<p>نشر في 1446/02/09 - 2024/08/13</p>", ("2024-08-13", "")),
        ("<p>13 جويلية 2024</p>", ("2024-07-13", "")),
        ("<p>١٣ غشت ٢٠٢٤</p>", ("2024-08-13", "")),
        ("<p>Опубликовано 13 августа 2024, обновлено 20 августа 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<time datetime='2024-08-13T10:20:00+03:00'>three weeks ago</time>", ("2024-08-13", "")),
        ("<div>Last update:</div><div>August 20, 2024</div><div>August 13, 2024</div>", ("2024-08-13", "2024-08-20")),
        (
            "<p class='changed'><time datetime='2024-08-20'>20 Aug 2024</time></p><p>13 Aug 2024</p>",
            ("2024-08-13", "2024-08-20"),
        ),
        ("<div class='node-changed'>August 20, 2024</div><p>August 13, 2024</p>", ("2024-08-13", "2024-08-20")),
        ("<p data-datetime='0'>Do 13.08.24 | 14:07 Uhr</p>", ("2024-08-13", "")),
        ("<figure><figcaption>Crane, August 12, 2024</figcaption></figure><p>13 August 2024</p>", ("2024-08-13", "")),
        (
            "<div><p>July 1, 2024</p></div><div><p>July 2, 2024</p></div><div><p>July 3, 2024</p></div>",
            ("", ""),  # of three other articles
        ),
        (
            "<p>Updated <time datetime='2024-08-20'>Aug 20, 2024</time></p><p>13 Aug 2024</p>",
            ("2024-08-13", "2024-08-20"),
        ),
    ],
)
def test_dates_at_the_headline_are_of_what_their_words_say(above: str, expected: tuple[str, str]) -> None:
    assert dates(read(above)) == expected


def test_a_time_element_gives_the_clock_that_readers_do_not_see() -> None:
    published = read("<p>Posted <time datetime='2024-08-13T10:20:00+03:00'>August 13, 2024</time></p>").published_at
    assert published is not None
    assert published.isoformat() == "2024-08-13T10:20:00+03:00"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("<p>Posted on August 13, 2024</p>", "2024-08-13"),
        ("<p>Originally published on 13 Aug 2024 at 4:12pm but kept up since.</p>", "2024-08-13"),
        ("<ul class='related'><li>Cranes of the coast, published August 13, 2024</li></ul>", ""),
        ("<p>The next ship is due on August 13, 2024, the harbour said to all of its crews.</p>", ""),
    ],
)
def test_behind_the_text_only_a_line_that_says_posted_counts(behind: str, expected: str) -> None:
    assert dates(read(behind=behind))[0] == expected


def test_a_date_at_the_headline_is_believed_before_data_that_were_made_anew_later() -> None:
    remade = json_ld(datePublished="2024-08-20", dateModified="2024-08-20")
    assert dates(read("<p>August 13, 2022</p>", head=remade))[0] == "2022-08-13"
    assert dates(read("<p>Updated August 13, 2022</p>", head=remade))[0] == "2024-08-20"
    assert dates(read("<p>August 21, 2024</p>", head=remade))[0] == "2024-08-20"
    assert dates(read("<p>August 19, 2024</p>", head=remade))[0] == "2024-08-20"  # the same night in two zones


def test_day_and_month_in_another_order_than_the_datas_are_the_same_day() -> None:
    said = json_ld(datePublished="2024-08-07")
    assert dates(read("<p>08/07/2024</p>", head=said))[0] == "2024-08-07"
    assert dates(read("<p>07/08/2024</p>", head=said))[0] == "2024-08-07"
    assert dates(read("<p>07/06/2024</p>", head=said))[0] == "2024-07-06"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("<p>Published August 13, 2024</p>", "2024-08-13"),
        ("<p>This article was originally published on 13 Aug 2024 but is kept up.</p>", "2024-08-13"),
        ("<p>Updated August 13, 2024</p>", "2024-08-20"),
        ("<p>Originally published by The Lune Post on August 13, 2024</p>", "2024-08-20"),  # elsewhere
        ("<p>Published August 21, 2024</p>", "2024-08-20"),
    ],
)
def test_a_line_behind_the_text_that_states_an_earlier_publication_is_believed_before_the_data(
    behind: str, expected: str
) -> None:
    assert dates(read(behind=behind, head=json_ld(datePublished="2024-08-20")))[0] == expected


def test_when_it_was_originally_published_beats_a_date_without_words() -> None:
    behind = "<p>Originally published on 13 Aug 2022 but kept up since.</p>"
    assert dates(read("<p>20 August 2024</p>", behind=behind))[0] == "2022-08-13"
    assert dates(read("<p>20 August 2024</p>", behind="<p>Published 13 Aug 2024</p>"))[0] == "2024-08-20"


@pytest.mark.parametrize(
    ("said", "shown", "expected"),
    [
        ("2024-08-20T02:41:00Z", "August 19, 2024", "2024-08-19T23:41:00-03:00"),  # the evening before in America
        ("2024-08-20T02:41:00+00:00", "19 de agosto de 2024", "2024-08-19T23:41:00-03:00"),
        ("2024-08-20T15:00:00Z", "August 19, 2024", "2024-08-19T00:00:00+00:00"),  # no zone explains it
        ("2024-08-20T15:00:00Z", "August 21, 2024", "2024-08-20T15:00:00+00:00"),  # a printed paper's day
        ("2024-08-20T09:00:00+09:00", "August 19, 2024", "2024-08-20T09:00:00+09:00"),
        (
            "2024-08-20T02:41:00Z",
            "<time datetime='2024-08-19T19:41:00-07:00'>August 19, 2024</time>",
            "2024-08-19T19:41:00-07:00",
        ),
    ],
)
def test_an_instant_is_told_on_the_day_that_readers_see(said: str, shown: str, expected: str) -> None:
    published = read(f"<p>{shown}</p>", head=json_ld(datePublished=said)).published_at
    assert published is not None
    assert published.isoformat() == expected


def test_a_time_element_in_utc_is_told_on_the_day_that_readers_see() -> None:
    published = read("<p><time datetime='2024-08-20T04:13:00Z'>August 19, 2024</time></p>").published_at
    assert published == datetime(2024, 8, 20, 4, 13, tzinfo=UTC)
    assert published.isoformat() == "2024-08-19T23:13:00-05:00"


def test_an_address_puts_day_and_month_in_order() -> None:
    url = "https://post.example/2024/march/08/harbour"
    assert dates(read("<p>08/03/2024</p>", url=url))[0] == "2024-03-08"
    assert dates(read("<p>08/03/2024</p>", url="https://post.example/2024/08/03/harbour"))[0] == "2024-08-03"
    assert dates(read("<p>08/03/2024</p>", url="https://post.example/2024/07/01/harbour"))[0] == "2024-08-03"


def test_where_only_a_change_is_dated_that_is_the_guess_at_publication() -> None:
    metadata = read("<p>Last updated: August 13, 2024</p>")
    assert dates(metadata) == ("2024-08-13", "2024-08-13")
    assert metadata.sources["published_at"] is Source.HEURISTIC
    assert metadata.sources["modified_at"] is Source.VISIBLE


def test_a_date_in_the_address_or_in_a_script_is_better_than_none() -> None:
    assert dates(read(url="https://post.example/2024/08/13/harbour"))[0] == "2024-08-13"
    script = '<script>window.page = {"publishDate":"2024-08-13T10:20:00Z","dateCreated":"2019-01-01"}</script>'
    assert dates(read(behind=script))[0] == "2024-08-13"
    assert dates(read("<p>August 12, 2024</p>", behind=script))[0] == "2024-08-12"
    state = "<div data-page='{&quot;datePublished&quot;:&quot;2024-08-13T09:00:00-05:00&quot;}'></div>"
    assert dates(read(behind=state))[0] == "2024-08-13"
    data = "<meta name='data' content='{&quot;datePublished&quot;:&quot;2024-08-13&quot;}'>"
    assert dates(read(head=data))[0] == "2024-08-13"


def test_any_meta_element_named_after_publication_counts() -> None:
    assert dates(read(head="<meta name='w-published-date' content='2024-08-13T06:03:43Z'>"))[0] == "2024-08-13"
    assert dates(read(head="<meta name='published' content='August 13, 2024'>"))[0] == "2024-08-13"
    assert dates(read(head="<meta name='publisher-id' content='20240813'>"))[0] == ""


def test_a_line_without_words_is_of_publication() -> None:
    assert list(spoken("13 August 2024")) == [("published", "13 August 2024")]
    assert list(spoken("13 August 2024 (updated)")) == [("modified", "13 August 2024 (")]
    assert list(spoken("updated")) == []


def test_a_day_of_publication_may_stand_behind_a_box_of_other_links() -> None:
    box = "".join(f"<p><a href='/{number}'>Quay number {number} is open</a></p>" for number in range(20))
    assert dates(read(behind=f"{box}<p>First published on August 13, 2024</p>")) == ("2024-08-13", "")


def test_a_long_line_that_states_when_it_was_published_is_read() -> None:
    line = (
        "First published: 1 June 2023 · Last reviewed: 15 June 2024 · Next review of this page due: June 2027 or before"
    )
    assert dates(read(f"<p>{line}</p>")) == ("2023-06-01", "2024-06-15")
