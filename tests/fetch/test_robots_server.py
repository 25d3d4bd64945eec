"""robots.txt as RFC 9309 has it, against a real server: the section that each test is about stands in its name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from aiohttp import web

from copydesk.errors import PermanentPageError, TransientPageError
from copydesk.fetch import Fetcher, Limits
from copydesk.models import Page, Reason
from copydesk.settings import Settings

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIMIT = 500 * 1024


@dataclass
class Site:
    """A site with the answers it is given; everything else is a page."""

    origin: str = ""
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    delay: float = 0.0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        await asyncio.sleep(self.delay)
        status, text = self.answers.get(request.path, (200, "<p>A page.</p>"))
        if status == 0:
            assert request.transport
            request.transport.close()
        if status in (301, 302, 307, 308):
            return web.Response(status=status, headers={"Location": text})
        kind = "text/plain" if "robots" in request.path else "text/html"
        return web.Response(status=status or 200, text=text, content_type=kind)


@pytest.fixture
async def sites() -> AsyncIterator[tuple[Site, Site]]:
    runners, both = [], (Site(), Site())
    for site in both:
        application = web.Application()
        application.router.add_get("/{path:.*}", site.answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        runners.append(runner)
    yield both
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
async def fetcher(now: list[datetime]) -> AsyncIterator[Fetcher]:
    settings = replace(
        Settings.from_environment({}),
        user_agent="CopyDesk/7.1 (+https://example.org/bot)",
        allowed_networks=(ip_network("127.0.0.1/32"),),
        pause_seconds=0,
    )
    async with Fetcher(settings, limits=Limits(seconds=2), clock=lambda: now[0]) as fetcher:
        yield fetcher


async def allows(fetcher: Fetcher, url: str) -> bool:
    """Whether the page can be had; anything but robots.txt that stands in the way is an error."""
    try:
        return isinstance(await fetcher.fetch(url), Page)
    except PermanentPageError as error:
        if error.reason is not Reason.ROBOTS:
            raise
        return False


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: copydesk\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: COPYDESK\nDisallow: /a", "/a", False),
        ("User-agent: copydesk-images\nDisallow: /a", "/a", True),
        ("User-agent: copydesk\nDisallow: /a\n\nUser-agent: copydesk\nDisallow: /b", "/b", False),
        ("User-agent: other\nUser-agent: copydesk\nDisallow: /a", "/a", False),
        ("Disallow: /a", "/a", True),
    ],
)
async def test_2_2_1_the_groups_of_our_name_apply_together_or_else_those_of_all(
    fetcher: Fetcher, sites: tuple[Site, Site], rules: str, path: str, allowed: bool
) -> None:
    sites[0].answers["/robots.txt"] = (200, rules)
    assert await allows(fetcher, sites[0].origin + path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Allow: /p\nDisallow: /", "/page", True),
        ("Disallow: /\nAllow: /p", "/page", True),
        ("Allow: /folder\nDisallow: /folder/secret", "/folder/secret", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Disallow: /fish*", "/fishheads/yummy.html", False),
        ("Disallow: /*.php$", "/filename.php", False),
        ("Disallow: /*.php$", "/filename.php5", True),
        ("Disallow: /Fish", "/fish", True),
        ("Disallow: /a%2Fb", "/a%2Fb", False),
        ("Disallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False),
        ("Disallow: /page # all of it", "/page", False),
        ("disallow:/page", "/page", False),
        ("Disallow:", "/page", True),
    ],
)
async def test_2_2_2_the_longest_match_decides_and_allow_wins_a_tie(
    fetcher: Fetcher, sites: tuple[Site, Site], rules: str, path: str, allowed: bool
) -> None:
    sites[0].answers["/robots.txt"] = (200, f"User-agent: *\n{rules}\n")
    assert await allows(fetcher, sites[0].origin + path) is allowed


@pytest.mark.parametrize(("redirects", "asked"), [(1, 2), (5, 6)])
async def test_2_3_1_2_five_redirects_are_followed_and_what_is_behind_them_goes_for_the_first_origin(
    fetcher: Fetcher, sites: tuple[Site, Site], redirects: int, asked: int
) -> None:
    one, other = sites
    hops = ["/robots.txt", *(f"/robots/{number}" for number in range(1, redirects))]
    targets = [*(one.origin + hop for hop in hops[1:]), f"{other.origin}/robots-of-all.txt"]
    one.answers |= {hop: (302, target) for hop, target in zip(hops, targets, strict=True)}
    other.answers["/robots-of-all.txt"] = (200, "User-agent: *\nDisallow: /secret")
    assert not await allows(fetcher, f"{one.origin}/secret")
    assert await allows(fetcher, f"{other.origin}/secret")
    assert sum("robots" in path for path in one.asked + other.asked[:1]) == asked


async def test_redirects_have_the_seconds_of_one_page_together(
    open_settings: Settings, sites: tuple[Site, Site]
) -> None:
    sites[0].delay = 0.4
    sites[0].answers |= {f"/robots{number or ''}.txt": (302, f"/robots{number + 1}.txt") for number in range(5)}
    async with Fetcher(open_settings, limits=Limits(seconds=1.0)) as fetcher:
        with pytest.raises(TransientPageError, match=r"robots\.txt could not be had") as caught:
            await fetcher.fetch(f"{sites[0].origin}/page")
    assert caught.value.reason is Reason.TIMEOUT
    assert len(sites[0].asked) <= 3


@pytest.mark.parametrize("answer", [(302, "/robots.txt"), (302, "http:///"), (302, "ftp://a.example/robots.txt")])
async def test_2_3_1_2_redirects_without_an_end_mean_that_there_is_none(
    fetcher: Fetcher, sites: tuple[Site, Site], answer: tuple[int, str]
) -> None:
    sites[0].answers["/robots.txt"] = answer
    assert await allows(fetcher, f"{sites[0].origin}/secret")
    assert sites[0].asked.count("/robots.txt") <= 6


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
async def test_2_3_1_3_no_file_means_that_all_is_free(fetcher: Fetcher, sites: tuple[Site, Site], status: int) -> None:
    sites[0].answers["/robots.txt"] = (status, "User-agent: *\nDisallow: /")
    assert await allows(fetcher, f"{sites[0].origin}/page")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 0])
async def test_2_3_1_4_a_file_that_cannot_be_had_means_wait_and_it_is_asked_for_again_soon(
    fetcher: Fetcher, sites: tuple[Site, Site], now: list[datetime], status: int
) -> None:
    sites[0].answers["/robots.txt"] = (status, "")
    for _ in range(3):
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(f"{sites[0].origin}/page")
        assert caught.value.retry_at is not None
    assert sites[0].asked == ["/robots.txt"]
    sites[0].answers["/robots.txt"] = (200, "")
    now[0] = caught.value.retry_at
    assert await allows(fetcher, f"{sites[0].origin}/page")


async def test_2_4_a_file_is_kept_for_24_hours_and_no_longer(
    fetcher: Fetcher, sites: tuple[Site, Site], now: list[datetime]
) -> None:
    sites[0].answers["/robots.txt"] = (200, "User-agent: *\nDisallow: /secret")
    assert not await allows(fetcher, f"{sites[0].origin}/secret")
    sites[0].answers["/robots.txt"] = (200, "")
    now[0] = NOW + timedelta(hours=24) - timedelta(seconds=1)
    assert not await allows(fetcher, f"{sites[0].origin}/secret")
    assert sites[0].asked == ["/robots.txt"]
    now[0] = NOW + timedelta(hours=24)
    assert await allows(fetcher, f"{sites[0].origin}/secret")


async def test_2_5_500_kibibytes_are_read_and_what_follows_is_not(fetcher: Fetcher, sites: tuple[Site, Site]) -> None:
    head, last = "User-agent: *\nDisallow: /first\n", "Disallow: /last\n"
    padding = "#" * (LIMIT - len(head) - len(last) - 1) + "\n"
    sites[0].answers["/robots.txt"] = (200, f"{head}{padding}{last}Disallow: /beyond\n")
    assert not await allows(fetcher, f"{sites[0].origin}/first")
    assert not await allows(fetcher, f"{sites[0].origin}/last")
    assert await allows(fetcher, f"{sites[0].origin}/beyond")
