from __future__ import annotations

from dataclasses import replace

import pytest

from copydesk.newswire import Expected, expected
from copydesk.stack.smoke import Row, differences

TRUTH = expected()
GOOD = [path for path, one in TRUTH.items() if not one.quarantine]
BAD = {path for path, one in TRUTH.items() if one.quarantine}


def row(path: str, truth: Expected) -> Row:
    return Row(path, truth.title, "\n\n".join(truth.lines), truth.language, truth.agency, truth.authors)


@pytest.fixture
def rows() -> list[Row]:
    return [row(path, TRUTH[path]) for path in GOOD]


def test_the_demo_has_enough_of_both_kinds() -> None:
    assert len(GOOD) >= 24
    assert BAD


def test_rows_that_are_the_truth_have_no_differences(rows: list[Row]) -> None:
    assert differences(rows, BAD, TRUTH) == []


def test_a_missing_article_is_a_difference(rows: list[Row]) -> None:
    assert differences(rows[1:], BAD, TRUTH) == [f"{rows[0].path}: not loaded"]


def test_a_lost_line_and_a_line_too_many_are_differences(rows: list[Row]) -> None:
    lost, *rest = rows[0].text.split("\n\n")
    changed = replace(rows[0], text="\n\n".join([*rest, "Comments are closed."]))
    assert differences([changed, *rows[1:]], BAD, TRUTH) == [
        f"{changed.path}: lost {lost[:60]!r}",
        f"{changed.path}: kept 'Comments are closed.'",
    ]


def test_a_wrong_agency_is_a_difference(rows: list[Row]) -> None:
    changed = replace(rows[0], agency="The Moon Times")
    (line,) = differences([changed, *rows[1:]], BAD, TRUTH)
    assert line.startswith(f"{changed.path}: agency is 'The Moon Times'")


def test_quarantine_is_compared_both_ways(rows: list[Row]) -> None:
    assert differences(rows, set(), TRUTH) == [f"{path}: not in quarantine" for path in sorted(BAD)]
    assert differences(rows, BAD | {rows[0].path}, TRUTH) == [f"{rows[0].path}: in quarantine for no reason"]
