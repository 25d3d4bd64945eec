from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from copydesk.discover.plain import instant, iso_instant, language_tag, plain_text, storable


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (None, None),
        ("", None),
        ("  plain\n words ", "plain words"),
        ("<p>one</p><p>two</p>", "one two"),
        ("in<b>si</b>de", "inside"),
        ("a<br>b", "a b"),
        ("<script>x()</script>a<style>b{}</style><!-- c -->", "a"),
        ("&lt;b&gt; &amp; &eacute;", "<b> & é"),
        ("<p> </p>", None),
        ("\x00a\ud800", "a"),
    ],
)
def test_html_becomes_one_line_of_text(html: str | None, text: str | None) -> None:
    assert plain_text(html) == text


def test_what_neither_xml_nor_postgres_holds_is_dropped() -> None:
    assert storable("a\x00\x0b\ud800\uffffب\u200f\n") == "aب\u200f\n"


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("ar", "ar"),
        ("en_US", "en-US"),
        (" fr ", "fr"),
        ("english!", None),
        ("en" + "-aaaaaaaa" * 5, None),
        (None, None),
    ],
)
def test_a_language_tag_is_one_or_none(value: str | None, tag: str | None) -> None:
    assert language_tag(value) == tag


def test_instants_have_a_zone_and_fit_a_calendar() -> None:
    assert instant(time.strptime("2026-11-02", "%Y-%m-%d")) == datetime(2026, 11, 2, tzinfo=UTC)
    assert instant(None) is None
    assert iso_instant("2026-11-02T10:00:00+02:00") == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert iso_instant("2026-11-02") == datetime(2026, 11, 2, tzinfo=UTC)
    assert iso_instant("yesterday") is None
    assert iso_instant("0001-01-01T00:00:00+14:00") is None


def test_dates_that_stand_for_none_are_none_as_other_zones_have_no_such_day() -> None:
    assert iso_instant("0001-01-01T00:00:00Z") is None
    assert iso_instant("9999-12-31T23:59:59.999Z") is None
    assert instant(time.struct_time((1, 1, 1, 0, 0, 0, 0, 1, 0))) is None
    assert instant(time.struct_time((9999, 12, 31, 23, 59, 59, 4, 365, 0))) is None
