"""A site with profiles, over HTTP and in Postgres: learned, read by, judged, changed, given up, learned again."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice

import pytest
from click.testing import CliRunner

from copydesk import feeds
from copydesk.audit import audit
from copydesk.cli.profile import profile
from copydesk.database import connect, transaction
from copydesk.models import Reason
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch, load_batch, poll, validate_batch
from copydesk.profiles import store
from copydesk.profiles.relearn import Round, learn_sites
from copydesk.profiles.trust import Record, given_up, sampled
from copydesk.reclean import Recleaned, apply, reclean
from copydesk.settings import Settings
from made_posts import ARABIC, Post, Theme, new_theme

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports


class Site:
    """The blog as a web server: each call of `publish` makes a feed of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.posts: dict[str, Post] = {}
        self.answers: dict[str, tuple[str, bytes]] = {}

    def numbers(self, start: int, *, judged: bool = False) -> Iterator[int]:
        """Numbers of posts that the judge reads too, or does not."""
        return (number for number in count(start) if sampled(f"{self.address}/post/{number}") is judged)

    def publish(self, numbers: Iterator[int] | Sequence[int], theme: Theme | None = None) -> str:
        posts = [ARABIC.post(number, theme) if theme else ARABIC.post(number) for number in numbers]
        self.posts |= {f"{self.address}{post.path}": post for post in posts}
        self.answers |= {post.path: ("text/html; charset=utf-8", post.html.encode()) for post in posts}
        items = "".join(
            f"<item><title>{post.title}</title><link>{self.address}{post.path}</link></item>" for post in posts
        )
        feed = f"/feed/{len(self.answers)}"
        text = f'<rss version="2.0"><channel><title>{ARABIC.name}</title>{items}</channel></rss>'
        self.answers[feed] = ("application/rss+xml; charset=utf-8", text.encode())
        return f"{self.address}{feed}"


@contextmanager
def serving() -> Iterator[Site]:
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = site.answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


def now() -> datetime:
    return datetime.now(UTC)


def ingest(settings: Settings, feed: str) -> int:
    """How many articles of a feed were loaded."""
    with connect(settings.database) as connection:
        feeds.add(connection, [feeds.Wanted(feed)])
    poll(settings)
    batch_id = claim_batch(settings, now())
    assert batch_id is not None
    fetch_batch(settings, batch_id)
    clean_batch(settings, batch_id)
    validate_batch(settings, batch_id, now())
    return load_batch(settings, batch_id, now()).counts[Reason.NEW]


def wrong(settings: Settings, site: Site) -> tuple[int, int]:
    """How many lines of all loaded articles are no body, and how many lines of body are missing."""
    left = lost = 0
    with connect(settings.database) as connection, transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, text FROM news.articles")
        for url, text in cursor.fetchall():
            lines, body = text.split("\n\n"), site.posts[url].body
            left += sum(line not in body for line in lines)
            lost += sum(line not in lines for line in body)
    return left, lost


def records(settings: Settings, domain: str) -> list[Record]:
    with connect(settings.database) as connection, transaction(connection):
        return list(store.template_records(connection, [domain])[domain].values())


def said(settings: Settings, *arguments: str) -> str:
    """What `copydesk profile` says."""
    result = CliRunner().invoke(profile, [*arguments, "--database", settings.database], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_site_is_learned_read_judged_given_up_and_learned_again(settings: Settings) -> None:
    with serving() as site:
        domain = site.address.removeprefix("http://")

        assert ingest(settings, site.publish(islice(site.numbers(0), 5))) == 5
        left, lost = wrong(settings, site)
        assert (left > 5, lost) == (True, 0)  # no rule knows all that this site adds to its posts

        assert learn_sites(settings.database, now(), daily=False) == Round(learned=1, refused=0, unchanged=0)
        with connect(settings.database) as connection:
            results = [result for chunk in reclean(connection, domain) for result in chunk]
            assert all(isinstance(result, Recleaned) and not result.back for result in results)
            assert apply(connection, results, now()) == (5, 0)
        assert wrong(settings, site) == (0, 0)

        judged = [next(site.numbers(100, judged=True))]
        assert ingest(settings, site.publish([*islice(site.numbers(100), 5), *judged])) == 6
        assert wrong(settings, site) == (0, 0)
        assert records(settings, domain) == [Record(hits=6, judged=1, agreed=1)]

        assert ingest(settings, site.publish(islice(site.numbers(2000), 15), new_theme)) == 15
        [record] = records(settings, domain)
        assert (record.hits, record.misses, given_up(record)) == (6, 15, True)
        assert wrong(settings, site) == (0, 0)  # what no template fits is read without, less what repeats on the site

        assert learn_sites(settings.database, now(), daily=True) == Round(learned=1, refused=0, unchanged=0)
        assert ingest(settings, site.publish(islice(site.numbers(3000), 4), new_theme)) == 4
        assert sum(one.hits for one in records(settings, domain)) == 4
        with connect(settings.database) as connection, transaction(connection):
            states = [(one.version, one.state) for one in store.versions(connection, domain)]
            assert audit(connection, now()).clean
        assert states == [(2, "active"), (1, "retired")]

        told = said(settings, domain)
        assert f"{domain}: learned from 2" in told
        assert "articles; language ar" in told
        assert "begins with “خط ه للطاحونة”" in told
        assert "version 1 is back" in said(settings, domain, "--rollback")
        assert learn_sites(settings.database, now(), daily=True) == Round(0, 0, 0)
