"""The fetcher asks for robots.txt once, obeys it, and waits where it cannot be had."""

from __future__ import annotations

import gzip
import random
from datetime import timedelta

import pytest
from aiohttp import web
from tests.fetch.conftest import NOW, fetched

from copydesk.errors import PermanentPageError, TransientPageError
from copydesk.fetch import Fetcher
from copydesk.models import Outcome, Reason
from hostile_server import HostileServer


async def is_refused(fetcher: Fetcher, url: str) -> bool:
    """Whether robots.txt keeps the page away; anything else that does is an error."""
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(url)
    return (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.ROBOTS)


async def test_robots_txt_is_asked_once_and_obeyed(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /private/\n")
    assert await is_refused(fetcher, server.url("/private/page"))
    await fetched(fetcher, server.url("/page"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/page"]


async def test_robots_txt_is_asked_for_behind_a_redirect_too(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /private/\n")
    assert await is_refused(fetcher, server.url("/to?to=/private/page"))


async def test_a_robots_txt_that_asks_to_wait_is_obeyed_like_a_page_that_does(
    fetcher: Fetcher, server: HostileServer
) -> None:
    server.robots = web.Response(status=503, headers={"Retry-After": "7200"})
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(server.url("/page"))
    assert caught.value.retry_at == NOW + timedelta(hours=2)


async def test_without_a_robots_txt_all_is_allowed(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(status=403)
    await fetched(fetcher, server.url("/private/page"))


async def test_a_broken_robots_txt_means_wait(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(status=503)
    for _ in range(2):
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url("/page"))
        assert caught.value.reason is Reason.SERVER_ERROR
        assert caught.value.retry_at is not None
    assert [path for path, _ in server.asked] == ["/robots.txt"]


async def test_a_robots_txt_of_any_length_is_read_for_500_kibibytes(fetcher: Fetcher, server: HostileServer) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    server.robots = web.Response(body=rules + b"# padding\n" * 2_000_000 + b"Disallow: /page\n")
    await fetched(fetcher, server.url("/page"))
    assert await is_refused(fetcher, server.url("/private/page"))


@pytest.mark.parametrize("padding", [b"\n" * 5_000_000, random.Random(1).randbytes(600_000).hex().encode()])
async def test_a_compressed_robots_txt_is_obeyed_as_far_as_it_can_be_read(
    fetcher: Fetcher, server: HostileServer, padding: bytes
) -> None:
    rules = gzip.compress(b"User-agent: *\nDisallow: /private/\n#" + padding)
    server.robots = web.Response(body=rules, headers={"Content-Encoding": "gzip"})
    assert await is_refused(fetcher, server.url("/private/page"))


async def test_a_robots_txt_that_only_says_that_it_is_compressed_is_obeyed(
    fetcher: Fetcher, server: HostileServer
) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    server.robots = web.Response(body=rules, headers={"Content-Encoding": "gzip"})
    assert await is_refused(fetcher, server.url("/private/page"))
