"""Fit the weights of `copydesk.clean.wording` anew: whenever its tokens or the lines that teach it change.

usage: fit_wording.py PAGES_DIR [PAGES_DIR...] [--output FOLDER] [--cross-validate]

Taught by lines of our own (tests/data/clean/wording/LANGUAGE.txt: under `# LABEL` what sites wrap around articles, with
[one|another] wording; under `# any` the same without a label; under `# text` what articles say; a post's name behind
that keeps its lines together), by the posts of tests/data/clean/posts (see posts.py), by the rules' examples and by
traps.toml. The bodies of known pages (NAME.json with
`host` and `body`) only teach what wrapping is not; every fifth site, by a checksum of its host, is held out. Needs
SciPy, which copydesk does not: `uv pip install scipy`.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from posts import TEXT as ARTICLE
from posts import posts

from copydesk.clean.lines import SCRIPTS, line_of
from copydesk.clean.rulebook import load_rulebook
from copydesk.clean.wording.judge import FOLDER, MAX_CHARS
from copydesk.clean.wording.tokens import tokens
from copydesk.models import Block, Label

DATA = Path(__file__).resolve().parents[1] / "data" / "clean"
TEXT, ANY = "text", "any"
HELD_OUT = 5
PARTS = 4
MIN_LINES = 2  # that use a token
MIN_LINES_OF_PAIR = 3  # that use two words beside each other
RIDGE = 0.7
ROUNDS = 80
LEAST = 8  # hundredths; smaller weights are dropped
PAGE_LINES = 20_000
TEXT_WEIGHT = (
    2.0  # of a line of our own that is text: written to be hard, and taking such a line off is the worse error
)
PAGE_WEIGHT = 0.5  # of a line of a page's truth: many, and not all are the article's
VERSION = "5"  # of the weights, for the ledger: raise it when they change
LABEL_SHARE = 0.3  # of the lines that a token's label must have
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SENTENCE = re.compile(r"(?<=[.!?。！？؟])[\"”»’)」]*\s*(?=\S)")

Floats = NDArray[np.float64]


class Origin(Enum):
    """Where a line that teaches is from."""

    OWN = "of our own"
    POST = "in posts"
    PAGE = "on pages"


@dataclass(frozen=True, slots=True)
class Taught:
    """A line, what it is (a label, `any` or `text`), which lines it belongs with, and where it is from."""

    text: str
    kind: str
    group: str
    origin: Origin = Origin.OWN

    @property
    def is_text(self) -> bool:
        """True when the line is the article's."""
        return self.kind == TEXT

    @property
    def weight(self) -> float:
        """How much the line counts."""
        if self.origin is Origin.PAGE:
            return PAGE_WEIGHT
        return TEXT_WEIGHT if self.is_text else 1.0


def written(folder: Path) -> Iterator[Taught]:
    """The lines of our own, each wording of a line by itself."""
    for file in sorted(folder.glob("*.txt")):
        kind, post = "", ""
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if line.startswith("# "):
                kind, _, post = line[2:].partition(" ")
            elif line:
                texts = [line] if kind in {TEXT, ANY} else spread(line)
                origin = Origin.POST if post else Origin.OWN
                yield from (Taught(text, kind, post or f"{file.stem}:{number // 3}", origin) for text in texts)


def posted(folder: Path) -> Iterator[Taught]:
    """The lines of posts."""
    for post in posts(folder):
        for line in post.lines:
            kind = TEXT if line.kind == ARTICLE else ANY
            yield Taught(line.text, kind, post.name, Origin.POST)


def spread(line: str) -> list[str]:
    """`line` with its first choices, its second ones and so on: as many as its longest list of choices has."""
    choices = [group.split("|") for group in _CHOICE.findall(line)]
    return [_chosen(line, choices, number) for number in range(max(map(len, choices), default=1))]


def _chosen(line: str, choices: Sequence[Sequence[str]], number: int) -> str:
    picks = iter([group[number % len(group)] for group in choices])
    return " ".join(_CHOICE.sub(lambda _: next(picks), line).split())


def examples() -> Iterator[Taught]:
    """The rules' own examples and the traps."""
    for rule in load_rulebook().rules:
        yield from (Taught(text, rule.label, rule.rule_id) for text in rule.must)
        yield from (Taught(text, TEXT, rule.rule_id) for text in rule.must_not)
    for language, one in tomllib.loads((DATA / "traps.toml").read_text(encoding="utf-8")).items():
        yield from (Taught(text, TEXT, f"{language}:traps") for text in one["traps"])


def bodies(folders: Sequence[Path]) -> list[Taught]:
    """Lines of known articles and sentences of their long lines, as many as count."""
    found: list[Taught] = []
    for file in [file for folder in folders for file in sorted(folder.glob("*.json"))]:
        known = json.loads(file.read_text(encoding="utf-8"))
        host = str(known.get("host") or "").removeprefix("www.")
        if zlib.crc32(host.encode()) % HELD_OUT:
            parts = [part for line in known["body"] for part in _parts(line.strip())]
            found += [Taught(part, TEXT, host, Origin.PAGE) for part in parts]
    return random.Random(1).sample(found, min(PAGE_LINES, len(found)))


def _parts(line: str) -> list[str]:
    parts = [line] if len(line) <= MAX_CHARS else _SENTENCE.split(line)[:3]
    return [part for part in parts if 0 < len(part) <= MAX_CHARS]


def taught(folders: Sequence[Path]) -> list[Taught]:
    """All that teaches."""
    return [*written(DATA / "wording"), *posted(DATA / "posts"), *examples(), *bodies(folders)]


def tokens_of(text: str) -> set[str]:
    return tokens(line_of(Block(0, text), MAX_CHARS * 4))


def fit(found: Sequence[set[str]], truth: Floats, weights: Floats) -> tuple[float, dict[str, float]]:
    """The bias and each token's weight, by logistic regression."""
    import scipy.optimize  # noqa: PLC0415 - comes with LightGBM, only here
    import scipy.sparse  # noqa: PLC0415

    counts = Counter(token for one in found for token in one)
    names = sorted(token for token, count in counts.items() if count >= _least_lines(token))
    index = {name: place for place, name in enumerate(names)}
    rows = [sorted(index[token] for token in one if token in index) for one in found]
    columns = np.array([place for row in rows for place in row], np.int64)
    ends = np.cumsum([0, *map(len, rows)])
    matrix = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))

    def loss(values: Floats) -> tuple[float, Floats]:
        score = matrix @ values[1:] + values[0]
        wrong = weights * (1 / (1 + np.exp(-score)) - truth)
        cost = (weights * (np.logaddexp(0, score) - truth * score)).sum() + RIDGE * (values[1:] @ values[1:]) / 2
        return float(cost), np.concatenate([[wrong.sum()], matrix.T @ wrong + RIDGE * values[1:]])

    start = np.zeros(len(names) + 1)
    best = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return float(best[0]), dict(zip(names, best[1:].tolist(), strict=True))


def _least_lines(token: str) -> int:
    return MIN_LINES_OF_PAIR if " " in token else MIN_LINES


def fitted(lines: Sequence[Taught], found: Sequence[set[str]]) -> tuple[float, dict[str, float]]:
    truth = np.array([float(not line.is_text) for line in lines])
    return fit(found, truth, np.array([line.weight for line in lines]))


def labels_of(lines: Sequence[Taught], found: Sequence[set[str]]) -> dict[str, str]:
    """The label for which each token speaks most, by its share of that label's lines; none where it speaks for many."""
    sizes = Counter(line.kind for line in lines)
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line, own in zip(lines, found, strict=True):
        if line.kind in set(Label):
            for token in own:
                shares[token][line.kind] += 1 / sizes[line.kind]
    best = {token: max(own, key=lambda label: own[label]) for token, own in shares.items()}
    return {token: label for token, label in best.items() if shares[token][label] >= _least(shares[token])}


def _least(shares: Mapping[str, float]) -> float:
    return LABEL_SHARE * sum(shares.values())


def cross_validate(lines: Sequence[Taught], found: Sequence[set[str]]) -> Floats:
    """The score of each line by weights fitted without its group."""
    parts = np.array([zlib.crc32(line.group.encode()) % PARTS for line in lines])
    scores = np.zeros(len(lines))
    for part in range(PARTS):
        inside = [place for place in range(len(lines)) if parts[place] != part]
        bias, weights = fitted([lines[place] for place in inside], [found[place] for place in inside])
        for place in np.flatnonzero(parts == part).tolist():
            scores[place] = bias + sum(weights.get(token, 0.0) for token in found[place])
    return scores


def documents(bias: float, weights: Mapping[str, float], labels: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The files to write: a script's tokens each, with weight and label; the signs of shape, with the bias."""
    files: dict[str, dict[str, list[int | str]]] = defaultdict(dict)
    for token, weight in sorted(weights.items()):
        if abs(round(weight * 100)) >= LEAST:
            label = labels.get(token, "") if weight > 0 and token[0] != "=" else ""
            files[_script(token)][token] = [round(weight * 100), label]
    heads = {name: {"version": VERSION, "bias": round(bias * 100)} if name == "shape" else {} for name in files}
    return {name: heads[name] | {"weights": words} for name, words in files.items()}


def _script(token: str) -> str:
    if token[0] == "=":
        return "shape"
    return next((name for name, letters in SCRIPTS.items() if letters.search(token) and name != "any"), "other")


def write(folder: Path, files: Mapping[str, Mapping[str, object]]) -> None:
    """One JSON file a script, a token a line, so that a person can read and change it."""
    for name, document in files.items():
        words: Mapping[str, object] = document["weights"]  # type: ignore[assignment]
        head = "".join(f' "{key}": {json.dumps(value)},\n' for key, value in document.items() if key != "weights")
        rows = [f"  {json.dumps(token, ensure_ascii=False)}: {json.dumps(value)}" for token, value in words.items()]
        text = "{\n" + head + ' "weights": {\n' + ",\n".join(rows) + "\n }\n}\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def report(lines: Sequence[Taught], scores: Floats) -> Iterator[str]:
    """The share of wrapping known / of text taken for it, at some scores."""
    is_text = np.array([line.is_text for line in lines])
    for score in (0, 0.5, 1, 1.5, 2, 3):
        taken = scores > score
        shares = []
        for origin in Origin:
            of_origin = np.array([line.origin is origin for line in lines])
            right, wrong = taken[of_origin & ~is_text], taken[of_origin & is_text]
            shares.append(f"{origin.value} {right.mean() if right.size else 0:.4f} / {wrong.mean():.4f}")
        yield f"over {score}: " + ", ".join(shares)


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=FOLDER, show_default=False)
@click.option("--cross-validate", "validate", is_flag=True, help="Print how right it is on lines it was not taught by.")
def main(folders: tuple[Path, ...], output: Path, validate: bool) -> None:
    lines = taught(folders)
    found = [tokens_of(line.text) for line in lines]
    if validate:
        for sentence in report(lines, cross_validate(lines, found)):
            click.echo(sentence)
        return
    bias, weights = fitted(lines, found)
    write(output, documents(bias, weights, labels_of(lines, found)))
    click.echo(f"{len(lines)} lines, {len(weights)} tokens")


if __name__ == "__main__":
    main()
