"""How right each cleaning rule is: of the blocks that it took off, the share that is truly not in the article.

usage: rules.py PAGES_DIR [PAGES_DIR...] [--json]

A folder holds pages as NAME.html.gz beside NAME.json with `url`, `host` and `body` (list of lines). Every fifth site,
by a checksum of its host, is held out: rules are written by looking at the others only. What the truth counts to the
text though readers would not ("Read more: …" in guides) counts as wrong here.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from copydesk.clean import clean
from copydesk.cli.output import print_json, print_table
from copydesk.edit import page_of
from copydesk.errors import PageError
from copydesk.extract import extract

HELD_OUT = 5
SHORT_WORDS = 3  # of a block; it is in the body only if a line of the body is just that
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A block that a rule took off: is it truly not in the article's body?"""

    rule: str
    held_out: bool
    right: bool
    words: int
    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: blocks taken, the share that was right, and the words that were lost, on the two parts."""

    rule: str
    tuning: int
    tuning_right: float | None
    tuning_lost: int
    held_out: int
    held_out_right: float | None
    held_out_lost: int


def taken(truth_file: Path) -> list[Taken]:
    """What the rules took off one page that the extraction had kept."""
    known = json.loads(truth_file.read_text(encoding="utf-8"))
    body = [line for line in map(_plain, known["body"]) if line]
    html = gzip.decompress(truth_file.with_suffix(".html.gz").read_bytes())
    host = str(known.get("host") or "").removeprefix("www.")
    try:
        found = extract(page_of(html, known.get("url") or ""))
    except PageError:
        return []
    if not body:
        return []
    kept = {block.position for block in found.blocks}
    held_out = zlib.crc32(host.encode()) % HELD_OUT == 0
    lines, whole = frozenset(body), f" {' '.join(body)} "
    removals = [one for one in clean(found).removals if one.position in kept]
    right = [not _is_in(_plain(one.text), lines, whole) for one in removals]
    return [
        Taken(one.rule, held_out, is_right, _size(one.text), one.text, truth_file.stem)
        for one, is_right in zip(removals, right, strict=True)
    ]


def _is_in(text: str, lines: frozenset[str], whole: str) -> bool:
    if not text or len(text.split()) <= SHORT_WORDS:
        return text in lines
    return f" {text} " in whole


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _size(text: str) -> int:
    return len(_WORD.findall(text))


def table(blocks: list[Taken]) -> Iterator[Line]:
    """A line a rule; those that lost most words of the tuning part first."""
    by_rule: dict[str, list[Taken]] = defaultdict(list)
    for one in blocks:
        by_rule[one.rule].append(one)
    lines = [_line(rule, by_rule[rule]) for rule in sorted(by_rule)]
    yield from sorted(lines, key=lambda line: -line.tuning_lost)
    yield _line("all", blocks)


def _line(rule: str, blocks: list[Taken]) -> Line:
    figures = []
    for part in (False, True):
        own = [one for one in blocks if one.held_out is part]
        right = round(sum(one.right for one in own) / len(own), 3) if own else None
        figures.append((len(own), right, sum(one.words for one in own if not one.right)))
    return Line(rule, *figures[0], *figures[1])


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--wrong", default="", help="Show what this rule took off wrongly on the tuning part.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a rule.")
def main(folders: tuple[Path, ...], wrong: str, as_json: bool) -> None:
    files = [file for folder in folders for file in sorted(folder.glob("*.json"))]
    with ProcessPoolExecutor() as pool:
        blocks = [one for page in pool.map(taken, files, chunksize=8) for one in page]
    for one in blocks:
        if one.rule == wrong and not one.right and not one.held_out:
            click.echo(f"{one.page}: {one.text[:200]}")
    lines = list(table(blocks))
    if as_json:
        for line in lines:
            print_json(asdict(line))
    else:
        columns = ("rule", "blocks", "right", "words lost", "held out", "right", "words lost")
        print_table(columns, [tuple(asdict(line).values()) for line in lines])


if __name__ == "__main__":
    main()
