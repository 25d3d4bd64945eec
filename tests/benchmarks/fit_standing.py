"""Fit the weights of how lines stand anew: whenever the weights of words, their tokens or the facts change.

usage: fit_standing.py PAGES_DIR [PAGES_DIR...] [--output FILE]

Taught by the posts of tests/data/clean/posts (see posts.py); wrapping that the rules of the day when the post was
written did not know counts more. Each wrapping line is seen as if no rule knew it, and all lines beside it as the rules
leave them; words weigh as fitted without the line's post or site. The bodies of known pages (NAME.html.gz with
NAME.json, as for fit_wording.py) only teach what wrapping is not; held-out sites are left out. Needs SciPy.

Prints, for posts and sites that did not teach: how many of the `X` lines, of the body lines of posts, and of those of
pages are taken.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np
from fit_wording import DATA, HELD_OUT, PARTS, Floats, fitted, taught, tokens_of
from posts import HARD, TEXT, posts

from copydesk.clean.decide import Desk
from copydesk.clean.rulebook import Rulebook, load_rulebook
from copydesk.clean.wording import Facts, Judge, Standing, Weighed, Wording
from copydesk.clean.wording.judge import STANDING_FILE, Weight
from copydesk.edit import page_of
from copydesk.errors import PageError
from copydesk.models import Block, Extract, Label, Metadata
from copydesk.profiles.known import take

TAGS = {
    "h2": Label.HEADING,
    "h3": Label.HEADING,
    "blockquote": Label.QUOTE,
    "li": Label.LIST,
    "figcaption": Label.CAPTION,
}
FOLDS = 5
WEIGHTS = {TEXT: 4.0, "x": 0.5, HARD: 4.0}  # of a post's line; taking text off is the worse error
PAGE_WEIGHT = 0.5  # of a body line of a page
RIDGE = 1.0
SURE, SURE_ALONE = 200, 300  # of a line, in hundredths; alone: amid text that stays
_NOT_SAID = re.compile(r"[\W_]+")

Wordings = Sequence[Wording]


@dataclass(frozen=True, slots=True)
class Source:
    """A page with what its lines are: by `kinds` (text without punctuation), all else by `other`."""

    name: str
    extract: Extract
    kinds: Mapping[str, str]
    is_post: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the judge sees it, and what it is."""

    kind: str
    source: str
    is_post: bool
    weighed: Weighed
    told: Facts
    alone: bool

    @property
    def values(self) -> dict[str, float]:
        """What the weights are for; words and shape in natural units."""
        return {"words": self.weighed.words / 100, "shape": self.weighed.shape / 100, **self.told}


def sources(folder: Path) -> Iterator[Source]:
    """The posts of a folder."""
    for post in posts(folder):
        blocks = tuple(
            Block(number, line.text, TAGS.get(line.tag, Label.BODY), f"html>body>article>{line.tag}")
            for number, line in enumerate(post.lines)
        )
        kinds = {_said(line.text): line.kind for line in post.lines}
        yield Source(post.name, Extract("https://news.example/post", Metadata(title=post.title), blocks), kinds, True)


def pages(folders: Sequence[Path]) -> Iterator[Source]:
    """Known pages as they are read, of sites that are not held out; only lines of the known body have a kind."""
    for file in [file for folder in folders for file in sorted(folder.glob("*.json"))]:
        known = json.loads(file.read_text(encoding="utf-8"))
        host = str(known.get("host") or "").removeprefix("www.")
        html = file.with_suffix(".html.gz")
        if zlib.crc32(host.encode()) % HELD_OUT and html.exists():
            try:
                extract = take(page_of(gzip.decompress(html.read_bytes()), known.get("url") or ""), None, None).extract
            except PageError:
                continue
            body = _said(" ".join(known["body"]))
            said = {_said(block.text) for block in extract.blocks}
            yield Source(host, extract, {one: TEXT for one in said if one in body}, False)


def _said(text: str) -> str:
    return _NOT_SAID.sub("", text).lower() or text


def rows_of(source: Source, book: Rulebook, wording: Wording) -> Iterator[Row]:
    """The lines of a source that the judge may be asked of, wrapping as if no rule knew it."""
    if not source.extract.blocks:
        return
    desk = Desk(source.extract, book)
    found = desk.verdicts()
    standing = Standing(desk.lines, found, desk.around)
    for index, line in enumerate(desk.lines):
        kind = source.kinds.get(_said(line.block.text))
        weighed = wording.weighed(line)
        if kind and weighed and desk.may_be_judged(index, found):
            yield Row(kind, source.name, source.is_post, weighed, standing.facts(index), desk.is_alone(index, found))


def wordings(folders: Sequence[Path]) -> Wordings:
    """The weights of words, fitted without one part of the lines each."""
    lines = taught(folders)
    found = [tokens_of(line.text) for line in lines]
    parts = [zlib.crc32(line.group.encode()) % PARTS for line in lines]
    made = []
    for part in range(PARTS):
        inside = [place for place, own in enumerate(parts) if own != part]
        bias, weights = fitted([lines[place] for place in inside], [found[place] for place in inside])
        known = {token: Weight(round(weight * 100), None) for token, weight in weights.items()}
        made.append(Wording(known, round(bias * 100), ""))
    return made


def fit(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    """The bias and the weight of each of `names`, by logistic regression on values of like size."""
    import scipy.optimize  # noqa: PLC0415 - comes with LightGBM, only here

    matrix = np.array([[1.0, *(row.values.get(name, 0) for name in names)] for row in rows])
    size = matrix.std(axis=0)
    size[size == 0] = 1.0
    truth = np.array([float(row.kind != TEXT) for row in rows])
    weights = np.array([WEIGHTS[row.kind] if row.is_post else PAGE_WEIGHT for row in rows])
    scaled = matrix / size

    def loss(values: Floats) -> tuple[float, Floats]:
        score = scaled @ values
        wrong = weights * (1 / (1 + np.exp(-score)) - truth)
        held = np.concatenate([[0.0], values[1:]])
        cost = (weights * (np.logaddexp(0, score) - truth * score)).sum() + RIDGE * (held @ held) / 2
        return float(cost), scaled.T @ wrong + RIDGE * held

    best = scipy.optimize.minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B")
    return np.asarray(best.x / size)


def judge_of(values: Floats, names: Sequence[str]) -> Judge:
    """The weights as they are written: whole hundredths."""
    bias, *rest = (round(float(value) * 100) for value in values)
    by_name = dict(zip(names, rest, strict=True))
    return Judge(by_name.pop("words"), by_name.pop("shape"), bias, SURE, SURE_ALONE, by_name)


def report(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """What is taken of lines whose post or site did not teach, at some thresholds."""
    part = np.array([zlib.crc32(row.source.encode()) % FOLDS for row in rows])
    weights = np.zeros(len(rows))
    for one in range(FOLDS):
        judge = judge_of(fit([row for row, own in zip(rows, part, strict=True) if own != one], names), names)
        for place in np.flatnonzero(part == one).tolist():
            weights[place] = judge.weight(rows[place].weighed, rows[place].told)
    hard, text, page = (np.array(list(map(is_one, rows))) for is_one in (_is_hard, _is_text, _is_of_page))
    alone = np.array([row.alone for row in rows])
    for sure in (80, 120, 160, 200, 250):
        for sure_alone in (sure, sure + 100):
            taken = weights >= np.where(alone, sure_alone, sure)
            shares = ", ".join(f"{(taken & own).sum()}/{own.sum()}" for own in (hard, text, page))
            yield f"{sure}, {sure_alone} alone: {shares}"


def _is_hard(row: Row) -> bool:
    return row.kind == HARD


def _is_text(row: Row) -> bool:
    return row.is_post and row.kind == TEXT


def _is_of_page(row: Row) -> bool:
    return not row.is_post


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=STANDING_FILE, show_default=False)
def main(folders: tuple[Path, ...], output: Path) -> None:
    book = Rulebook(load_rulebook().rules)
    by_part = wordings(folders)
    rows = [
        row
        for source in (*sources(DATA / "posts"), *pages(folders))
        for row in rows_of(source, book, by_part[zlib.crc32(source.name.encode()) % PARTS])
    ]
    names = ["words", "shape", *sorted({name for row in rows for name in row.told})]
    for sentence in report(rows, names):
        click.echo(sentence)
    output.write_text(json.dumps(asdict(judge_of(fit(rows, names), names)), indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(rows)} lines")


if __name__ == "__main__":
    main()
