"""Pages that are built to break their reader end in an outcome with a reason, and the next page is read as ever.

Through worker processes with the design's limits (10 s of processor time and 1 GiB a page), with and without a profile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.edit import Edited, Job, edit, load, page_of
from copydesk.errors import PageError, PermanentPageError
from copydesk.isolate import isolated
from copydesk.models import Reason
from copydesk.profiles.known import Known
from copydesk.profiles.learn import learn

NOW = datetime(2026, 3, 5, tzinfo=UTC)
URL = "https://post.example/2026/harbour-closed"
P = "<p>The harbour of Port Lune was closed to all ships on Tuesday after crane {0} fell across channel {0}, again.</p>"
STORY = "".join(P.format(number) for number in range(6))
LD = "<script type='application/ld+json'>"

# What each costs where nothing bounds it: stack, nodes, memory, or time that grows faster than the page.
PAGES: dict[str, Callable[[], str]] = {
    "100,000 nested divs": lambda: page("<div>" * 100_000 + STORY),
    "nested just within bounds": lambda: page("<div>" * 900 + STORY + "</div>" * 900 + "<b>" * 900 + STORY),
    "a million elements": lambda: page("<i>x</i>" * 1_000_000),
    "40,000 paragraphs": lambda: page("<p>x y z</p>" * 40_000),
    "an attribute of 20 MB": lambda: page(f"<p class='{'x ' * 10_000_000}'>a</p>" + STORY),
    "a word of 5 MB": lambda: page(STORY + "<p>" + "a" * 5_000_000),
    "10 MB of spaces": lambda: page(STORY + "<p>" + " " * 10_000_000 + "x"),
    "a title of many parts": lambda: f"<title>{'a - ' * 200_000}</title>" + page(STORY),
    "unclosed tags": lambda: page(STORY + "<a" * 500_000),
    "unclosed scripts": lambda: page(STORY + "<script " * 300_000),
    "unclosed comments": lambda: page(STORY + "<!--" * 500_000),
    "JSON without an end": lambda: page(LD + "[" * 500_000 + "</script>" + STORY),
    "JSON of many authors": lambda: page(
        LD + '{"@graph":[' + '{"@type":"NewsArticle","author":{"name":"x"}},' * 30_000 + "{}]}</script>" + STORY
    ),
    "near dates": lambda: page(STORY + "".join(f"<time>{'1/' * 90}</time>" for _ in range(3_000))),
    "near bylines": lambda: page("<div class=author>By A B </div>" * 3_000 + STORY),
    "nearly rules": lambda: page("".join(f"<p>{line * 60}</p>" for line in NEARLY * 40) + STORY),
    "one paragraph 8,000 times": lambda: page(P.format(1) * 8_000),
    "nested tables": lambda: page("<table><tr><td>" * 300 + STORY),
    "only marks that show nothing": lambda: page("<p>" + "\u202e\u2066\u200b\u00ad" * 500_000 + "</p>" + STORY),
}
# Each begins as what a rule takes off and never comes to its end.
NEARLY = [
    "the views expressed in this article are ",
    "Facebook | ",
    "By Jane and ",
    "reuters/ ",
    "© 2024 2024 ",
    "اقرأ أيضا ",
    "إن الموقع غير مسؤول ",
    "Photo: ",
    "Tags: a, ",
    "12/05/2024 ",
    "sign up for our ",
    "((((",
    "&nbsp;.",
]


def page(body: str) -> str:
    return f"<html><body><h1>Harbour closed</h1><div class=story-text>{body}</div></body></html>"


@pytest.fixture(scope="module")
def known() -> Known:
    """A profile of the site that these pages are from, so that its road is tried first."""
    pages = [
        page_of(page("".join(P.format(10 * site + n) for n in range(9))).encode(), f"{URL}-{site}", now=NOW)
        for site in range(5)
    ]
    return Known("post.example", 1, learn(pages, "post.example").to_json())


@pytest.mark.parametrize("with_profile", [False, True], ids=["without profile", "with profile"])
def test_every_hostile_page_ends_in_an_outcome_and_the_next_page_is_read(known: Known, with_profile: bool) -> None:
    names = [*PAGES, "a good page"]
    makers = [*PAGES.values(), lambda: page(STORY)]
    profile = known if with_profile else None
    jobs = (Job(page_of(make().encode(), URL, now=NOW), known=profile) for make in makers)
    results = isolated(edit, jobs, url=lambda job: job.page.url, prepare=load)
    ended = dict(zip(names, results, strict=True))
    errors = {name: one.reason for name, one in ended.items() if isinstance(one, PageError)}
    assert set(errors.values()) == {Reason.TOO_COSTLY}
    assert {"100,000 nested divs", "a million elements"} <= errors.keys()
    good = ended["a good page"]
    assert isinstance(good, Edited)
    assert good.article.text.count("crane") == 6
    assert good.article.reading == ("profile" if with_profile else "page")


HTML = page(STORY).encode()
FIT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
INVALID = st.sampled_from([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\x00", b"\x1b$B"])


@FIT
@given(at=st.integers(0, len(HTML)), wrong=st.one_of(INVALID, st.binary(min_size=1, max_size=8)))
def test_wrong_bytes_in_any_position_leave_an_article_or_a_reason(known: Known, at: int, wrong: bytes) -> None:
    for profile in (None, known):
        try:
            edited = edit(Job(page_of(HTML[:at] + wrong + HTML[at:], URL, now=NOW), known=profile))
        except PermanentPageError as error:
            assert error.reason is Reason.UNREADABLE  # noqa: PT017 - most positions raise nothing
            continue
        assert edited.article.text.encode("utf-8")
        assert "\x00" not in edited.article.text


def test_invalid_utf8_in_every_position_of_a_paragraph_keeps_the_rest_of_it() -> None:
    start = HTML.index(b"<p>") + 3
    for at in range(start, start + 60):
        wrong = HTML[:at] + b"\xff" + HTML[at:]
        article = edit(Job(page_of(wrong, URL, {"content-type": "text/html; charset=utf-8"}, NOW))).article
        assert article.text.count("again.") == 6
