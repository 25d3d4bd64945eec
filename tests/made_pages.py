"""HTML made of random nested markup, with what a reader would see of it: written down while it is made, not parsed.

Each piece of text carries a number of its own (`q17q`), so that a page can be asked which numbers it shows, and where.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from copydesk.models import Article

# Texts of many kinds; # is where the number goes.
TEXTS = (
    "The ship # has sailed.",
    "# ships",
    "قالت السفينة # إنها وصلت، ثم أبحرت.",
    "\u200fהאונייה # הפליגה\u200e",
    "\u202e# overridden \u2066and isolated\u2069",
    "soft\u00adly # spo\u200bken",
    "a # b\nc",
    "1 < # & 2 > 1",
    "\u00a0#\u3000",
    "Read also: #",
    "Comments are closed #",
    "© # All rights reserved",
    "船#号已经离港。",
    "The council of the harbour town voted on plan # for its old market, after a debate that went on for six hours.",
)
BLOCKS = (
    *("div", "p", "section", "article", "aside", "nav", "header", "footer", "ul", "ol", "li", "table", "tr", "td"),
    *("blockquote", "figure", "figcaption", "h1", "h2", "h4", "pre", "dl", "dt", "dd", "form", "button", "x-card"),
    *("main", "address", "details", "summary", "caption", "th", "fieldset", "legend", "center"),
)
INLINES = ("a", "b", "em", "span", "small", "time", "bdi", "bdo", "label", "sup", "code", "font", "u", "abbr", "mark")
HIDDEN = ("<div hidden>", "<section style='color: red; display : none'>", '<div style="VISIBILITY:hidden">', "<dialog>")
UNSEEN = ("script", "style", "noscript", "template", "textarea", "select", "svg", "iframe", "video", "title")
VOIDS = ("<br>", "<br/><br>", "<img alt='seen by nobody'>", "<hr>", "<wbr>", "<input value=7>", "<!-- a <b> c -->")
ATTRIBUTES = ("", "", " class=story", ' id="x"', ' title="1 > 2"', " data-a='<p>'", " href=/a?b=1&c=2", " class='a  b'")
NUMBER = re.compile(r"q(\d+)q")

Node = tuple[str, str, "tuple[Node, ...]"]  # kind, what, children


def nodes(max_leaves: int = 25) -> st.SearchStrategy[Node]:
    """Random nested markup: blocks, inline elements, hidden parts, scripts, line breaks, text."""
    texts = st.sampled_from(TEXTS).map(lambda text: ("text", text, ()))
    split = st.sampled_from(INLINES).map(lambda tag: ("split", tag, ()))
    leaves = st.one_of(
        texts,
        split,
        st.sampled_from(VOIDS).map(lambda void: ("void", void, ())),
        st.sampled_from(UNSEEN).map(lambda tag: ("unseen", tag, ())),
    )
    inline = st.tuples(st.just("element"), _tags(INLINES), st.lists(texts, max_size=3).map(tuple))

    def around(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        many = st.lists(children, max_size=5).map(tuple)
        element = st.tuples(st.just("element"), _tags(BLOCKS), many)
        return st.one_of(element, st.tuples(st.just("hidden"), st.sampled_from(HIDDEN), many))

    return st.recursive(st.one_of(leaves, inline), around, max_leaves=max_leaves)


def _tags(names: Sequence[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(names), st.sampled_from(ATTRIBUTES))


@dataclass(slots=True)
class Writer:
    """Writes nodes as HTML; knows which numbers a reader sees, in order, and which stand in nothing that is shown."""

    seen: list[int] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    numbers: count[int] = field(default_factory=count)

    def write(self, nodes: Iterable[Node], *, hidden: bool = False) -> str:
        return "".join(self._node(kind, what, children, hidden) for kind, what, children in nodes)

    def text(self, template: str = "The ship # has sailed.") -> str:
        """A text that is shown, as HTML."""
        return self._node("text", template, (), hidden=False)

    def _node(self, kind: str, what: str, children: tuple[Node, ...], hidden: bool) -> str:
        if kind == "text":
            return html.escape(what, quote=False).replace("#", self._number(hidden))
        if kind == "split":  # a word that markup, a soft hyphen or a line break opportunity runs through
            number = self._number(hidden)
            return f" {number[0]}<{what}>{number[1:-1]}</{what}>&shy;<wbr>{number[-1]} "
        if kind == "void":
            return what
        if kind == "unseen":
            number = next(self.numbers)
            self.unseen.add(number)
            return f"<{what}>q{number}q</{what}>"
        if kind == "hidden":
            return f"{what}{self.write(children, hidden=True)}</{what[1:].partition(' ')[0].rstrip('>')}>"
        return f"<{what}>{self.write(children, hidden=hidden)}</{what.partition(' ')[0]}>"

    def _number(self, hidden: bool) -> str:
        number = next(self.numbers)
        if not hidden:
            self.seen.append(number)
        return f"q{number}q"


def shown(article: Article) -> list[int]:
    """The numbers in an article's blocks and ledger, in order of position."""
    ended = sorted([*article.blocks, *article.removals], key=lambda block: block.position)
    assert len({block.position for block in ended}) == len(ended)
    return [int(number) for block in ended for number in NUMBER.findall(block.text)]


def assert_all_text_ends_kept_or_in_the_ledger(article: Article, writer: Writer) -> None:
    """Each visible number once, in order; none of a script or the like. What is hidden may be listed or not."""
    visible = set(writer.seen)
    found = shown(article)
    assert [number for number in found if number in visible] == writer.seen
    assert not writer.unseen.intersection(found)
