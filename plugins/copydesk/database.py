"""Postgres at the edge: connections and the named statements of sql/queries. Only here are psycopg2's errors known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg2
import psycopg2.extensions
import psycopg2.extras

from copydesk.errors import DatabaseAwayError, DatabaseError, UsageError
from copydesk.settings import SQL_DIR

Connection = psycopg2.extensions.connection
Row = Any  # a named tuple with the statement's columns


@contextmanager
def connect(dsn: str) -> Iterator[Connection]:
    """A connection to `dsn` (libpq string or URL), closed at the end; work in it inside `transaction`.

    Raises UsageError for a DSN that cannot be read, DatabaseAwayError when there is no answer.
    """
    if not dsn:
        raise UsageError(
            "no database given: set COPYDESK_DATABASE or pass --database, as postgresql://user@host/copydesk"
        )
    try:
        connection = psycopg2.connect(dsn, application_name="copydesk")
    except psycopg2.ProgrammingError:
        raise unreadable_dsn() from None
    except psycopg2.Error as error:
        raise DatabaseAwayError(f"cannot connect to the database: {_sentence(error)}") from error
    try:
        yield connection
    finally:
        connection.close()


def unreadable_dsn() -> UsageError:
    """The error for a connection string that libpq cannot read. Without its value: there is a password in it."""
    return UsageError(
        "the database's connection string cannot be read; give postgresql://USER:PASSWORD@HOST/DATABASE, with %2F for a"
        " slash in the password"
    )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit at the end, roll back on any error, and translate psycopg2's errors."""
    try:
        with connection:
            yield
    except psycopg2.Error as error:
        raise (DatabaseAwayError if _is_away(error) else DatabaseError)(_sentence(error)) from error


def query(connection: Connection, name: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
    """Run sql/queries/`name`.sql with bound parameters; its rows as named tuples, [] if it returns none."""
    with connection.cursor(cursor_factory=psycopg2.extras.NamedTupleCursor) as cursor:
        cursor.execute(statement(name), parameters or {})
        return cursor.fetchall() if cursor.description else []


@cache
def statement(name: str) -> str:
    """The text of sql/queries/`name`.sql."""
    return (SQL_DIR / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def storable(text: str) -> str:
    """`text` without what Postgres cannot hold: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _is_away(error: psycopg2.Error) -> bool:
    """Whether the server's state is at fault: by its SQLSTATE, or without one if the connection is lost."""
    if error.pgcode is None:
        return isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError)
    return error.pgcode.startswith(_AWAY)


def _sentence(error: psycopg2.Error) -> str:
    if advice := _ADVICE.get(error.pgcode or ""):
        return f"{error.diag.message_primary}; {advice}"
    return " ".join(str(error).split()) or type(error).__name__


_AWAY = (  # SQLSTATEs, or how they begin
    "08",  # connection exceptions
    "25006",  # read-only transaction, as on a standby
    "53100",  # disk full
    "53300",  # too many connections
    "57P",  # the server shuts down or starts
    "58",  # errors of the system under it, as of its disk
)
_MIGRATE = "bring the database up to date with `copydesk db migrate`, as the schemas' owner"
_ADVICE = {  # by SQLSTATE: what an operator can do about it
    "3F000": _MIGRATE,  # no such schema
    "42P01": _MIGRATE,  # no such table
    "42703": _MIGRATE,  # no such column
    "42883": _MIGRATE,  # no such function
    "53100": "make room on the database's disk; what waits is done then",
    "42501": "connect as copydesk_writer, which may do what commands and tasks do",  # insufficient privilege
}
