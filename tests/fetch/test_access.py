from __future__ import annotations

import pytest

from copydesk.fetch.access import barrier_of_redirect, barrier_of_status
from copydesk.models import Reason

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (401, {}, Reason.LOGIN),
        (402, {}, Reason.PAYWALL),
        (451, {}, Reason.GEO_BLOCK),
        (403, {"cf-mitigated": "challenge"}, Reason.BOT_WALL),
        (503, {"cf-mitigated": "challenge"}, Reason.BOT_WALL),
        (403, {"x-datadome": "protected"}, Reason.BOT_WALL),
        (405, {"x-amzn-waf-action": "captcha"}, Reason.BOT_WALL),
        (403, {"server": "cloudflare"}, None),
        (200, {"x-datadome": "protected"}, None),
        (404, {}, None),
        (599, {}, None),
    ],
)
def test_barriers_are_told_apart_by_status_and_headers(
    status: int, headers: dict[str, str], reason: Reason | None
) -> None:
    assert barrier_of_status(status, headers) is reason


@pytest.mark.parametrize(
    ("asked", "final", "reason"),
    [
        ("/story/1", "/login?next=/story/1", Reason.LOGIN),
        ("/story/1", "/wp-login.php", Reason.LOGIN),
        ("/story/login-page-hacked", "/2026/login-page-hacked", None),
        ("/login/", "/login/", None),
        ("/story/1", "/consent?to=/story/1", Reason.CONSENT),
        ("/story/1", "/", Reason.SOFT_NOT_FOUND),
        ("/?p=12", "/", Reason.SOFT_NOT_FOUND),
        ("/?p=12", "/2026/a-story/", None),
        ("/story/1", "/?p=12", None),
        ("/", "/", None),
        ("/index.html", "/", None),
        ("/en/", "/", None),
    ],
)
def test_barriers_are_told_apart_by_where_redirects_lead(asked: str, final: str, reason: Reason | None) -> None:
    assert barrier_of_redirect(SITE + asked, SITE + final) is reason


def test_a_host_for_consent_is_one() -> None:
    assert barrier_of_redirect(SITE + "/story/1", "https://consent.news.example/v2") is Reason.CONSENT
    assert barrier_of_redirect("https://consent.example/a", "https://consent.example/b") is None
