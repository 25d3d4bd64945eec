"""The choice of blocks from their probabilities, the forest against a plain walk of its trees, and what is stored."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from copydesk.extract.features import FEATURES, SECOND, Declared
from copydesk.extract.model import CERTAIN, MODEL_FILE, body_model, choose, forest
from copydesk.models import Block, Label

TREES = [
    [[0, 1.5, 1, 2], [-300], [1, 0.25, 3, 4], [100], [700]],
    [[5]],
]


def likely(*shares: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([round(share * CERTAIN) for share in shares], np.int64)


def expected_f1(shares: list[float], sizes: list[int], chosen: tuple[int, ...]) -> float:
    right = sum(shares[place] * sizes[place] for place in chosen)
    whole = sum(share * size for share, size in zip(shares, sizes, strict=True))
    return 2 * right / (sum(sizes[place] for place in chosen) + whole)


def test_each_row_falls_into_one_leaf_of_each_tree() -> None:
    rows = np.array([[1.5, 9], [1.6, 0.25], [1.6, 0.3]], np.float32)
    assert forest(TREES).scores(rows).tolist() == [-295, 105, 705]


def test_a_forest_scores_no_rows_and_very_many_rows() -> None:
    made = forest(TREES)
    assert made.scores(np.zeros((0, 2), np.float32)).tolist() == []
    assert set(made.scores(np.zeros((4_500, 2), np.float32)).tolist()) == {-295}


def test_what_is_more_likely_body_than_not_is_chosen() -> None:
    assert choose(likely(0.9, 0.1, 0.51), [10, 10, 10]).chosen == (True, False, True)


def test_on_a_page_where_little_is_sure_less_likely_blocks_are_chosen_too() -> None:
    assert choose(likely(0.45, 0.44, 0.01), [100, 100, 100]).chosen == (True, True, False)
    assert choose(likely(0.99, 0.44, 0.01), [1_000, 100, 100]).chosen == (True, False, False)


@pytest.mark.parametrize("seed", range(20))
def test_no_other_choice_has_a_higher_expected_f1_but_by_leaving_out_what_is_likely(seed: int) -> None:
    random = Random(seed)
    shares = [round(random.random() / 2, 3) for _ in range(7)]
    sizes = [random.randint(1, 50) for _ in shares]
    found = choose(likely(*shares), sizes)
    places = tuple(place for place, is_chosen in enumerate(found.chosen) if is_chosen)
    every = [chosen for count in range(1, 8) for chosen in combinations(range(7), count)]
    best = max(expected_f1(shares, sizes, chosen) for chosen in every)
    assert expected_f1(shares, sizes, places) == pytest.approx(best, abs=1e-6)
    assert found.expected == pytest.approx(best, abs=1e-6)


def test_of_no_blocks_none_is_chosen() -> None:
    assert choose(likely(), []).chosen == ()


def test_the_stored_model_fits_the_features_and_is_small() -> None:
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    assert (tuple(stored["features"]), tuple(stored["second_features"])) == (FEATURES, SECOND)
    assert all(type(weight) is int for weight in stored["lexicon"].values())
    assert all(type(node[0]) is int for tree in [*stored["trees"], *stored["second"]] for node in tree)
    assert MODEL_FILE.stat().st_size < 400_000


def test_a_model_of_other_features_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    file = tmp_path / "model.json"
    file.write_text(json.dumps({**stored, "features": stored["features"][::-1]}), encoding="utf-8")
    monkeypatch.setattr("copydesk.extract.model.MODEL_FILE", file)
    with pytest.raises(ValueError, match=r"model\.json was fitted on other features"):
        body_model.__wrapped__()


def test_paragraphs_are_likelier_than_the_links_around_them() -> None:
    story = "The harbour was closed on Tuesday after a crane fell across its only channel, the harbour master said."
    blocks = [
        *(Block(place, f"Section {place}", Label.LIST, "nav>ul>li>a", 1.0) for place in range(5)),
        *(Block(5 + place, story, Label.BODY, "main>article>p") for place in range(5)),
        *(Block(10 + place, "Related: more news", Label.LIST, "footer>ul>li>a", 1.0) for place in range(5)),
    ]
    found = body_model().probabilities(blocks, [False] * 15, Declared("Harbour closed"))
    assert found[5:10].min() > CERTAIN // 2 > max(found[:5].max(), found[10:].max())


SCRIPT = """
from copydesk.extract.features import Declared
from copydesk.extract.model import body_model
from copydesk.models import Block
blocks = [Block(i, f"Line {i} of the story, as it was told by {i} people.", path=f"div.a{i % 3}>p") for i in range(40)]
print(body_model().probabilities(blocks, [False] * 40, Declared("A story")).tolist())
"""


def test_the_same_blocks_are_as_likely_in_every_process() -> None:
    def printed(seed: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        return run.stdout

    assert printed("1") == printed("2")
