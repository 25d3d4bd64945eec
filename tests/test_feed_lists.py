from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.errors import UsageError
from copydesk.feed_lists import read_declarations, read_opml, write_opml
from copydesk.feeds import Known, Wanted
from copydesk.settings import ROOT

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_projects_own_feeds_toml_can_be_read() -> None:
    assert isinstance(read_declarations(ROOT / "feeds.toml"), tuple)


def test_opml_in_folders_yields_each_feed_once(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    file.write_text(
        '<opml version="1.0"><body><outline text="Folder"><outline text="A" xmlUrl="https://a.example/feed"/></outline>'
        '<outline xmlUrl="https://a.example:443/feed"/><outline xmlUrl="https://b.example/feed"/></body></opml>',
        encoding="utf-8",
    )
    assert [feed.url for feed in read_opml(file)] == ["https://a.example/feed", "https://b.example/feed"]


def test_what_is_no_feed_of_the_web_sinks_no_other_of_its_opml_file(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    rows = '<outline xmlUrl="feed://a"/><outline XMLURL="https://b.example/feed"/><outline type="link" url="https://c.example"/>'
    file.write_text(f"<opml>{rows}</opml>", encoding="utf-8")
    assert [feed.url for feed in read_opml(file)] == ["https://b.example/feed"]


def test_pages_that_are_polled_come_back_from_opml_as_pages(tmp_path: Path) -> None:
    page = Known(1, "https://a.example/world", "World", "new", False, 900, NOW, None, None, 0, None, None, kind="page")
    file = tmp_path / "a.opml"
    file.write_text(write_opml([page], NOW), encoding="utf-8")
    assert read_opml(file) == (Wanted("https://a.example/world", "World", kind="page"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not XML"),
        ("<html/>", "root element is html"),
        ("<opml><body/></opml>", "lists no feed"),
        ('<opml><outline xmlUrl="ftp://a"/></opml>', "lists no feed"),
    ],
)
def test_what_is_wrong_with_an_opml_file_is_said(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "a.opml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_opml(file)


def test_entities_of_an_opml_file_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden", encoding="utf-8")
    file = tmp_path / "a.opml"
    file.write_text(
        f'<!DOCTYPE opml [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<opml><head><title>&e;</title></head><outline text="A" xmlUrl="https://a.example/"/></opml>',
        encoding="utf-8",
    )
    assert read_opml(file) == (Wanted("https://a.example/", "A"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("feed = ", "not TOML"),
        ('[feed]\nurl = "https://a.example/"', r"\[\[feed\]\]"),
        ('[[feed]]\ntitle = "A"', "feed 1: has no url"),
        ('[[feed]]\nurl = "a.example"', "feed 1: .*http://"),
        ('[[feed]]\nurl = "https://a.example/"\npol_seconds = 1', "pol_seconds is not known"),
        ('[[feed]]\nurl = "https://a.example/"\npoll_seconds = "1"', "whole number"),
        ('[[feed]]\nurl = "https://a.example/"\npoll_seconds = true', "whole number"),
        ('[[feed]]\nurl = "https://a.example/"\npoll_seconds = 1', "between 60"),
    ],
)
def test_what_is_wrong_with_feeds_toml_is_said(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_declarations(file)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_declarations(tmp_path / "none.toml")
