"""The migrations: they apply once, explain every table and column, and give each role no more than it needs."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from copydesk.database import Connection, connect, transaction
from copydesk.errors import DatabaseError, UsageError
from copydesk.migrate import MIGRATIONS_DIR, migrate, status
from copydesk.models import Outcome, Reason

NAMES = tuple(sorted(path.stem for path in MIGRATIONS_DIR.glob("*.sql")))


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_migrating_applies_every_file_once_and_in_order(empty_dsn: str) -> None:
    assert len(NAMES) >= 4
    assert status(empty_dsn).pending == NAMES
    assert migrate(empty_dsn).applied == NAMES
    assert migrate(empty_dsn).applied == ()
    assert status(empty_dsn).applied == NAMES
    assert status(empty_dsn).pending == ()


def test_a_broken_migration_leaves_nothing_of_itself(empty_dsn: str, tmp_path: Path) -> None:
    (tmp_path / "0001-good.sql").write_text("CREATE TABLE good (id int);\n")
    (tmp_path / "0002-bad.sql").write_text("CREATE TABLE half (id int);\nSELECT 1 / 0;\n")
    with pytest.raises(DatabaseError, match="division by zero"):
        migrate(empty_dsn, tmp_path)
    assert status(empty_dsn, tmp_path).pending == ("0002-bad",)
    with connect(empty_dsn) as connection:
        assert rows(connection, "SELECT to_regclass('good') IS NOT NULL, to_regclass('half') IS NOT NULL") == [
            (True, False)
        ]


@pytest.mark.parametrize("dsn", ["", "no equals sign"])
def test_a_dsn_that_cannot_be_read_is_bad_usage(dsn: str) -> None:
    with pytest.raises(UsageError, match=r"COPYDESK_DATABASE|cannot be read"):
        migrate(dsn)


@pytest.mark.parametrize("ask", [migrate, lambda dsn: connect(dsn).__enter__()])
@pytest.mark.parametrize("dsn", ["postgresql//writer:geheim@db/copydesk", "postgresql://writer:geheim%zz@db/copydesk"])
def test_no_error_tells_the_password_of_a_dsn(ask: Callable[[str], object], dsn: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask(dsn)
    assert "geheim" not in "".join(traceback.format_exception(caught.value, limit=0))


def test_no_server_is_a_database_error(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot migrate"):
        migrate(f"host={tmp_path} dbname=nowhere")


@pytest.mark.usefixtures("dsn")  # whose migrations made the server's roles
def test_a_role_that_may_make_no_tables_is_told_who_may(empty_dsn: str) -> None:
    with pytest.raises(DatabaseError, match="the schemas' owner"):
        migrate(psycopg2.extensions.make_dsn(empty_dsn, user="copydesk_writer"))


def test_every_table_view_column_and_function_has_a_comment(dsn: str) -> None:
    with connect(dsn) as connection:
        relations = rows(
            connection,
            "SELECT c.oid::regclass::text, obj_description(c.oid, 'pg_class') FROM pg_class c"
            " WHERE c.relnamespace IN ('ingest'::regnamespace, 'news'::regnamespace)"
            " AND (c.relkind IN ('r', 'p', 'v') OR (c.relkind = 'S' AND NOT EXISTS"
            " (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')))",
        )
        columns = rows(
            connection,
            "SELECT c.oid::regclass::text || '.' || a.attname, col_description(c.oid, a.attnum) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relnamespace IN ('ingest'::regnamespace, 'news'::regnamespace) AND c.relkind IN ('r', 'p', 'v')"
            " AND NOT c.relispartition",
        )
        functions = rows(
            connection,
            "SELECT p.oid::regprocedure::text, obj_description(p.oid, 'pg_proc') FROM pg_proc p"
            " WHERE p.pronamespace IN ('ingest'::regnamespace, 'news'::regnamespace)",
        )
    assert len(relations) > 15
    assert len(columns) > 200
    assert functions
    assert [name for name, comment in relations + columns + functions if not comment] == []


def test_the_table_of_reasons_is_the_closed_enum_with_one_outcome_each(connection: Connection) -> None:
    listed = dict(rows(connection, "SELECT reason, outcome FROM ingest.reasons"))
    assert set(listed) == {reason.value for reason in Reason}
    assert set(listed.values()) == {outcome.value for outcome in Outcome}


def test_nothing_that_the_writer_makes_runs_as_the_owner(connection: Connection) -> None:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.tell(d pg_catalog.date) RETURNS boolean LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE NOTICE 'run as %', current_user; RETURN true; END $$"
        )
        cursor.execute("CREATE DOMAIN pg_temp.date AS pg_catalog.date CHECK (pg_temp.tell(VALUE))")
        cursor.execute("SELECT ingest.make_page_partition('2031-01-01'::pg_catalog.date)")
    assert connection.notices == []


def test_dates_that_no_calendar_of_some_zone_has_are_dropped_from_what_is_there(empty_dsn: str, tmp_path: Path) -> None:
    for path in MIGRATIONS_DIR.glob("*.sql"):
        if path.name < "0014":
            shutil.copy(path, tmp_path)
    migrate(empty_dsn, tmp_path)
    with connect(empty_dsn) as connection, transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.feeds (url, newest_item_at) VALUES ('https://a.example/', '0001-01-01Z')")
        cursor.execute("INSERT INTO ingest.sites (domain) VALUES ('a.example')")
        cursor.execute(
            "INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, published_at, modified_at)"
            " VALUES ('https://a.example/1', 'https://a.example/1', 'a.example', 'feed', '',"
            " '9999-12-31Z', '2031-01-01Z')"
        )
    migrate(empty_dsn)
    with connect(psycopg2.extensions.make_dsn(empty_dsn, options="-c timezone=Asia/Beirut")) as connection:
        dates = "SELECT published_at, modified_at = '2031-01-01Z', newest_item_at FROM ingest.entries, ingest.feeds"
        assert rows(connection, dates) == [(None, True, None)]


def test_stored_articles_were_read_where_they_are_and_their_revisions_too(empty_dsn: str, tmp_path: Path) -> None:
    for path in MIGRATIONS_DIR.glob("*.sql"):
        if path.name < "0015":
            shutil.copy(path, tmp_path)
    migrate(empty_dsn, tmp_path)
    with connect(empty_dsn) as connection, transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.sites (domain) VALUES ('a.example')")
        cursor.execute(
            "INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash)"
            " VALUES ('https://t.example/1', 'https://t.example/1', 'a.example', 'feed', '')"
        )
        cursor.execute(
            "INSERT INTO ingest.articles (canonical_url, domain, title, text, blocks, authors, tags, sources, reading,"
            " characters, content_key, revision, entry_id) SELECT 'https://a.example/1', domain, '', '', '[]', '{}',"
            " '{}', '{}', '', 0, '', 1, entry_id FROM ingest.entries"
        )
        cursor.execute(
            "INSERT INTO ingest.revisions (article_id, revision, title, text, content_key, entry_id)"
            " SELECT article_id, 1, '', '', '', entry_id FROM ingest.articles"
        )
    migrate(empty_dsn)
    with connect(empty_dsn) as connection:
        read = "SELECT a.read_url, r.canonical_url FROM ingest.articles AS a, ingest.revisions AS r"
        assert rows(connection, read) == [("https://a.example/1",) * 2]


def test_the_writer_can_change_rows_but_no_table(connection: Connection) -> None:
    for statement in (
        "CREATE TABLE ingest.extra (id int)",
        "CREATE TABLE public.extra (id int)",
        "ALTER TABLE ingest.entries ADD COLUMN extra int",
        "DROP VIEW news.articles",
        "TRUNCATE ingest.entries",
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction(connection),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_reader_sees_every_view_of_news_and_nothing_of_ingest(reader_dsn: str, dsn: str) -> None:
    with connect(dsn) as connection:
        views = rows(connection, "SELECT viewname FROM pg_views WHERE schemaname = 'news'")
        tables = rows(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'ingest'")
    assert views
    assert tables
    with connect(reader_dsn) as connection:
        for (view,) in views:
            assert rows(connection, f"SELECT * FROM news.{view}") == []  # noqa: S608 - a name from the catalogue
        for (table,) in tables:
            with pytest.raises(DatabaseError, match="permission denied"):
                rows(connection, f"SELECT * FROM ingest.{table}")  # noqa: S608 - a name from the catalogue
        with pytest.raises(DatabaseError):
            rows(connection, "DELETE FROM news.articles")


def test_a_page_partition_is_made_by_the_writer_once_a_month(connection: Connection) -> None:
    for day in ("2031-05-03", "2031-05-30", "2031-06-01"):
        rows(connection, f"SELECT ingest.make_page_partition('{day}')")
    made = rows(
        connection,
        "SELECT tablename FROM pg_tables WHERE schemaname = 'ingest' AND tablename LIKE 'pages_2%' ORDER BY 1",
    )
    assert made == [("pages_203105",), ("pages_203106",)]


def test_the_server_that_tests_run_on_is_a_real_one(connection: Connection) -> None:
    assert connection.server_version >= 150_000
    assert psycopg2.extensions.parse_dsn(connection.dsn)["user"] == "copydesk_writer"


def test_two_migrations_at_once_apply_each_file_once(empty_dsn: str) -> None:
    status(empty_dsn)  # yoyo's own tables are there; making them is not guarded by anything
    with ThreadPoolExecutor(2) as pool:
        applied = [done.applied for done in pool.map(migrate, [empty_dsn, empty_dsn])]
    assert sorted(applied) == [(), NAMES]
