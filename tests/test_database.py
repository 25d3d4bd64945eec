"""The edge to Postgres: its refusals say what a person can do about them."""

from __future__ import annotations

import pytest

from copydesk.database import connect, query, transaction
from copydesk.errors import DatabaseAwayError, DatabaseError, UsageError


def test_no_database_is_bad_usage_that_names_the_variable() -> None:
    with pytest.raises(UsageError, match="set COPYDESK_DATABASE"), connect(""):
        pass


def test_a_connection_string_that_cannot_be_read_is_bad_usage_with_an_example() -> None:
    with pytest.raises(UsageError, match="give postgresql://"), connect("copydesk"):
        pass


def test_a_database_without_tables_asks_to_be_migrated(empty_dsn: str) -> None:
    with (
        connect(empty_dsn) as connection,
        pytest.raises(DatabaseError, match=r"does not exist; .*copydesk db migrate"),
        transaction(connection),
    ):
        query(connection, "list_feeds")


def test_a_role_that_may_not_is_told_which_one_may(reader_dsn: str) -> None:
    with (
        connect(reader_dsn) as connection,
        pytest.raises(DatabaseError, match=r"permission denied.*; connect as copydesk_writer"),
        transaction(connection),
    ):
        query(connection, "list_feeds")


def test_a_server_that_is_not_there_or_breaks_off_is_away_and_a_refused_statement_is_not(writer_dsn: str) -> None:
    with pytest.raises(DatabaseAwayError, match="cannot connect"), connect("host=/nowhere dbname=none"):
        pass
    with connect(writer_dsn) as connection, pytest.raises(DatabaseAwayError), transaction(connection):
        connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with connect(writer_dsn) as connection, pytest.raises(DatabaseError) as refused, transaction(connection):
        connection.cursor().execute("SELECT 1 / 0")
    assert not isinstance(refused.value, DatabaseAwayError)
