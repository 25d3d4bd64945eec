"""What an answer of a server, or the lack of one, means in the books. Foreign errors are translated here alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus

import aiohttp

from copydesk.errors import PageError, PermanentPageError, TransientPageError, UrlError
from copydesk.fetch.access import barrier_of_status
from copydesk.fetch.address import ForbiddenAddressError
from copydesk.fetch.body import BombError, CodingError
from copydesk.models import Outcome, Reason

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})


def refused(url: str, reason: Reason, detail: str) -> PermanentPageError:
    """The error for what we do not take: by robots, size, type, address or URL."""
    return PermanentPageError(url, Outcome.REFUSED, reason, detail)


def is_slowdown(status: int) -> bool:
    """Whether a status says that we, or all, ask too much for now: 429 and 503."""
    return status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def may_be_wall(status: int) -> bool:
    """Whether the body of an answer with that status may be a test for robots, a login or the like."""
    plain = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
    is_client_error = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return status == HTTPStatus.SERVICE_UNAVAILABLE or (is_client_error and status not in plain)


def error_of_status(  # noqa: PLR0911 - a line a class of answers
    url: str, status: int, headers: Mapping[str, str], *, site: str, retry_at: datetime | None
) -> PageError | None:
    """The error that an HTTP status means for a page that was asked for, None for success.

    `retry_at` is until when `site`, which answered, is left alone after this answer.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    detail = f"the server answered {status}"
    if reason := barrier_of_status(status, headers):
        return refused(url, reason, detail)
    if status == HTTPStatus.NOT_FOUND:
        return PermanentPageError(url, Outcome.GONE, Reason.NOT_FOUND, detail)
    if status == HTTPStatus.GONE:
        return PermanentPageError(url, Outcome.GONE, Reason.HTTP_GONE, detail)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return TransientPageError(url, Reason.TIMEOUT, detail, site=site)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _later(url, status, detail, site, retry_at)
    if status >= HTTPStatus.BAD_REQUEST:
        return PermanentPageError(url, Outcome.FAILED, Reason.CLIENT_ERROR, detail)
    return TransientPageError(url, Reason.BAD_RESPONSE, f"{detail}, which is no answer to this request")


def _later(url: str, status: int, detail: str, site: str, retry_at: datetime | None) -> TransientPageError:
    reason = Reason.RATE_LIMITED if status == HTTPStatus.TOO_MANY_REQUESTS else Reason.SERVER_ERROR
    asked = f"; it is left alone until {retry_at:%Y-%m-%d %H:%M:%SZ}" if retry_at else ""
    return TransientPageError(url, reason, detail + asked, retry_at=retry_at, site=site)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn whatever asking for `url` raises into a PermanentPageError or a TransientPageError."""
    try:
        yield
    except PageError:
        raise
    except Exception as error:
        raise _translation(url, error) from error


def _translation(url: str, error: Exception) -> Exception:  # noqa: PLR0911 - a line a class of errors
    match error:
        case ForbiddenAddressError() | aiohttp.ClientConnectorError(os_error=ForbiddenAddressError()):
            return refused(url, Reason.PRIVATE_ADDRESS, str(getattr(error, "os_error", error)))
        case UrlError() | aiohttp.InvalidURL():
            return refused(url, Reason.BAD_URL, f"not a URL that can be fetched: {error}")
        case BombError():
            return refused(url, Reason.BOMB, str(error))
        case CodingError() | aiohttp.ClientPayloadError() | aiohttp.ClientResponseError():
            return TransientPageError(url, Reason.BAD_RESPONSE, f"the response breaks HTTP: {_shortened(error)}")
        case asyncio.TimeoutError():
            return TransientPageError(url, Reason.TIMEOUT, "the server did not answer in time")
        case aiohttp.ClientError() | OSError():
            return TransientPageError(url, Reason.CONNECTION, f"no connection: {_shortened(error)}")
        case UnicodeError() | ValueError():
            return refused(url, Reason.BAD_URL, f"not a URL that can be fetched: {_shortened(error)}")
        case _:
            return error


def _shortened(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
