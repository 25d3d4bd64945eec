from __future__ import annotations

from copydesk.airflow_notes import run_note

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
