"""The database's shape: applies sql/migrations in order, forward only, with yoyo-migrations.

Needs the DSN of the role that owns the schemas; everything else of copydesk runs as copydesk_writer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
import psycopg2.errors
import psycopg2.extensions
import yoyo
from yoyo.backends.base import DatabaseBackend

from copydesk.database import unreadable_dsn
from copydesk.errors import DatabaseError, UsageError
from copydesk.settings import SQL_DIR

MIGRATIONS_DIR = SQL_DIR / "migrations"
LOCK_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Migrations:
    """Names of migrations, in order: those the database has, and those it still lacks."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]


def migrate(dsn: str, directory: Path = MIGRATIONS_DIR) -> Migrations:
    """Apply what is pending, each migration in a transaction of its own; `applied` is what this call applied.

    Two calls at once are safe: the second one waits. Raises UsageError for a DSN that cannot be read, DatabaseError
    when Postgres refuses.
    """
    with _backend(dsn, "migrate") as backend:
        _lock(backend)
        pending = backend.to_apply(yoyo.read_migrations(str(directory)))
        backend.apply_migrations(pending)
        return Migrations(applied=_names(pending), pending=())


def status(dsn: str, directory: Path = MIGRATIONS_DIR) -> Migrations:
    """What the database has and what it lacks; changes nothing but yoyo's own tables, which it makes when missing."""
    with _backend(dsn, "tell which migrations the database has") as backend:
        migrations = yoyo.read_migrations(str(directory))
        pending = _names(backend.to_apply(migrations))
        return Migrations(applied=tuple(name for name in _names(migrations) if name not in pending), pending=pending)


@contextmanager
def _backend(dsn: str, wish: str) -> Iterator[DatabaseBackend]:
    logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)  # it logs every statement
    try:
        with yoyo.get_backend(_uri(dsn)) as backend:
            yield backend
    except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.UndefinedTable) as error:
        raise DatabaseError(
            f"cannot {wish}: {error.diag.message_primary}; --database takes the connection of the schemas' owner, who "
            "may make tables and, unless they are there, the roles copydesk_writer and copydesk_reader"
        ) from error
    except psycopg2.Error as error:
        raise DatabaseError(f"cannot {wish}: {' '.join(str(error).split())}") from error


def _lock(backend: DatabaseBackend) -> None:
    """Wait for another migration. The lock is the connection's: a killed process leaves none, unlike yoyo's own."""
    backend.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    backend.execute("SELECT pg_advisory_lock(hashtext('copydesk.migrate'))")


def _uri(dsn: str) -> str:
    """The DSN as yoyo wants it: every libpq parameter as a query parameter."""
    if not dsn:
        raise UsageError("no database given: set COPYDESK_DATABASE or pass --database with the owner's connection")
    try:
        parameters = psycopg2.extensions.parse_dsn(dsn)
    except psycopg2.ProgrammingError:
        raise unreadable_dsn() from None
    return "postgresql:///?" + urlencode(parameters)


def _names(migrations: object) -> tuple[str, ...]:
    return tuple(migration.id for migration in migrations)  # type: ignore[attr-defined]
