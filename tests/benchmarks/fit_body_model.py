"""Fit plugins/copydesk/extract/body_model.json anew: whenever `copydesk.extract.features` or the blocks change.

usage: fit_body_model.py PAGES_DIR [PAGES_DIR...] [--news PAGES_DIR] [--output FILE] [--hold-out] [--cross-validate]

A folder holds pages as NAME.html.gz beside NAME.json with `url`, `host` and `body` (list of lines). Sites are parted
in five by a checksum of their names. With --hold-out the first part is not fitted on, and the script prints how right
the model is there; with --cross-validate of five models how right each is on the part that it was not fitted on. Judge
a change by those; the file to ship is fitted on all pages, as more sites help more than anything else. The lexicon is
fitted first; for the forest, the pages of a part are scored by a lexicon of the other parts; for the second forest, by
a first one of the other parts. Needs LightGBM, which copydesk itself does not: `uv pip install lightgbm`.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from fit_lexicon import fit_lexicon
from numpy.typing import NDArray

from copydesk.edit import page_of
from copydesk.extract.body import known_of, seen
from copydesk.extract.features import FEATURES, SECOND, Array, Declared, Sheet, features, second
from copydesk.extract.lexicon import Lexicon
from copydesk.extract.match import matched
from copydesk.extract.metadata import read_sources
from copydesk.extract.model import LEAF_UNIT, MODEL_FILE, THOUSANDTHS, BodyModel, choose, forest, likely
from copydesk.extract.tree import decode_and_parse
from copydesk.models import Block

PARTS = 5
HELD_OUT = 0  # every fifth site, by a checksum of its name
TREES = 150
NEWS_WEIGHT = 3  # of a page in a folder of --news: what the model is for, and few
PARAMETERS = {
    "objective": "cross_entropy",
    "num_leaves": 20,
    "max_depth": 8,
    "learning_rate": 0.05,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 8,
    "max_bin": 63,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
}
MIN_TOLD_CHARS = 400

Tree = list[list[float]]  # as `copydesk.extract.model.forest` reads it
Trees = list[Tree]


@dataclass(frozen=True, slots=True)
class Example:
    """A page as the model sees it, and how much of each block is in its true body."""

    folder: str
    part: int
    site: str
    blocks: tuple[Block, ...]
    told: tuple[bool, ...]
    known: Declared
    truth: NDArray[np.float64]
    body: Counter[str]
    weights: NDArray[np.float64]


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--news", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=MODEL_FILE)
@click.option("--hold-out", is_flag=True)
@click.option("--cross-validate", is_flag=True)
def main(folders: tuple[Path, ...], news: tuple[Path, ...], output: Path, hold_out: bool, cross_validate: bool) -> None:
    examples = [one for folder in folders for one in _examples(folder, 1)]
    examples += [one for folder in news for one in _examples(folder, NEWS_WEIGHT)]
    stored = fit([one for one in examples if not hold_out or one.part != HELD_OUT])
    output.write_text(json.dumps(stored, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")
    if hold_out:
        _report("held out", [(one, stored) for one in examples if one.part == HELD_OUT])
    if cross_validate:
        models = {part: fit([one for one in examples if one.part != part]) for part in range(PARTS)}
        _report("cross-validated", [(one, models[one.part]) for one in examples])


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """The model as its file holds it."""
    sheets = list(_cross_fitted(examples))
    rows = [features(sheet, one.told, one.known) for one, sheet in zip(examples, sheets, strict=True)]
    again = _second_rows(examples, sheets, rows)
    return {
        "features": FEATURES,
        "second_features": SECOND,
        "trees": _trees(examples, rows),
        "second": _trees(examples, again),
        "lexicon": _lexicon(examples),
    }


def _trees(examples: Sequence[Example], rows: Sequence[Array]) -> Trees:
    """A forest that says of rows, a table a page, how much of each block is in the body."""
    import lightgbm  # noqa: PLC0415 - only here

    truth = np.concatenate([example.truth for example in examples])
    weights = np.concatenate([example.weights for example in examples])
    model = lightgbm.train(PARAMETERS, lightgbm.Dataset(np.vstack(rows), truth, weight=weights), TREES)
    return [_nodes(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def _cross_fitted(examples: Sequence[Example]) -> Iterator[Sheet]:
    """Each page with the scores of a lexicon that was fitted on the other parts' pages."""
    parts = sorted({example.part for example in examples})
    lexicons = {part: _lexicon([example for example in examples if example.part != part]) for part in parts}
    for one in examples:
        yield Sheet(one.blocks, Lexicon.of(lexicons[one.part]))


def _second_rows(examples: Sequence[Example], sheets: Sequence[Sheet], rows: Sequence[Array]) -> list[Array]:
    """Each page as the second forest sees it, by a first one that was fitted on the other parts' pages."""
    firsts = {}
    for part in sorted({example.part for example in examples}):
        others = [place for place, example in enumerate(examples) if example.part != part]
        firsts[part] = forest(_trees([examples[place] for place in others], [rows[place] for place in others]))
    return [
        second(sheet, likely(firsts[one.part].scores(row), THOUSANDTHS))
        for one, sheet, row in zip(examples, sheets, rows, strict=True)
    ]


def _lexicon(examples: Sequence[Example]) -> dict[str, int]:
    return fit_lexicon([(one.site, one.blocks, one.truth, one.weights) for one in examples])


def _examples(folder: Path, weight: float) -> Iterator[Example]:
    for truth_file in sorted(folder.glob("*.json")):
        known = json.loads(truth_file.read_text(encoding="utf-8"))
        if any(line.strip() for line in known["body"]):
            html = gzip.decompress(truth_file.with_suffix(".html.gz").read_bytes())
            yield _example(html, known, folder.name, weight)


def _example(html: bytes, page: Mapping[str, Any], folder: str, weight: float) -> Example:
    url, site = str(page.get("url") or ""), str(page.get("host") or "").removeprefix("www.")
    tree = decode_and_parse(page_of(html, url))
    sources = read_sources(tree)
    blocks = seen(tree, url)
    told = sources.json_ld.text if len(sources.json_ld.text) > MIN_TOLD_CHARS else ""
    body = "\n".join(page["body"])
    return Example(
        folder=folder,
        part=zlib.crc32(site.encode()) % PARTS,
        site=site,
        blocks=blocks,
        told=tuple(matched(blocks, told)),
        known=known_of(sources),
        truth=_shares(blocks, body),
        body=Counter(_words(body)),
        weights=_weights(blocks, body) * weight,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _shares(blocks: Sequence[Block], body: str) -> NDArray[np.float64]:
    """How much of each block is in the body: by runs of four words; of a short block whether it is there at all."""
    words = _words(body)
    runs = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    shares = []
    for block, is_there in zip(blocks, matched(blocks, body), strict=True):
        own = _words(block.text)
        parts = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        shares.append(sum(part in runs for part in parts) / len(parts) if len(parts) > 3 else float(is_there))
    return np.array(shares)


def _weights(blocks: Sequence[Block], body: str) -> NDArray[np.float64]:
    """Long blocks count for more, blocks of long articles for less: near to what a block is worth to a page's F1."""
    words = np.array([max(1, len(_words(block.text))) for block in blocks], np.float64)
    weights: NDArray[np.float64] = words**0.7 / max(50, len(_words(body))) ** 0.5
    return weights


def _nodes(tree: Mapping[str, Any]) -> Tree:
    nodes: Tree = []

    def lay(node: Mapping[str, Any]) -> int:
        index = len(nodes)
        nodes.append([round(float(node.get("leaf_value", 0.0)) * LEAF_UNIT)])
        if "split_feature" in node:
            left, right = lay(node["left_child"]), lay(node["right_child"])
            nodes[index] = [int(node["split_feature"]), float(f"{node['threshold']:.6g}"), left, right]
        return index

    lay(tree)
    return nodes


def _report(what: str, judged: Sequence[tuple[Example, Mapping[str, Any]]]) -> None:
    """Means over the pages of each folder, before cleaning."""
    made = {id(stored): BodyModel.of(stored) for _, stored in judged}
    figures: dict[str, list[tuple[float, float, float]]] = {}
    for example, stored in judged:
        figures.setdefault(example.folder, []).append(_judged(example, made[id(stored)]))
    for folder, rows in figures.items():
        f1, precision, recall = np.mean(rows, axis=0)
        click.echo(f"{what}: {folder}, {len(rows)} pages, F1 {f1:.4f} P {precision:.4f} R {recall:.4f}")


def _judged(example: Example, model: BodyModel) -> tuple[float, float, float]:
    likely = model.probabilities(example.blocks, example.told, example.known)
    own = [Counter(_words(block.text)) for block in example.blocks]
    picked = choose(likely, [len(block.text) for block in example.blocks]).chosen
    chosen = sum((words for words, is_chosen in zip(own, picked, strict=True) if is_chosen), Counter[str]())
    right = (chosen & example.body).total()
    precision, recall = right / max(1, chosen.total()), right / example.body.total()
    return 2 * right / (chosen.total() + example.body.total()), precision, recall


if __name__ == "__main__":
    main()
