from __future__ import annotations

from copydesk.airflow_notes import MAX_NOTE_CHARS, run_note, shortened
from copydesk.models import Reason

FETCH = {"batch_id": 7, "pages": 16, "ended": {"gone: not-found": 1, "unchanged: not-modified": 2}, "later": 3}
CLEAN = {"batch_id": 7, "drafts": 15, "ended": {"refused: too-costly": 1}}
VALIDATE = {"batch_id": 7, "accepted": 14, "quarantined": 1, "expectations": {"text-length": 1, "title-known": 1}}
LOAD = {"batch_id": 7, "counts": {"new": 11, "revised": 2, "same-text": 1}}


def test_a_runs_note_says_how_everything_ended_and_why_articles_are_in_quarantine() -> None:
    assert run_note([FETCH, CLEAN, VALIDATE, LOAD], []) == (
        "13 loaded, 3 unchanged, 1 gone: not-found, 1 refused: too-costly, 3 to be tried later, "
        "1 quarantined: text length, title known"
    )


def test_a_runs_note_adds_its_batches_up() -> None:
    assert run_note([LOAD, {"batch_id": 8, "counts": {"new": 1_000}}], []) == "1,013 loaded, 1 unchanged"


def test_a_run_that_found_nothing_says_so() -> None:
    assert run_note([], []) == "nothing was due"


def test_other_runs_notes_are_what_their_tasks_said() -> None:
    assert run_note([{"feeds": 3}], ["3 feeds asked", "nothing else"]) == "3 feeds asked; nothing else"


def test_a_note_is_never_longer_than_airflow_takes_however_much_a_run_has_to_say() -> None:
    ended = {f"failed: {reason}": 10_000 for reason in Reason}
    expectations = {f"expectation-of-some-kind-{number}": 1 for number in range(40)}
    note = run_note([{"batch_id": 1, "ended": ended, "quarantined": 40, "expectations": expectations}], [])
    assert len(note) > MAX_NOTE_CHARS
    assert shortened(note) == note[: MAX_NOTE_CHARS - 1] + "…"
    assert shortened("13 loaded") == "13 loaded"
