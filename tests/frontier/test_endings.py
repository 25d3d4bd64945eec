"""An entry ends once and is counted once; what is given back waits for its next turn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.frontier.conftest import HOUR, LATER, NOW, added, claimed, entry, finished, ids, rows

from copydesk.database import Connection, connect, transaction
from copydesk.frontier import Ended, Release, finish, free_sites, release
from copydesk.models import Outcome, Reason


def test_a_released_entry_waits_and_only_the_sites_fault_counts(connection: Connection) -> None:
    added(connection, entry(1), entry(2))
    batch = claimed(connection)
    one, two = ids(batch)
    with transaction(connection):
        release(
            connection,
            batch.batch_id,
            [Release(one, NOW + HOUR, counts=True, detail="503"), Release(two, NOW, counts=False)],
        )
        free_sites(connection, batch.batch_id)
    assert ids(claimed(connection)) == [two]
    assert rows(connection, "SELECT attempts, detail FROM ingest.entries ORDER BY entry_id") == [(1, "503"), (1, None)]


def test_a_batch_cannot_release_what_another_took_over(connection: Connection) -> None:
    added(connection, entry(1))
    first = claimed(connection)
    second = claimed(connection, LATER)
    with transaction(connection):
        release(connection, first.batch_id, [Release(ids(first)[0], NOW, counts=False)])
        free_sites(connection, first.batch_id)
    assert rows(connection, "SELECT stage, batch_id FROM ingest.entries") == [("claimed", second.batch_id)]
    assert rows(connection, "SELECT batch_id FROM ingest.sites") == [(second.batch_id,)]


def test_an_entry_ends_once_and_is_counted_once(connection: Connection) -> None:
    added(connection, entry(1))
    [entry_id] = ids(claimed(connection))
    assert finished(connection, entry_id) == 1
    assert finished(connection, entry_id, outcome=Outcome.FAILED) == 0
    assert rows(connection, "SELECT hour, stage, outcome, reason, count FROM ingest.outcomes ORDER BY stage") == [
        (NOW.replace(minute=0), "discover", "discovered", "", 1),
        (NOW.replace(minute=0), "load", "loaded", "new", 1),
    ]


def test_ending_at_the_same_time_counts_once(writer_dsn: str, connection: Connection) -> None:
    added(connection, *(entry(number) for number in range(50)))
    batch = claimed(connection, per_domain=50)

    def ender(seed: int) -> int:
        ended = [Ended(one, Outcome.LOADED, Reason.NEW, "load") for one in ids(batch)]
        with connect(writer_dsn) as own, transaction(own):
            return finish(own, ended[seed:] + ended[:seed], NOW)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ender, range(6))) == 50
    assert rows(connection, "SELECT count FROM ingest.outcomes WHERE outcome = 'loaded'") == [(50,)]
