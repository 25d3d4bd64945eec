"""`copydesk try`: what would become of one page, shown and not stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.style import Style
from rich.text import Text

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.cli.asking import asking
from copydesk.cli.extract import is_readable
from copydesk.cli.output import print_json
from copydesk.cli.wording import words_that_spoke
from copydesk.database import connect, transaction
from copydesk.edit import Edited, domain_of, page_of, record
from copydesk.errors import DatabaseError, PageError, UsageError
from copydesk.models import NAVIGATION, OUTSIDE, Article, Block, Metadata, Page, Reason, Removal
from copydesk.profiles.files import read_folder
from copydesk.profiles.known import Known, Observed, reader_of, take
from copydesk.profiles.store import trusted
from copydesk.settings import Settings
from copydesk.walls import Term, judged

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trial:
    """An edited page, the profile of its site and what the page showed of it, and the seconds that each stage took.

    `terms` are what it says of its use, `wall` says why ingestion would refuse it.
    """

    edited: Edited
    known: Known | None
    observed: tuple[Observed, ...]
    seconds: dict[str, float]
    terms: tuple[Term, ...] = ()
    wall: PageError | None = None


@click.command("try")
@click.argument("page")
@click.option("--url", default="", help="Where a file is from; makes its links absolute.")
@click.option("--no-profile", "without", is_flag=True, help="Read the page as if nothing were known of its site.")
@click.option("--profiles", type=click.Path(path_type=Path), help="A folder of profiles instead of the database's.")
@click.option("--database", metavar="DSN", help="Instead of COPYDESK_DATABASE; its trusted site profiles are used.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def try_page(  # noqa: PLR0917 - click passes by name
    page: str, url: str, without: bool, profiles: Path | None, database: str | None, as_json: bool
) -> None:
    """Show what would be kept of PAGE, and what removed.

    PAGE is a URL, which is fetched, or a file of HTML; nothing is stored. Blocks stand in the page's order; removed
    ones are marked with their label and the rule that took them. Where a database is configured, the site is asked
    and the page is read as ingestion would: in turn, by what an operator set, by the site's profile. The times are
    those of a process's first page of its script, whose rules are compiled on the way.
    """
    if not is_readable(url):
        raise UsageError(f"--url {url} is no URL")
    settings = Settings.from_environment()
    settings = replace(settings, database=database or settings.database)
    dsn = "" if without or profiles else settings.database
    folder = None if without else profiles
    look_up = (lambda site: read_folder(folder).get(site)) if folder else (lambda site: _stored(dsn, site))
    try:
        trial = _trial(lambda: _fetched(page, settings) if "://" in page else _opened(Path(page), url), look_up)
    except PageError as error:
        if error.url and error.reason is not Reason.WRONG_TYPE:
            raise
        raise UsageError(f"{page}: {error.detail}") from error
    if as_json:
        print_json(_record(trial))
    else:
        _show(trial)


def _trial(get: Callable[[], Page], look_up: Callable[[str], Known | None]) -> Trial:
    from copydesk.pipeline.make import warm  # noqa: PLC0415 - the other commands start without the pipeline

    warm()  # else the first page's times would be those of loading rules and models
    clock = _Clock()
    fetched = clock.time("fetch", get)
    domain = domain_of(fetched.final_url)
    known = clock.time("profile", lambda: _ready(look_up(domain)))
    taken = clock.time("extract", lambda: take(fetched, None, known))
    article = clock.time("clean", lambda: clean(taken.extract))
    terms, wall = clock.time("walls", lambda: _judged(fetched, article))
    attribution = clock.time("attribute", lambda: attribute(taken.extract, domain))
    return Trial(Edited(article, attribution), known, taken.observed, clock.seconds, terms, wall)


def _judged(page: Page, article: Article) -> tuple[tuple[Term, ...], PageError | None]:
    """What the page says of its use; or why ingestion would refuse it, though something could be read in it."""
    try:
        return judged(page, article), None
    except PageError as error:
        return (), error


class _Clock:
    """Times stages, each by its name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = work()
        self.seconds[stage] = time.perf_counter() - started
        return done


def _ready(known: Known | None) -> Known | None:
    """The same, its reader made: a worker keeps that for the site's next pages."""
    if known is not None:
        reader_of(known)
    return known


def _stored(dsn: str, site: str) -> Known | None:
    """The profile in use of a site; a database that does not answer is told of and done without."""
    if not dsn or not site:
        return None
    try:
        with connect(dsn) as connection, transaction(connection):
            return trusted(connection, [site]).get(site)
    except DatabaseError as error:
        click.echo(f"copydesk: read without a site profile: {error}", err=True)
        return None


def _fetched(url: str, settings: Settings) -> Page:
    async def fetch() -> Page:
        async with asking(settings) as fetcher:
            return await fetcher.page(url)

    return asyncio.run(fetch())


def _opened(path: Path, url: str) -> Page:
    try:
        return page_of(path.read_bytes(), url)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a URL or a file of HTML") from error


def _record(trial: Trial) -> dict[str, object]:
    metadata, wall = trial.edited.article.metadata, trial.wall
    return {
        **record(trial.edited, lambda removal: words_that_spoke(removal, trial.edited.article)),
        "refused": {"outcome": wall.outcome, "reason": wall.reason, "detail": wall.detail} if wall else None,
        "terms": {one.term: one.evidence for one in trial.terms},
        "metadata": {name: {"value": value, "source": source} for name, value, source in _fields(metadata)},
        "profile": _profile_record(trial),
        "milliseconds": {stage: round(1000 * seconds, 1) for stage, seconds in trial.seconds.items()},
    }


def _profile_record(trial: Trial) -> dict[str, object] | None:
    if trial.known is None:
        return None
    hit = next((one for one in trial.observed if one.record.hits), None)
    return {
        "site": trial.known.domain,
        "version": trial.known.version,
        "template": hit.template if hit else None,
        "judged": bool(hit and hit.record.judged),
        "used": trial.edited.article.reading == "profile",
    }


def _profile_sentence(trial: Trial) -> str:
    """Whether and how the site's profile was used."""
    told = _profile_record(trial)
    if told is None:
        return f"none; read {_READ.get(trial.edited.article.reading, 'without')}"
    name = f"version {told['version']} of {told['site']}"
    if not told["template"]:
        return f"{name} does not fit this page; read without"
    if not told["judged"]:
        return f"{name}, template {told['template']}"
    verdict = "agrees" if told["used"] else "differs and is believed"
    return f"{name}, template {told['template']}; of the sample that is also read without, which {verdict}"


_READ = {
    "page": "by the model of the body",
    "trafilatura": "by trafilatura, as the model of the body was unsure",
    "json-ld": "from the page's JSON-LD",
    "script": "from the data of the page's scripts",
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
    console.print(Text.assemble(("agency        ", "bold"), agency, (f"  {attribution.evidence or ''}", "dim")))
    for one in trial.terms:
        console.print(Text.assemble(("says of itself", "bold"), f" {one.term}", (f"  [{one.evidence}]", "dim")))
    console.print(Text.assemble(("profile       ", "bold"), _profile_sentence(trial)), "")
    if trial.wall:
        console.print(Text(f"not loaded: {trial.wall.outcome}, {trial.wall.reason}: {trial.wall.detail}", "red"), "")
    for block in _in_order(article):
        console.print(_line(block, article), "")
    stages = ", ".join(f"{stage} {1000 * seconds:.1f} ms" for stage, seconds in trial.seconds.items())
    console.print(Text(f"{len(article.blocks)} blocks kept, {len(article.removals)} removed; {stages}", "dim"))


def _in_order(article: Article) -> list[Block | Removal]:
    blocks: list[Block | Removal] = [*article.blocks, *article.removals]
    return sorted(blocks, key=lambda block: block.position)


def _line(block: Block | Removal, article: Article) -> Text:
    if isinstance(block, Block):
        return Text(block.text)
    text = block.text.replace("\n", " | ") if block.rule in (NAVIGATION, OUTSIDE) else block.text
    words = ", ".join(words_that_spoke(block, article))
    why = f"{block.rule}: {words}" if words else block.rule
    return Text.assemble((f"- [{block.label}, {why}] ", "red"), (text, Style(dim=True)))
