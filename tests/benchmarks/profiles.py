"""Reading by site profiles against reading without: how right, how often, how fast, on sites made up for the purpose.

Profiles are learned from 5 or 20 pages of a site and read 10 others. Then they read pages of a third of the sites after
these were rebuilt; those lines show that an old profile does no harm. Times are this process's own processor time, so
that other work on the machine shows less; read the ratios.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import click
from sites import SITES, Telling, is_rebuilt, rebuilt_pages, site_pages
from trafilatura import bare_extraction

from copydesk.clean import clean
from copydesk.cli.output import print_json, print_table
from copydesk.extract import extract
from copydesk.models import Extract, Page
from copydesk.profiles.known import Known, take
from copydesk.profiles.learn import learn

TESTED = 10
LEARNED_FROM = (5, 20)
_WORD = re.compile(r"\w+")

Way = Callable[[Page], Extract | list[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """One page read in one way: its scores against the truth, and what reading and cleaning took, in milliseconds."""

    f1: float
    rouge: float
    hit: bool
    reading: float
    cleaning: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: means over pages. `ratio` is the time of reading, of trafilatura's on the same pages."""

    what: str
    pages: int
    f1: float
    rouge_lsum: float
    hit_rate: float
    reading: float
    ratio: float
    cleaning: float


def trafilatura(page: Page) -> list[str]:
    """trafilatura as it comes, with metadata and without comments."""
    found = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    return found.text.split("\n") if found is not None and not isinstance(found, dict) and found.text else []


def measure(way: Way, pages: Sequence[Telling], base: float, what: str) -> Line:
    """Read pages in one way. `base` is trafilatura's milliseconds a page on them; 0 where this is trafilatura."""
    reads = [_read(way, told) for told in pages]
    reading = statistics.fmean(read.reading for read in reads)
    return Line(
        what=what,
        pages=len(reads),
        f1=round(statistics.fmean(read.f1 for read in reads), 4),
        rouge_lsum=round(statistics.fmean(read.rouge for read in reads), 4),
        hit_rate=round(statistics.fmean(read.hit for read in reads), 3),
        reading=round(reading, 2),
        ratio=round(reading / base, 3) if base else 1.0,
        cleaning=round(statistics.fmean(read.cleaning for read in reads), 2),
    )


def _read(way: Way, told: Telling) -> Read:
    started = time.process_time()
    found = way(told.page)
    read = time.process_time()
    lines = found if isinstance(found, list) else [block.text for block in clean(found).blocks]
    cleaned = time.process_time()
    return Read(
        f1=f1(lines, told.lines),
        rouge=rouge_lsum(lines, told.lines),
        hit=isinstance(found, Extract) and found.reading == "profile",
        reading=1000 * (read - started),
        cleaning=1000 * (cleaned - read),
    )


def f1(lines: Sequence[str], truth: Sequence[str]) -> float:
    """F-measure of the bag of words."""
    got, want = Counter(_words(" ".join(lines))), Counter(_words(" ".join(truth)))
    return 2 * (got & want).total() / max(1, got.total() + want.total())


def rouge_lsum(lines: Sequence[str], truth: Sequence[str]) -> float:
    """ROUGE-Lsum, F-measure: for each true line the union of its longest common subsequences with all lines read."""
    got = [words for line in lines if (words := _words(line))]
    want = [words for line in truth if (words := _words(line))]
    left, wanted = Counter(word for words in got for word in words), Counter(word for words in want for word in words)
    total, exact, found = left.total() + wanted.total(), {tuple(words) for words in got}, 0
    for words in want:
        hit = range(len(words)) if tuple(words) in exact else _union(words, got)
        for index in hit:
            word = words[index]
            if left[word] > 0 and wanted[word] > 0:
                found, left[word], wanted[word] = found + 1, left[word] - 1, wanted[word] - 1
    return 2 * found / max(1, total)


def _union(words: Sequence[str], lines: Sequence[Sequence[str]]) -> list[int]:
    union: set[int] = set()
    for line in lines:
        union.update(_common(words, line))
    return sorted(union)


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[int]:
    """The places in `one` of a longest common subsequence of both."""
    rows = [[0] * (len(other) + 1)]
    for word in one:
        above, row = rows[-1], [0]
        for index, candidate in enumerate(other):
            row.append(above[index] + 1 if word == candidate else max(above[index + 1], row[index]))
        rows.append(row)
    left, right = len(one), len(other)
    while left and right:
        if one[left - 1] == other[right - 1]:
            left, right = left - 1, right - 1
            yield left
        elif rows[left - 1][right] >= rows[left][right - 1]:
            left -= 1
        else:
            right -= 1


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class Reading:
    """The ways in which copydesk reads pages of sites it has learned from some pages each."""

    def __init__(self, learned_from: int, sites: Sequence[int]) -> None:
        self._known = {_domain(site): _known(site, learned_from) for site in sites}

    def read(self, page: Page) -> Extract:
        """A page by its site's profile, or without where that does not fit."""
        return take(page, known=self._known[page.url.split("/")[2]]).extract


def _known(site: int, learned_from: int) -> Known:
    pages = [told.page for told in site_pages(site, learned_from + TESTED)[:learned_from]]
    return Known(_domain(site), 1, learn(pages, _domain(site)).to_json())


def _domain(site: int) -> str:
    return f"site-{site}.example"


def lines_of_table(sites: Sequence[int]) -> Iterator[Line]:
    """Every way over the same pages, then over the pages of rebuilt sites."""
    most = max(LEARNED_FROM)
    tested = [told for site in sites for told in site_pages(site, most + TESTED)[most:]]
    rebuilt = [told for site in sites if is_rebuilt(site) for told in rebuilt_pages(site, TESTED)]
    for told in tested[::5]:  # rules and models are loaded before anything is timed
        _ = trafilatura(told.page), clean(extract(told.page))
    for pages, where in ((tested, ""), (rebuilt, ", after the site was rebuilt")):
        first = measure(trafilatura, pages, 0, f"trafilatura{where}")
        yield first
        yield measure(extract, pages, first.reading, f"copydesk without profile{where}")
        for count in LEARNED_FROM:
            what = f"copydesk with a profile of {count} pages{where}"
            yield measure(Reading(count, sites).read, pages, first.reading, what)


@click.command()
@click.option("--sites", type=click.IntRange(1, SITES), default=SITES, show_default=True, help="How many sites.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a way.")
def main(sites: int, as_json: bool) -> None:
    """Print how right and how fast each way reads the pages of made-up sites."""
    lines = list(lines_of_table(range(sites)))
    if as_json:
        for line in lines:
            print_json(asdict(line))
        return
    columns = ("what", "pages", "F1", "ROUGE-Lsum", "hit rate", "ms reading", "of trafilatura", "ms cleaning")
    print_table(columns, [tuple(asdict(line).values()) for line in lines])


if __name__ == "__main__":
    main()
