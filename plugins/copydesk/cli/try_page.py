"""`copydesk try`: what would become of one page, shown and not stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import click
from rich.console import Console
from rich.style import Style
from rich.text import Text

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.cli.output import print_json
from copydesk.edit import Edited, domain_of, page_of, record
from copydesk.errors import UsageError
from copydesk.extract import extract
from copydesk.models import NAVIGATION, OUTSIDE, Article, Block, Metadata, Page, Removal
from copydesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Trial:
    """An edited page and the seconds that each stage took."""

    edited: Edited
    seconds: dict[str, float]


@click.command("try")
@click.argument("page")
@click.option("--url", default="", help="Where a file is from; makes its links absolute.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def try_page(page: str, url: str, *, as_json: bool) -> None:
    """Fetch PAGE (a URL, or a file of HTML) and show what would be kept and what removed. Stores nothing.

    Blocks stand in the page's order; removed ones are marked with their label and the rule that took them.
    """
    trial = _trial(page, url)
    if as_json:
        print_json(_record(trial))
    else:
        _show(trial)


def _trial(page: str, url: str) -> Trial:
    started = time.perf_counter()
    fetched = _fetched(page) if "://" in page else _opened(Path(page), url)
    read = time.perf_counter()
    found = extract(fetched)
    extracted = time.perf_counter()
    article = clean(found)
    cleaned = time.perf_counter()
    edited = Edited(article, attribute(found, domain_of(fetched.final_url)))
    attributed = time.perf_counter()
    marks = (started, read, extracted, cleaned, attributed)
    stages = ("fetch", "extract", "clean", "attribute")
    return Trial(edited, {stage: end - start for stage, start, end in zip(stages, marks, marks[1:], strict=False)})


def _fetched(url: str) -> Page:
    from copydesk.fetch import Fetcher  # noqa: PLC0415 - a file needs no HTTP client

    async def fetch() -> Page:
        async with Fetcher(Settings.from_environment()) as fetcher:
            page = await fetcher.fetch(url)
        if not isinstance(page, Page):
            raise UsageError(f"{url} answered that it has not changed, though nothing was asked of the kind")
        return page

    return asyncio.run(fetch())


def _opened(path: Path, url: str) -> Page:
    try:
        return page_of(path.read_bytes(), url)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a URL or a file of HTML") from error


def _record(trial: Trial) -> dict[str, object]:
    metadata = trial.edited.article.metadata
    return {
        **record(trial.edited),
        "metadata": {name: {"value": value, "source": source} for name, value, source in _fields(metadata)},
        "milliseconds": {stage: round(1000 * seconds, 1) for stage, seconds in trial.seconds.items()},
    }


def _fields(metadata: Metadata) -> Iterator[tuple[str, object, str | None]]:
    """Name, value and source of each field of the metadata that is filled."""
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if value and field.name != "sources":
            source = metadata.sources.get(field.name)
            yield field.name, value, source.value if source else None


def _show(trial: Trial) -> None:
    article, attribution = trial.edited.article, trial.edited.attribution
    console = Console(highlight=False, soft_wrap=True)
    for name, value, source in _fields(article.metadata):
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        console.print(Text.assemble((f"{name:<14}", "bold"), shown, (f"  [{source or '-'}]", "dim")))
    agency = f"{attribution.agency or '-'} ({attribution.method}, {attribution.confidence:.2f})"
    console.print(Text.assemble(("agency        ", "bold"), agency, (f"  {attribution.evidence or ''}", "dim")), "")
    for block in _in_order(article):
        console.print(_line(block), "")
    stages = ", ".join(f"{stage} {1000 * seconds:.1f} ms" for stage, seconds in trial.seconds.items())
    console.print(Text(f"{len(article.blocks)} blocks kept, {len(article.removals)} removed; {stages}", "dim"))


def _in_order(article: Article) -> list[Block | Removal]:
    blocks: list[Block | Removal] = [*article.blocks, *article.removals]
    return sorted(blocks, key=lambda block: block.position)


def _line(block: Block | Removal) -> Text:
    if isinstance(block, Block):
        return Text(block.text)
    text = block.text.replace("\n", " | ") if block.rule in (NAVIGATION, OUTSIDE) else block.text
    return Text.assemble((f"- [{block.label}, {block.rule}] ", "red"), (text, Style(dim=True)))
