"""Fit plugins/copydesk/extract/body_model.json anew; to be run whenever `copydesk.extract.features` changes.

usage: fit_body_model.py PAGES_DIR [PAGES_DIR...] [--output FILE]

A folder holds pages as NAME.html.gz beside NAME.json with `url`, `host` and `body` (list of lines). Every fifth site is
not fitted on: the script prints how right the model is there. Needs LightGBM, which copydesk itself does not:
`uv pip install lightgbm`.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from copydesk.edit import page_of
from copydesk.extract.body import trafilatura_text, visible
from copydesk.extract.features import FEATURES, features
from copydesk.extract.match import letters, matched
from copydesk.extract.metadata import read_sources
from copydesk.extract.model import MODEL_FILE
from copydesk.extract.tree import decode_and_parse
from copydesk.models import Block

HELD_OUT = 5  # every fifth site, by a checksum of its name
TREES = 100
PARAMETERS = {
    "objective": "cross_entropy",
    "num_leaves": 12,
    "learning_rate": 0.09,
    "min_data_in_leaf": 80,
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


@dataclass(frozen=True, slots=True)
class Example:
    """A page as the model sees it, and how much of each block is in its true body."""

    blocks: tuple[Block, ...]
    rows: NDArray[np.float32]
    truth: NDArray[np.float64]
    body: Counter[str]
    held_out: bool


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=MODEL_FILE)
def main(folders: tuple[Path, ...], output: Path) -> None:
    import lightgbm  # noqa: PLC0415 - only here

    examples = [example for folder in folders for example in _examples(folder)]
    fitted = [example for example in examples if not example.held_out]
    rows = np.vstack([example.rows for example in fitted])
    truth = np.concatenate([example.truth for example in fitted])
    weights = np.concatenate([_weights(example) for example in fitted])
    data = lightgbm.Dataset(rows, truth, weight=weights, feature_name=list(FEATURES))
    model = lightgbm.train(PARAMETERS, data, TREES)
    trees = [_nodes(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    output.write_text(json.dumps({"features": FEATURES, "trees": trees}, separators=(",", ":")), encoding="utf-8")
    for held_out in (False, True):
        scores = [_f1(one, model.predict(one.rows)) for one in examples if one.held_out is held_out and len(one.rows)]
        click.echo(f"{'held out' if held_out else 'fitted on'}: {len(scores)} pages, F1 {np.mean(scores):.4f}")


def _examples(folder: Path) -> Iterator[Example]:
    for truth_file in sorted(folder.glob("*.json")):
        known = json.loads(truth_file.read_text(encoding="utf-8"))
        if any(line.strip() for line in known["body"]):
            yield _example(gzip.decompress(truth_file.with_suffix(".html.gz").read_bytes()), known)


def _example(html: bytes, known: dict[str, object]) -> Example:
    url, host = str(known.get("url") or ""), str(known.get("host") or "").removeprefix("www.")
    tree = decode_and_parse(page_of(html, url))
    sources = read_sources(tree)
    blocks, kept = visible(tree, trafilatura_text(tree, url), url)
    told = sources.json_ld.text if len(sources.json_ld.text) > MIN_TOLD_CHARS else ""
    title = letters(next(iter(sources.json_ld.titles), ""))
    body = "\n".join(map(str, known["body"]))  # type: ignore[call-overload]
    return Example(
        blocks,
        features(blocks, kept, matched(blocks, told), title),
        _shares(blocks, body),
        Counter(_words(body)),
        zlib.crc32(host.encode()) % HELD_OUT == 0,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _shares(blocks: tuple[Block, ...], body: str) -> NDArray[np.float64]:
    """How much of each block is in the body: by runs of four words; of a short block whether it is there at all."""
    words = _words(body)
    runs = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    shares = []
    for block, is_there in zip(blocks, matched(blocks, body), strict=True):
        own = _words(block.text)
        parts = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        shares.append(sum(part in runs for part in parts) / len(parts) if len(parts) > 3 else float(is_there))
    return np.array(shares)


def _weights(example: Example) -> NDArray[np.float64]:
    """Long blocks count for more, blocks of long articles for less: near to what a block is worth to a page's F1."""
    words = np.array([max(1, len(_words(block.text))) for block in example.blocks], np.float64)
    weights: NDArray[np.float64] = words**0.7 / max(50, example.body.total()) ** 0.5
    return weights


def _nodes(tree: dict[str, object]) -> list[list[float]]:
    nodes: list[list[float]] = []

    def lay(node: dict[str, object]) -> int:
        index = len(nodes)
        nodes.append([-1, round(float(node.get("leaf_value", 0.0)), 5), 0, 0])  # type: ignore[arg-type]
        if "split_feature" in node:
            left, right = lay(node["left_child"]), lay(node["right_child"])  # type: ignore[arg-type]
            nodes[index] = [int(node["split_feature"]), float(f"{node['threshold']:.6g}"), left, right]  # type: ignore[call-overload]
        return index

    lay(tree)
    return nodes


def _f1(example: Example, likely: NDArray[np.float64]) -> float:
    chosen: Counter[str] = Counter()
    for block, share in zip(example.blocks, likely, strict=True):
        chosen.update(_words(block.text) if share > 0.5 else ())
    right = (chosen & example.body).total()
    return 2 * right / (chosen.total() + example.body.total())


if __name__ == "__main__":
    main()
