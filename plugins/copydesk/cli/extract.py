"""`copydesk extract`: HTML in, articles out as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import click

from copydesk.cli.output import print_json
from copydesk.edit import Job, domain_of, edit, load, page_of, record
from copydesk.errors import PageError, PermanentPageError, UsageError
from copydesk.extract.kinds import JSON, other_kind
from copydesk.isolate import isolated
from copydesk.models import Outcome, Reason
from copydesk.profiles.files import read_folder
from copydesk.profiles.known import Known
from copydesk.settings import MAX_DECOMPRESSED_BYTES

BAD_INPUT = 2
MAX_LINE_BYTES = 6 * MAX_DECOMPRESSED_BYTES  # a byte of a page may be written \uXXXX


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no page."""

    number: int
    problem: str


@click.command()
@click.option("--url", default="", help="Where the HTML on standard input is from; makes its links absolute.")
@click.option(
    "--profiles",
    type=click.Path(path_type=Path),
    help="A folder of site profiles, as `copydesk learn --pages` makes it.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Pages worked on at a time.")
def extract(url: str, profiles: Path | None, workers: int) -> None:
    """Make articles of HTML, or of JSON lines, on standard input.

    Give one page's HTML, or lines of {"url", "html"}; a JSON line a page is printed. Each has url, title, authors,
    published_at, modified_at, language, lines (the kept text, a string a block), removed (text, label, rule),
    agency and reading (what the body was read from: page, trafilatura, json-ld, script or profile). A line that
    cannot be read, or a page that cannot be extracted, gives {"url", "error", "reason"} in its place; the rest goes
    on, and the exit code is 2.
    """
    if not is_readable(url):
        raise UsageError(f"--url {url} is no URL")
    known = read_folder(profiles) if profiles else {}
    jobs = (_with_profile(job, known) for job in _jobs(sys.stdin.buffer, url))
    failed = 0
    for answer in isolated(_answer, jobs, url=_url, workers=workers, prepare=load):
        if isinstance(answer, PageError):
            failed += 1
            click.echo(f"copydesk: {answer.url or 'standard input'}: {answer.detail}", err=True)
        print_json(_error(answer) if isinstance(answer, PageError) else answer)
    if failed:
        sys.exit(BAD_INPUT)


def _jobs(stream: BinaryIO, url: str) -> Iterator[Job | BadLine]:
    """One page, or one job a line if the first line that is not empty begins as JSON does."""
    lines = enumerate(stream, 1)
    number, first = next(((number, line) for number, line in lines if line.strip()), (0, b""))
    if not first:
        raise UsageError('nothing on standard input; give HTML, or JSON lines of {"url": …, "html": …}')
    if not first.lstrip().startswith(b"{") or first.strip() == b"{":
        # JSON over several lines is one document, which is refused by its name instead of line by line.
        headers = {"content-type": "application/json"} if first.strip() == b"{" else {}
        yield Job(page_of(first + stream.read(), url, headers))
        return
    yield _job(number, first)
    for number, line in lines:
        if line.strip():
            yield _job(number, line)


def _with_profile(job: Job | BadLine, known: Mapping[str, Known]) -> Job | BadLine:
    return replace(job, known=known.get(domain_of(job.page.url))) if isinstance(job, Job) and known else job


def is_readable(url: str) -> bool:
    """Whether a page may be said to be from there; HTML from someone's disk may be from nowhere."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _answer(job: Job | BadLine) -> dict[str, object]:
    if isinstance(job, BadLine):
        raise PermanentPageError("", Outcome.FAILED, Reason.UNREADABLE, f"line {job.number}: {job.problem}")
    return record(edit(job))


def _url(job: Job | BadLine) -> str:
    return job.page.url if isinstance(job, Job) else ""


def _error(error: PageError) -> dict[str, object]:
    return {"url": error.url or None, "error": error.detail, "reason": error.reason.value}


def _job(number: int, line: bytes) -> Job | BadLine:
    if len(line) > MAX_LINE_BYTES:
        return BadLine(number, "longer than any page may be")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadLine(number, f"not JSON: {error}")
    if not isinstance(given, dict) or not isinstance(given.get("html"), str):
        kind = other_kind(line, line.decode("utf-8", "replace"), {})
        named = f" but {kind}" if kind and kind != JSON else ""
        return BadLine(number, f'not an object with a text "html"{named}')
    url = given.get("url") or ""
    if not isinstance(url, str) or not is_readable(url):
        return BadLine(number, '"url" is no URL')
    return Job(page_of(given["html"], url))
