"""What stands between us and a page, told apart: login, paywall, bot wall, legal block, consent, or nothing is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from yarl import URL

from copydesk.models import Reason

_BY_STATUS: Mapping[int, Reason] = {
    HTTPStatus.UNAUTHORIZED: Reason.LOGIN,
    HTTPStatus.PAYMENT_REQUIRED: Reason.PAYWALL,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: Reason.GEO_BLOCK,
}
# Headers by which the makers of bot walls mark their tests: Cloudflare, DataDome, AWS WAF, Imperva, Kasada.
_TESTS = {
    "cf-mitigated": re.compile(r"challenge", re.IGNORECASE),
    "x-datadome": re.compile(r"."),
    "x-dd-b": re.compile(r"."),
    "x-amzn-waf-action": re.compile(r"challenge|captcha", re.IGNORECASE),
    "x-kpsdk-ct": re.compile(r"."),
}
_LOGIN = re.compile(r"/(?:log-?in|sign-?in|wp-login\.php|sso|oauth2?|account/login)(?:/|$)", re.IGNORECASE)
_CONSENT = re.compile(r"/(?:cookie-?)?consent(?:/|$)", re.IGNORECASE)
_CONSENT_HOST = re.compile(r"(?:^|\.)consent\.", re.IGNORECASE)
_HOME = re.compile(r"/?|/(?:index|home|default)(?:\.\w+)?/?|/[a-z]{2}(?:-[a-z]{2})?/?", re.IGNORECASE)


def barrier_of_status(status: int, headers: Mapping[str, str]) -> Reason | None:
    """The barrier that a status or a bot wall's own headers (lower-case names) name; None if they name none."""
    if status in _BY_STATUS:
        return _BY_STATUS[HTTPStatus(status)]
    is_test = any(pattern.search(headers.get(name, "")) for name, pattern in _TESTS.items())
    return Reason.BOT_WALL if is_test and status >= HTTPStatus.BAD_REQUEST else None


def barrier_of_redirect(asked: str, final: str) -> Reason | None:
    """The barrier that the redirects from one URL to another show; None if they just lead to the page."""
    start, end = URL(asked), URL(final)
    if _leads_to(_LOGIN, start, end):
        return Reason.LOGIN
    if _leads_to(_CONSENT, start, end) or (_CONSENT_HOST.search(end.host or "") and start.host != end.host):
        return Reason.CONSENT
    at_home = end.path in ("", "/") and not end.raw_query_string
    if at_home and (start.raw_query_string or not _HOME.fullmatch(start.path)):
        return Reason.SOFT_NOT_FOUND
    return None


def _leads_to(pattern: re.Pattern[str], start: URL, end: URL) -> bool:
    return bool(pattern.search(end.path)) and not pattern.search(start.path)
