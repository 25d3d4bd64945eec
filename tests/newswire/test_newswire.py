"""The demo newswire serves what its truth says, as real sites serve it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPMessage
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.newswire.__main__ import main
from copydesk.newswire.stock import publishers


@pytest.fixture(scope="module")
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})  # noqa: S310
    try:
        with urlopen(request, timeout=10) as response:  # noqa: S310 - loopback
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def charset_of(path: str) -> str:
    return next(p.charset for p in publishers() for edition in p.editions if edition.path == path)


def test_there_are_enough_articles_in_each_language() -> None:
    languages = Counter(truth.language for truth in expected().values())
    assert set(languages) == {"ar", "en", "fr"}
    assert min(languages.values()) >= 8
    assert len({truth.publisher for truth in expected().values()}) == 3


def test_paths_are_unique_across_publishers() -> None:
    assert len(expected()) == sum(len(publisher.editions) for publisher in publishers())


@pytest.mark.parametrize("path", expected())
def test_page_shows_every_line_of_its_truth_and_everything_around_it(newswire: Newswire, path: str) -> None:
    status, _, body = get(newswire.url(path))
    text = " ".join(BeautifulSoup(body.decode(charset_of(path)), "lxml").get_text(" ").split())
    assert status == 200
    assert [line for line in (expected()[path].title, *expected()[path].lines) if line not in text] == []
    assert [line for line in expected()[path].boilerplate if line not in text] == []


def test_copies_of_an_agency_story_share_most_of_their_lines() -> None:
    original, copy = expected()["/article/10427"], expected()["/ar/2025/10/salwa-port-reopens"]
    shared = set(original.lines) & set(copy.lines)
    assert original.title != copy.title
    assert original.agency == copy.agency == "Reuters"
    assert 0.7 * len(original.lines) <= len(shared) < len(original.lines)


def test_arabic_site_names_its_old_charset_in_the_page_only(newswire: Newswire) -> None:
    _, headers, body = get(newswire.url("/article/10431"))
    assert headers["Content-Type"] == "text/html"
    assert b"charset=windows-1256" in body
    assert "سيبويه" in body.decode("windows-1256")


@pytest.mark.parametrize("index", range(3))
def test_feed_lists_every_article_of_its_publisher(newswire: Newswire, index: int) -> None:
    site = newswire.sites[index]
    _, headers, body = get(site.feed_url)
    document = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
    assert not document.bozo
    assert {entry.title for entry in document.entries} == {e.story.title for e in site.publisher.editions}
    assert all(entry.link.startswith(site.base_url) for entry in document.entries)


def test_unchanged_page_is_not_sent_again(newswire: Newswire) -> None:
    url = newswire.url("/2025/10/glacier-hidden-valley")
    _, headers, _ = get(url)
    assert get(url, If_None_Match=headers["ETag"])[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"another"')[0] == 200


def test_edited_article_is_served_with_new_text_date_and_etag() -> None:
    path = "/2025/10/glacier-hidden-valley"
    with serving_in_thread() as own:
        _, before, _ = get(own.url(path))
        own.edit(path, 1, "The valley runs for 18 kilometres.")
        status, after, body = get(own.url(path), If_None_Match=before["ETag"])
        _, _, feed = get(own.sites[1].feed_url)
    assert status == 200
    assert b"The valley runs for 18 kilometres." in body
    assert b"runs for 17 kilometres" not in body
    assert before["Last-Modified"] != after["Last-Modified"]
    assert b"The valley runs for 18 kilometres." in feed


def test_requests_are_counted_and_unknown_paths_are_404(newswire: Newswire) -> None:
    assert get(newswire.sites[0].base_url + "/article/1")[0] == 404
    assert newswire.hits[-1].path == "/article/1"
    assert newswire.hits[-1].status == 404


def test_home_page_and_pictures_are_served(newswire: Newswire) -> None:
    status, _, home = get(newswire.sites[2].base_url + "/")
    assert status == 200
    assert b"/culture/musee-des-cles-3088.html" in home
    assert get(newswire.sites[2].base_url + "/media/any.svg")[1]["Content-Type"].startswith("image/svg+xml")


def test_command_says_where_its_feeds_are_and_stops_when_told() -> None:
    command = [sys.executable, "-m", "copydesk.newswire"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        answers = [get(url)[0] for url in said["feeds"]]
        process.terminate()
        assert process.wait(timeout=10) == 0
    assert answers == [200, 200, 200]
    assert set(said["sites"]) == {publisher.name for publisher in publishers()}


def test_ports_that_are_none_are_explained() -> None:
    result = CliRunner().invoke(main, ["--ports", "many"])
    assert result.exit_code == 2
    assert "8101,8102,8103" in result.output


def test_a_port_in_use_is_told_in_words(newswire: Newswire) -> None:
    port = newswire.sites[0].base_url.rpartition(":")[2]
    result = CliRunner().invoke(main, ["--ports", port])
    assert result.exit_code == 1
    assert "address already in use; give other ports" in result.output


@pytest.mark.parametrize("ports", ["-1", "8101,65536"])
def test_numbers_that_no_port_has_are_told_in_words(ports: str) -> None:
    result = CliRunner().invoke(main, [f"--ports={ports}"])
    assert result.exit_code == 2
    assert "is not a list of ports" in result.output
