from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copydesk.fetch.robots import (
    KEPT_FOR,
    LocalRobotsCache,
    Standing,
    file_of_answer,
    permission,
    product_token,
)
from copydesk.models import Reason

NOW = datetime(2026, 11, 23, tzinfo=UTC)
AGENT = "copydesk/0.1 (+https://example.org/bot)"


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (200, Standing.RULES),
        (404, Standing.FREE),
        (401, Standing.FREE),
        (302, Standing.FREE),
        (429, Standing.UNREACHABLE),
        (500, Standing.UNREACHABLE),
        (503, Standing.UNREACHABLE),
    ],
)
def test_what_a_status_means(status: int, standing: Standing) -> None:
    assert file_of_answer(status, b"", NOW).standing is standing


def test_no_more_than_500_kib_are_kept_of_rules_that_were_compressed() -> None:
    assert len(file_of_answer(200, b"#" * 600 * 1024, NOW).text) == 500 * 1024


def test_rules_are_kept_a_day_and_failures_briefly() -> None:
    assert file_of_answer(200, b"", NOW).expires_at == NOW + timedelta(hours=24)
    failed = file_of_answer(503, b"", NOW)
    assert NOW < failed.expires_at < NOW + KEPT_FOR
    assert failed.reason is Reason.SERVER_ERROR


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: CopyDesk\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: copydesk\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/free", "/news/free/1", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/paid", "/news/paid/1", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?b=1", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /خبر", "/%D8%AE%D8%A8%D8%B1", False),
        ("<html>not found</html>", "/a", True),
    ],
)
def test_the_longest_match_for_our_name_decides(rules: str, path: str, allowed: bool) -> None:
    file = file_of_answer(200, rules.encode(), NOW)
    assert permission(file, f"https://example.com{path}", AGENT).allowed is allowed


def test_a_crawl_delay_is_told() -> None:
    file = file_of_answer(200, b"User-agent: *\nCrawl-delay: 2.5", NOW)
    assert permission(file, "https://example.com/", AGENT).crawl_delay == 2.5
    assert permission(file_of_answer(404, b"", NOW), "https://example.com/", AGENT).crawl_delay is None


def test_our_name_in_a_robots_txt_is_the_product() -> None:
    assert product_token(AGENT) == "copydesk"
    assert product_token("my bot") == "my"


async def test_the_cache_forgets_what_was_used_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.fetch.robots.MAX_KEPT_FILES", 2)
    cache, file = LocalRobotsCache(), file_of_answer(404, b"", NOW)
    await cache.put("a", file)
    await cache.put("b", file)
    await cache.get("a")
    await cache.put("c", file)
    assert [await cache.get(name) for name in "abc"] == [file, None, file]
