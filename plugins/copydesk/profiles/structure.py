"""A page's element tree as pieces of text with their structure: what learning counts and the fast path looks up.

A *signature* is an element's tag with the class tokens and role attributes that are the site's and not the article's:
`div.story-body`, `p`, `div[itemprop=articleBody]`. A *path* is the signatures from the container down, joined by `>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from lxml import etree

from copydesk.extract.blocks import squeeze

Element = Any  # lxml's stubs know _Element only by a private name


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Elements whose text no reader sees.
UNSEEN = _words(
    "script style noscript template svg iframe object embed video audio canvas map head title meta link "
    "select input textarea progress meter source track param area base"
)
INLINE = _words(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr picture q rp rt ruby "
    "s samp small span strike strong sub sup td th time tt u var wbr math mi mn mo mrow mtext msup msub"
)
_MERGED = INLINE - {"br", "td", "th", "img"}  # a picture may have a caption below
MAX_DEPTH = 200  # deeper trees are hostile; their text is left to the reading that falls back
CELLS = frozenset({"td", "th"})
EMPHASIS = frozenset({"b", "strong", "em", "i"})

# Attributes that name an element's role on sites whose classes are all hashes.
ROLE_ATTRIBUTES = ("itemprop", "data-component", "data-testid")

_HASHED_SUFFIX = re.compile(r"^(.{4,}?(?:__|--|_))(?=[A-Za-z0-9_+/-]*[0-9A-Z])[A-Za-z0-9+/_-]{4,8}$")
_NAME = re.compile(r"[\w-]{1,60}\Z")  # tokens with other signs are a style sheet's conditions: md:w-1/2, u-1@desktop
_OWN_NUMBER = re.compile(r"\d{4}")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of text between block boundaries, in `element`.

    `links` and `bold` are the shares of its characters that stand in such elements. `strange` are the characters of
    what should not be in a piece that is a whole subtree.
    """

    path: str
    text: str
    links: float
    bold: float
    element: Element
    strange: int = 0


def plain(text: str) -> str:
    """Text for comparison: lower case, letters and digits, single spaces."""
    return _MARKS.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=16384)
def stable_tokens(class_attribute: str) -> tuple[str, ...]:
    """The class tokens that another article may carry too, sorted; hashed endings of CSS modules are cut off."""
    tokens = {_without_hash(token) for token in class_attribute.split() if _NAME.match(token)}
    return tuple(sorted(token for token in tokens if not _OWN_NUMBER.search(token)))


def _without_hash(token: str) -> str:
    return _HASHED_SUFFIX.sub(r"\1", token) if "_" in token or "--" in token else token


def roles(element: Element) -> tuple[str, ...]:
    """Role attributes as `[name=value]`, without values that carry an article's own number."""
    found = []
    for name in ROLE_ATTRIBUTES:
        value = element.get(name)
        if value and _NAME.match(value) and not _OWN_NUMBER.search(value):
            found.append(f"[{name}={value}]")
    return tuple(found)


def tokens_of(element: Element) -> tuple[str, ...]:
    """Every stable class token (`.name`) and role (`[name=value]`) of an element."""
    named = element.get("class")
    classes = tuple("." + token for token in stable_tokens(named)) if named else ()
    return classes + roles(element)


class Signer:
    """Writes signatures, with only the tokens of a vocabulary if one is given. Remembers what it wrote."""

    def __init__(self, vocabulary: frozenset[str] | None = None) -> None:
        self._vocabulary = vocabulary
        self._known: dict[object, str] = {}
        self._roles = vocabulary is None or any(token.startswith("[") for token in vocabulary)

    def __call__(self, element: Element) -> str:
        """The signature of one element."""
        get = element.get
        key: object = (element.tag, get("class"))
        if self._roles:  # most sites have none, and looking for them takes as long as all the rest
            key = (key, *(get(name) for name in ROLE_ATTRIBUTES))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._write(element)
        return known

    def _write(self, element: Element) -> str:
        tokens = tokens_of(element)
        if self._vocabulary is not None:
            tokens = tuple(token for token in tokens if token in self._vocabulary)
        return str(element.tag) + "".join(tokens)


Prune = Callable[[str], bool]
Strange = Callable[[Element, str], int]
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
LINE = "\0"  # stands for <br> in text; no parser lets it through
_SENTENCE_ENDS = tuple(".!?:…。！？؟۔»”\"')]")


def parse(body: bytes) -> Element | None:
    """The tree of a page in UTF-8, None when there is none."""
    try:
        return cast("Element", etree.fromstring(body, _PARSER))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError):
        return None


def drop_unseen(tree: Element) -> None:
    """Take scripts, styles, closed dialogs and the like out of a tree; the text behind them stays."""
    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    etree.strip_tags(tree, "wbr")  # libxml2 does not know that it is empty
    for dialog in list(tree.iterdescendants("dialog")):
        if dialog.get("open") is None:
            dialog.clear(keep_tail=True)


def pieces(
    root: Element, sign: Callable[[Element], str], prune: Prune | None = None, strange: Strange | None = None
) -> list[Piece]:
    """The pieces of text under `root` in document order. A subtree whose path `prune` asks for becomes one piece.

    `strange` is asked before, if there are paragraphs in it. Expects a tree without unseen elements (`drop_unseen`).
    """
    walk = _Walk(sign, prune or _nothing, strange)
    walk.into(root, "", MAX_DEPTH)
    return walk.found


def _nothing(_path: str) -> bool:
    return False


class _Walk:
    """One walk over a tree, and what it found."""

    def __init__(self, sign: Callable[[Element], str], prune: Prune, strange: Strange | None) -> None:
        self.found: list[Piece] = []
        self._sign = sign
        self._prune = prune
        self._strange = strange

    def into(self, element: Element, path: str, depth: int) -> None:
        run = _Run(element, path, self.found)
        run.text(element.text)
        for child in element:
            tag, has_children = child.tag, len(child)
            if tag in INLINE and not (has_children and _holds_blocks(child)):
                run.inline(child, tag)
            else:
                run.end()
                below = f"{path}>{self._sign(child)}" if path else self._sign(child)
                if not depth or self._prune(below):
                    self._whole(child, below)
                elif has_children:
                    self.into(child, below, depth - 1)
                elif (text := child.text) and (text := squeeze(text)):
                    self.found.append(Piece(below, text, 0.0, 0.0, child))
            run.text(child.tail)
        run.end()

    def _whole(self, element: Element, path: str) -> None:
        strange = 0
        if len(element):
            tags = [below.tag for below in element.iterdescendants()]
            if self._strange and "p" in tags:
                strange = self._strange(element, path)
            merged = _MERGED.intersection(tags)
            if merged:  # lxml takes longer to look at all the names than to strip the few that there are
                etree.strip_tags(element, *merged)
            text = squeeze(" ".join(element.itertext()))
        else:
            text = squeeze(element.text or "")
        if text:
            self.found.append(Piece(path, text, 0.0, 0.0, element, strange))


class _Run:
    """The text between two block boundaries, while it is being read."""

    __slots__ = ("_bold", "_element", "_found", "_links", "_parts", "_path")

    def __init__(self, element: Element, path: str, found: list[Piece]) -> None:
        self._element, self._path, self._found = element, path, found
        self._parts: list[str] = []
        self._links = self._bold = 0

    def text(self, text: str | None) -> None:
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)

    def inline(self, element: Element, tag: str) -> None:
        if tag == "br":
            self._break()
            return
        text = "".join(element.itertext()) if len(element) else element.text
        if not text:
            return
        self._parts.append(f" {text} " if tag in CELLS else text)
        letters = len(text.strip())
        if tag == "a" or (len(element) and element.find(".//a") is not None):
            self._links += letters
        elif tag in EMPHASIS:
            self._bold += letters

    def end(self) -> None:
        if not self._parts:
            return
        text = _text("".join(self._parts))
        if text:
            size = len(text)
            links, bold = min(1.0, self._links / size), min(1.0, self._bold / size)
            self._found.append(Piece(self._path, text, links, bold, self._element))
        self._parts.clear()
        self._links = self._bold = 0

    def _break(self) -> None:
        """A line that ends a sentence ends a paragraph, as do two line breaks in a row."""
        so_far = "".join(self._parts).rstrip()
        if so_far.endswith((LINE, *_SENTENCE_ENDS)):
            self.end()
        elif so_far:
            self._parts.append(LINE)


def _text(raw: str) -> str:
    if LINE not in raw:
        return squeeze(raw)
    return "\n".join(filter(None, map(squeeze, raw.split(LINE))))


def _holds_blocks(element: Element) -> bool:
    return any(below.tag not in INLINE for below in element.iterdescendants())
