"""Author lines to the names of who wrote: no "By", no roles, no agencies, no dates, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from copydesk.attribute.agencies import agencies
from copydesk.extract.metadata.openings import BY, OTHERS, may_open
from copydesk.extract.metadata.parts import is_picture_credit, marked_parts
from copydesk.extract.metadata.reporters import at_joined_and, reporters
from copydesk.extract.metadata.roles import ACCOUNT, DESK, DESK_ABROAD, HOUSE, JOB, PLAIN, RANK, ROLE, STRAY, is_account
from copydesk.folding import fold

MAX_LINES: Final = 100
MIN_NAME_CHARS: Final = 2  # Chinese names have two letters
MAX_NAME_CHARS: Final = 60
MAX_NAME_WORDS: Final = 6
MAX_PERSONS: Final = 30
MAX_PEN_NAME_WORDS: Final = 3
MAX_SIGNER_WORDS: Final = 8
MAX_CUT_WORDS: Final = 2  # of which a single one is left as the name: "Ana (editor)", not "Human in the Loop"

# What stands behind a name and a comma: "à Istanbul".
_WHERE: Final = re.compile(r"(?:à|em|en|in|aus|from|desde|из|de(?=\s[A-ZÀ-Þ][\w-]+\Z))\s")
_SPLIT: Final = re.compile(
    r"\s*(?:[;|/•⋅●‧∙◆■✦→»、丨\n\t]|(?<![\u30a0-\u9fff])[·・]|[·・](?![\u30a0-\u9fff])|\s&\s|\s[–—-]{1,2}\s|"
    r"\s(?:and|und|et|y|e|en|og|och|i|и|та|ve|και|dan|و|with|mit|avec|con|com)\s)\s*",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r"\s*[,，،](?!\s*(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii)\b(?!\.?\s\w))\s*", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r"\s*(?:\([^()]{0,80}\)?|\[.{0,80}\]?|(?<=\w)\s(?:for|in|from|aus|à|desde|dari|для|at|on|is|was|has|updated|"
    r"published|posted|"
    r"last|view|read|follow|share)(?:\s.*)?|(?<=\S)\s+\d.*|,.*|(?<=\S)[\s,]+(?:ph\.?d|m\.?d|mph|r\.?d|r\.?n|esq|mba|"
    r"cpa|cfa|cfp|"
    r"dds|dvm|dnp|lcsw|cpp)\b\.?®?.*)$",
    re.IGNORECASE,
)
_APART_FROM: Final = re.compile(r",|\s[/–-]\s|\sen\s")  # what a name's place or paper stands behind
_UNSPACED: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")  # scripts whose names have no space in them
_NOT_WRITING: Final = re.compile(
    r"\((?:photos?|fotos?|bilder|images?|illustrations?|фото|تصوير|صور)\)|^\s*«", re.IGNORECASE
)
_APART: Final = re.compile(r"\s*(?:,|\().*$")
_UNSIGNED: Final = re.compile(rf"https?:|www\.|[@<>{{}}=?!:：]|\d{{4}}|{DESK_ABROAD}", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"https?:|www\.|@|[\d<>{}=_#*%$+?!®™:]|\.(?:com|org|net|de|fr|ru|co)\b|©",
    re.IGNORECASE,
)
_REPORTER_SUFFIX: Final = re.compile(r"\s*(?:기자|記者|记者|특파원|논설위원)$")
_DASHED: Final = re.compile(r"\s[—–-]{1,2}\s.*$")  # behind a name: where it was written, or what its bearer does
_EDGES: Final = " .,:：;-–—|/\"'’“”()[]«»‹›→>+•·"
_PARTICLES: Final = frozenset(
    (
        "al",
        "bin",
        "ibn",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "y",
        "e",
    )
)
_COMMENTS: Final = re.compile(
    r"(?:\d+|no)\s(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties?|responses?)\b",
    re.IGNORECASE,
)
_LINKING: Final = frozenset(("of", "in", "on", "at", "for", "to", "with", "and", "or", "from", "the"))  # begin no name
# Before a name of at least two words.
_HONORIFIC: Final = re.compile(
    r"(?:(?:prof(?:essor(?:in)?)?|sir|dame|rev|reverend|mr|mrs|ms)\b\.?\s+)+"
    r"(?=[^\W\d_][\w.'’-]*\s+[^\W\d_])",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"([a-z]{2,})[._]([a-z]{2,})@[\w.-]+", re.IGNORECASE)
_RUN_TOGETHER: Final = re.compile(r"[a-z]{5}[A-Z][a-z]{2}")  # "Wedding ChecklistsJust EngagedWedding Planning"
_LETTER: Final = re.compile(r"[^\W\d_]")
_WHOLE: Final = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}[^\W\d_][\w.'’-]*\Z")
_PARENTHESIS: Final = re.compile(r"\s\([^()]{2,40}\)")
_CREDENTIAL: Final = re.compile(r"[A-Z][a-z]{0,2}[A-Z.-]{1,6}\Z")
_FAMILY_FIRST: Final = re.compile(r"([^\W\d_][\w'’-]+),\s+((?:[^\W\d_][\w'’.-]*\s?){1,3})\Z")


def persons(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons that author lines name, each once, in order."""
    found: dict[str, str] = {}
    for line in islice(lines, MAX_LINES):
        for name in _persons(line):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_PERSONS]


def pen_names(lines: Iterable[str]) -> tuple[str, ...]:
    """The names that author lines give where they name no person: what people call themselves (`aawoods`)."""
    parts = [part for line in islice(lines, MAX_LINES) for part in _parts(line)]
    names = [(part, _BEHIND.sub("", part).strip(_EDGES)) for part in parts]
    fitting = (name for part, name in names if _is_pen_name(name) and not _is_torn(name, part))
    return tuple(dict.fromkeys(fitting))[:MAX_PERSONS]


def signers(lines: Iterable[str]) -> tuple[str, ...]:
    """The first team or organisation that signs: "Lune Labs Team". A bare desk ("Staff") and an agency are none."""
    for line in islice(lines, MAX_LINES):
        for part in _by_parts(line):
            name = _APART.sub("", part).strip(_EDGES)
            if _is_signer(name):
                return (name,)
    return ()


def desks(lines: Iterable[str]) -> tuple[str, ...]:
    """The first desk that signs by no name of its own: "News Desk". Accounts and roles are none."""
    for line in islice(lines, MAX_LINES):
        for part in _by_parts(line):
            name = _APART.sub("", part).strip(_EDGES)
            words = name.split()
            if (
                words
                and len(words) <= MAX_SIGNER_WORDS
                and all(map(DESK.fullmatch, words))
                and not ACCOUNT.search(name)
            ):
                return (name,)
    return ()


def given_first(name: str) -> str:
    """`Roe, Ana` as `Ana Roe`: catalogues write the family name first. Anything else stays as it is."""
    found = _FAMILY_FIRST.match(name.strip())
    return f"{found[2].strip()} {found[1]}" if found and not ROLE.search(name) else name


def says_by(line: str) -> bool:
    """Whether a line, or one of its parts, begins with "By" or the like and a name behind it."""
    if not may_open(line):
        return False
    return bool(reporters(line)) or any(map(BY.match, marked_parts(line)))


def whole_names(line: str) -> tuple[str, ...]:
    """The names of several words that a line consists of, beside dates and roles; of scripts with capital letters."""
    marked = tuple(map(_without_place, marked_parts(line)))
    if any("/" in part for part in marked):  # a picture's credit
        return ()
    parts = [_BEHIND.sub("", part) for listed in map(_listed, marked) for part in listed]
    words = [part for part in parts if not _CREDENTIAL.match(part.strip()) and not PLAIN.fullmatch(part.strip(_EDGES))]
    whole = [part for part in words if _is_whole(_PARENTHESIS.sub("", part).strip())]
    names = [name for part in whole if (name := _name(part)) and " " in name]
    return tuple(names) if sum(map(len, whole)) * 2 > sum(map(len, words)) else ()


def _without_place(part: str) -> str:
    """A name without the one word behind a slash that is its place or paper; agencies and archives are of pictures."""
    pieces = re.split(r"\s?/\s?", part)
    single = [piece for piece in pieces if " " not in piece]
    if len(pieces) != 2 or len(single) != 1 or ROLE.search(part) or is_picture_credit(part):  # noqa: PLR2004 - sides
        return part
    return next(piece for piece in pieces if " " in piece)


def _is_whole(part: str) -> bool:
    return _WHOLE.match(part) is not None and all(
        word[0].isupper() for word in part.split() if word.lower() not in _PARTICLES
    )


@lru_cache(maxsize=512)
def _persons(line: str) -> tuple[str, ...]:
    """The names in one line; beside a name of several words a single one is a role or a place."""
    line = _of_address(line)
    if named := reporters(line):
        return tuple(named)
    names = [name for part in _parts(line) if (name := _name(part))]
    if any(" " in name for name in names) and _APART_FROM.search(line):
        names = [name for name in names if " " in name or _UNSPACED.match(name)]
    return tuple(names)


def _is_pen_name(name: str) -> bool:
    fitting = MIN_NAME_CHARS < len(name) <= MAX_NAME_CHARS and len(name.split()) <= MAX_PEN_NAME_WORDS
    spelled = 2 * sum(map(str.isalpha, name)) > len(name) and name.split(maxsplit=1)[0] not in _LINKING
    return fitting and spelled and not ROLE.search(name) and not re.search(r"https?:|www\.|[@<>{}=/:]|\d{4}", name)


def _is_signer(name: str) -> bool:
    fitting = MIN_NAME_CHARS < len(name) <= MAX_NAME_CHARS and len(name.split()) <= MAX_SIGNER_WORDS
    if not fitting or 2 * sum(map(str.isalpha, name)) < len(name) or _UNSIGNED.search(name) or is_account(name):
        return False
    own = [word for word in re.findall(r"[^\W_][\w'’.-]*", name) if not DESK.fullmatch(word)]
    is_agency = any(agencies().named(fold(text)) for text in (name, " ".join(own)))
    return bool(own) and not is_agency and not any(map(str.islower, own))


def _by_parts(line: str) -> Iterator[str]:
    """What can be names: of a line with "by", only what stands behind it.

    Where the line counts comments too, what stands between is the section.
    """
    parts = marked_parts(line)
    by = next((index for index, part in enumerate(parts) if BY.match(part)), None)
    start = by or 0
    end = start + 1 if by is not None and any(map(_COMMENTS.match, parts[start:])) else len(parts)
    for part in parts[start:end]:
        name = OTHERS.sub("", BY.sub("", part, count=1))
        yield _DASHED.sub("", name) if BY.match(part) else name


def _parts(line: str) -> list[str]:
    return [piece for part in _by_parts(line) for piece in _listed(part)]


def _listed(part: str) -> Iterator[str]:
    """What stands between commas, "and" and the like; behind a role, what follows a comma is where it is held."""
    for whole in (piece for piece in _SPLIT.split(part) for piece in at_joined_and(piece)):
        pieces = _COMMA.split(whole)
        role = next((index for index, piece in enumerate(pieces) if index and ROLE.search(piece)), len(pieces))
        yield from (piece for index, piece in enumerate(pieces[:role]) if not index or not _WHERE.match(piece))


def _of_address(line: str) -> str:
    """`ana.roe@post.example` as Ana Roe: some accounts have no other name."""
    found = _ADDRESS.fullmatch(line)
    return f"{found[1]} {found[2]}".title() if found else line


def _name(part: str) -> str | None:
    if _NOT_WRITING.search(part):
        return None
    name = _REPORTER_SUFFIX.sub("", BY.sub("", part.strip(), count=1))
    name = _BEHIND.sub("", name).strip(_EDGES)
    words = _without_role(_HONORIFIC.sub("", name).split())
    name = " ".join(words)
    if not words or len(words) > MAX_NAME_WORDS or not MIN_NAME_CHARS <= len(name) <= MAX_NAME_CHARS:
        return None
    if (
        _NO_NAME.search(name)
        or ROLE.search(name)
        or STRAY.search(name)
        or not _LETTER.search(name)
        or _RUN_TOGETHER.search(name)
        or PLAIN.fullmatch(name)
    ):
        return None
    if _is_torn(name, part):
        return None
    is_bare = len(words) == 1 and _CREDENTIAL.match(name) is not None
    if words[0] in _LINKING or (words[-1].isascii() and words[-1].islower()) or is_bare:
        return None
    return _cased(words)


def _is_torn(name: str, part: str) -> bool:
    """Whether a single word is what is left of more: of "Human in the Loop"."""
    return " " not in name and name.isascii() and len(part.split()) > MAX_CUT_WORDS


def _without_role(words: list[str]) -> list[str]:
    """A name of at least two words without the role that is written behind it."""
    for index in range(2, len(words)):
        is_role = RANK.fullmatch(words[index]) or (JOB.fullmatch(words[index]) and not _is_qualified(words[:index]))
        if is_role and not any(map(HOUSE.fullmatch, words[index:])):
            return words[:index]
        if words[index][0].isupper() and agencies().named(fold(" ".join(words[index:]))):
            return words[:index]
    return words


def _is_qualified(words: list[str]) -> bool:
    """Whether a role begins before its noun: in "Chief Political Correspondent"."""
    return any(RANK.fullmatch(word) or HOUSE.fullmatch(word) for word in words)


def _cased(words: list[str]) -> str:
    """JANE DOE is Jane Doe; what is written in mixed case stays."""
    name = " ".join(words)
    if name.isupper() and name.isascii() and len(words) > 1:
        return " ".join(word.lower() if word.lower() in _PARTICLES else word.title() for word in words)
    return name
