"""Compares the rows of a stack with what the demo newswire is known to serve, as a reader of the database sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.audit import audit, snapshot
from copydesk.database import connect, query, transaction
from copydesk.newswire import Expected, expected
from copydesk.stack.processes import StackError

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """An article as a reader sees it."""

    path: str
    title: str
    text: str
    language: str | None
    agency: str | None
    authors: tuple[str, ...]


def check_rows(reader_dsn: str) -> str:
    """One sentence when the rows are what the demo serves. Raises StackError with the differences when not."""
    with connect(reader_dsn) as connection, transaction(connection):
        rows = [Row(**{**row._asdict(), "authors": tuple(row.authors)}) for row in query(connection, "stack_articles")]
        quarantined = {row.path for row in query(connection, "stack_quarantine")}
    truth = expected()
    wrong = differences(rows, quarantined, truth)
    if wrong:
        more = f"\n… and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise StackError("the rows are not what the demo serves:\n" + "\n".join(wrong[:SHOWN]) + more)
    return f"{len(rows)} articles are complete and clean, {len(quarantined)} in quarantine as they must be"


def check_books(writer_dsn: str, now: datetime) -> str:
    """One sentence when the books add up and nothing is left undone. Raises StackError with what is broken."""
    with connect(writer_dsn) as connection:
        snapshot(connection)
        with transaction(connection):
            books = audit(connection, now)
    broken = [f"{one.rule}: broken {one.broken} times, as {one.example}" for one in books.findings if one.broken]
    if not books.clean:
        raise StackError("the books do not add up:\n" + "\n".join(broken))
    if books.discovered != books.ended:
        raise StackError(f"of {books.discovered} entries only {books.ended} have ended")
    return f"the books add up: {books.discovered} entries discovered, {books.ended} ended, each once"


def differences(rows: list[Row], quarantined: set[str], truth: Mapping[str, Expected]) -> list[str]:
    """What is not as it must be, a sentence each. Pure."""
    wanted = {path for path, one in truth.items() if not one.quarantine}
    wrong = [f"{path}: not loaded" for path in sorted(wanted - {row.path for row in rows})]
    wrong += [f"{path}: not in quarantine" for path in sorted(truth.keys() - wanted - quarantined)]
    wrong += [f"{path}: in quarantine for no reason" for path in sorted(quarantined & wanted)]
    for row in rows:
        wrong += [f"{row.path}: {what}" for what in _differences(row, truth.get(row.path))]
    return wrong


def _differences(row: Row, truth: Expected | None) -> list[str]:
    if truth is None or truth.quarantine:
        return ["loaded, and must not be"]
    lines = row.text.split("\n\n")
    wrong = [f"lost {line[:60]!r}" for line in truth.lines if line not in lines]
    wrong += [f"kept {line[:60]!r}" for line in lines if line not in truth.lines]
    pairs = (
        ("title", row.title, truth.title),
        ("language", row.language, truth.language),
        ("agency", row.agency, truth.agency),
        ("authors", row.authors, truth.authors),
    )
    return wrong + [f"{name} is {found!r}, not {right!r}" for name, found, right in pairs if found != right]
