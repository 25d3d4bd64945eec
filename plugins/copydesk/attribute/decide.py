"""Weigh a page's evidence: the strongest sign decides, the earlier one on a tie. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.attribute.agencies import agencies
from copydesk.attribute.evidence import (
    Evidence,
    author,
    contribution,
    dateline,
    ending,
    mention,
    name_alone,
    place_line,
    source_line,
)
from copydesk.models import NAVIGATION, OUTSIDE, Attribution, Block, Extract, Label, Removal

HEAD_BLOCKS = 8
TAIL_BLOCKS = 10
CAPTION_CHARS = 120
PROSE_CHARS = 80
MENTION_CONFIDENCE = 0.2
OWN_SITE_CONFIDENCE = 0.9
_RUNS = frozenset({NAVIGATION, OUTSIDE})  # menus and the like, many blocks in one
_PHOTO_LABELS = frozenset({Label.CAPTION, Label.CREDIT})

Piece = Block | Removal


def attribute(extract: Extract, domain: str) -> Attribution:
    """Who wrote `extract` and who published it; `domain` is the registrable domain of the page.

    Blocks that the extraction left out are read too: an agency's line is often among them.
    """
    publisher = extract.metadata.site_name or domain
    signs = list(_signs(extract))
    best = max(signs, key=lambda sign: sign.confidence, default=None)
    if best is not None:
        return Attribution(best.agency, publisher, best.method, best.quote, best.confidence)
    own = agencies().of_domain(domain)
    if own is not None:
        return Attribution(own, publisher, "own-site", domain, OWN_SITE_CONFIDENCE)
    quoted = next(filter(None, (mention(block.text) for block in extract.blocks)), None)
    if quoted is not None:
        return Attribution(None, publisher, "mention", quoted, MENTION_CONFIDENCE)
    return Attribution(None, publisher, "none", None, 0.0)


def _signs(extract: Extract) -> Iterator[Evidence]:
    pieces: list[Piece] = [*extract.blocks, *(one for one in extract.removals if one.rule not in _RUNS)]
    pieces.sort(key=lambda piece: piece.position)
    written = [piece for piece in pieces if piece.label not in _PHOTO_LABELS]
    prose = [index for index, piece in enumerate(written) if _is_prose(piece)]
    first, last = (prose[0], prose[-1]) if prose else (len(written), -1)
    found = [
        *map(author, (*extract.bylines, *extract.metadata.authors)),
        *(dateline(piece.text) for piece in written[: first + HEAD_BLOCKS]),
        *_head_lines(written[: min(first, HEAD_BLOCKS)]),
        *(ending(piece.text) for piece in written[max(last, 0) : last + TAIL_BLOCKS]),
        *_tail_lines(written[last + 1 : last + 1 + TAIL_BLOCKS]),
        *(contribution(piece.text) for piece in written[-TAIL_BLOCKS:]),
    ]
    return (sign for sign in found if sign is not None)


def _is_prose(piece: Piece) -> bool:
    """A paragraph of the body. A cookie notice that was left out or a line of copyright is no end of the text."""
    return isinstance(piece, Block) and len(piece.text) >= PROSE_CHARS and "©" not in piece.text


def _head_lines(lines: Sequence[Piece]) -> Iterator[Evidence | None]:
    """Lines before the text. A bare name may be the lead photo's credit: it counts where no caption precedes it."""
    for index, piece in enumerate(lines):
        yield source_line(piece.text)
        yield author(piece.text) if _is_byline(piece) else None
        if index == 0 or len(lines[index - 1].text) > CAPTION_CHARS:
            yield place_line(piece.text)
            alone = name_alone(piece.text)
            yield alone and Evidence(alone.agency, alone.method, alone.quote, 0.6)


def _tail_lines(lines: Sequence[Piece]) -> Iterator[Evidence | None]:
    for piece in lines:
        yield source_line(piece.text)
        yield name_alone(piece.text)


def _is_byline(piece: Piece) -> bool:
    return piece.label is Label.BYLINE or piece.text.casefold().startswith(("by ", "par ", "von ", "por ", "بقلم "))
