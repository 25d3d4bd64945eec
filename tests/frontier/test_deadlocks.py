"""Who adds and who takes revisits touch the same rows, and never each in wait for the other."""

from __future__ import annotations

import threading

from tests.frontier.conftest import HOUR, NOW, added, entry, finish_all, rows

from copydesk.database import Connection, connect, transaction
from copydesk.errors import DatabaseError
from copydesk.frontier import Added, add
from copydesk.frontier.arrivals import _insert, _revisits

LATER = NOW + 2 * HOUR


def test_a_page_that_is_due_and_changes_at_the_same_moment_is_visited_once(
    connection: Connection, writer_dsn: str
) -> None:
    added(connection, entry(1))
    finish_all(connection)
    ends: list[Added | DatabaseError] = []

    def push() -> None:
        try:
            with connect(writer_dsn) as other, transaction(other):
                ends.append(add(other, [entry(1, title="Another title")], LATER))
        except DatabaseError as error:
            ends.append(error)

    pushing = threading.Thread(target=push)
    with transaction(connection):
        due = _revisits(connection, LATER, 10)
        pushing.start()
        pushing.join(0.5)  # as far as it comes
        _insert(connection, due, LATER)
    pushing.join()
    assert len(due) == 1
    assert ends == [Added(changed=1)]
    assert rows(connection, "SELECT count(*) FROM ingest.entries WHERE stage = 'waiting'") == [(1,)]
