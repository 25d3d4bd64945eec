"""Whether a page is a wall, and which. Pure: told what the page shows and what was read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from copydesk.folding import fold
from copydesk.models import Article, Block, Outcome, Reason, Removal
from copydesk.walls.phrases import found, phrases
from copydesk.walls.signs import Signs

# Visible characters of a whole page up to which it may be one of these and nothing else.
BOT_WALL_CHARS: Final = 2_000
BARE_CHARS: Final = 300
GEO_BLOCK_CHARS: Final = 1_000
GEO_BLOCK_REST_CHARS: Final = 150  # of the body, beside the paragraphs that say so
LOGIN_CHARS: Final = 2_000
CONSENT_CHARS: Final = 8_000
# Not found pages show the site's menu and newest stories around their sentence, so their own text is what counts.
NOT_FOUND_BODY_CHARS: Final = 600
CONSENT_PHRASES: Final = 2
BARE_PAGE_CHARS: Final = max(BOT_WALL_CHARS, GEO_BLOCK_CHARS, LOGIN_CHARS)
# An open part that is shorter is a teaser and no article. Letters of Chinese, Japanese and Korean count more.
OPEN_PART_CHARS: Final = 700
DENSE_WEIGHT: Final = 2.5
_DENSE: Final = re.compile("[\u3040-\u9fff\uac00-\ud7af]+")
PROMPT_CHARS: Final = 250
PROMPT_BLOCKS: Final = 6  # behind the body's last block


@dataclass(frozen=True, slots=True)
class Wall:
    """What came instead of an article, for the books; `detail` says by which signs."""

    outcome: Outcome
    reason: Reason
    detail: str


def wall_of(signs: Signs, body: str) -> Wall | None:
    """The wall that a page is, None for any other page. `body` is what was read as its article's text.

    Pages that their own metadata call an article are none of these, whatever they say.
    """
    if signs.claims_article:
        return None
    checks = (_bot_wall, _geo_block, _login, _consent, _not_found)
    return next((wall for check in checks if (wall := check(signs, body))), None)


def may_be_wall(article: Article) -> bool:
    """Whether `wall_of` may find one behind an article that is no teaser, by the texts that were read of its page.

    Those are all that it shows, and they are at hand: the signs cost a second parse.
    """
    shown: list[Block | Removal] = [*article.blocks, *article.removals]
    texts = [one.text for one in shown]
    characters = sum(map(len, texts))
    if not BARE_PAGE_CHARS < characters <= CONSENT_CHARS:
        return characters <= BARE_PAGE_CHARS
    return len(found("consent", "sentences", fold(" ".join(texts)))) >= CONSENT_PHRASES


def paywall_of(signs: Signs | None, article: Article) -> str | None:
    """By what a page shows that its article is not free as a whole, in a few words; None if nothing says so.

    Without signs by the article's surroundings alone.
    """
    if signs and signs.free is False:
        return "JSON-LD says isAccessibleForFree: false"
    prompt = next(_prompts(article), None)
    return f"its text is followed by {prompt!r}" if prompt else None


def is_teaser(body: str) -> bool:
    """Whether a text is too short to be more than the open beginning of an article."""
    return weight(body) < OPEN_PART_CHARS


def weight(text: str) -> float:
    """Characters, those of scripts with a syllable or a word a letter counted more."""
    return len(text) + (DENSE_WEIGHT - 1) * sum(map(len, _DENSE.findall(text)))


def _bot_wall(signs: Signs, _: str) -> Wall | None:
    if signs.characters > BOT_WALL_CHARS:
        return None
    title = signs.titles & phrases("bot-wall", "titles")
    said = found("bot-wall", "sentences", signs.text)
    maker = signs.test and (title or said or signs.characters < BARE_CHARS)
    other = (title and (said or signs.widget or signs.refreshes)) or (said and signs.widget)
    if not (maker or other):
        return None
    by = [*title, *said] or ["a script of a test and no text"]
    return _refused(Reason.BOT_WALL, "the page tests whether we are a person", by)


def _geo_block(signs: Signs, body: str) -> Wall | None:
    said = found("geo-block", "sentences", signs.text)
    if not said or signs.characters > GEO_BLOCK_CHARS:
        return None
    if (
        sum(weight(part) for part in body.split("\n\n") if not found("geo-block", "sentences", fold(part)))
        > GEO_BLOCK_REST_CHARS
    ):
        return None
    return _refused(Reason.GEO_BLOCK, "the page is not shown here", [*said])


def _login(signs: Signs, _: str) -> Wall | None:
    title = signs.titles & phrases("login", "titles")
    if not (title and signs.password) or signs.characters > LOGIN_CHARS:
        return None
    return _refused(Reason.LOGIN, "the page is a login form", [*title])


def _consent(signs: Signs, _: str) -> Wall | None:
    title = signs.titles & phrases("consent", "titles")
    said = found("consent", "sentences", signs.text)
    if not (title or signs.consent_form) or len(said) < CONSENT_PHRASES or signs.characters > CONSENT_CHARS:
        return None
    return _refused(Reason.CONSENT, "the page asks for consent", [*title, *said])


def _not_found(signs: Signs, body: str) -> Wall | None:
    title = signs.titles & phrases("soft-not-found", "titles")
    said = found("soft-not-found", "sentences", signs.text)
    if not (title and said) or weight(body) > NOT_FOUND_BODY_CHARS:
        return None
    detail = f"the page says that it is not there: {_quoted([*title, *said])}"
    return Wall(Outcome.GONE, Reason.SOFT_NOT_FOUND, detail)


def _prompts(article: Article) -> Iterator[str]:
    """The short blocks in or right behind the body that say that the rest of it is for subscribers."""
    kept = [block.position for block in article.blocks]
    if not kept:
        return
    everything: list[Block | Removal] = [*article.blocks, *article.removals]
    around = {one.position: one.text for one in everything}
    after = [position for position in sorted(around) if position > kept[-1]][:PROMPT_BLOCKS]
    for position in [*(each for each in sorted(around) if kept[0] < each <= kept[-1]), *after]:
        text = around[position]
        if len(text) <= PROMPT_CHARS and _is_prompt(fold(text)):
            yield " ".join(text.split())[:80]


def _is_prompt(text: str) -> bool:
    return text.strip(" .:!") in phrases("paywall", "labels") or bool(found("paywall", "sentences", text))


def _refused(reason: Reason, what: str, by: list[str]) -> Wall:
    return Wall(Outcome.REFUSED, reason, f"{what}: {_quoted(by)}")


def _quoted(by: list[str]) -> str:
    return ", ".join(repr(phrase) for phrase in sorted(by)[:3])
