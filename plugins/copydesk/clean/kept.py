"""Clues of rule files, kept beside them from one process to the next as Python keeps the bytecode of modules.

Working them out takes seconds, and they follow from the patterns and from the code that reads patterns. What is kept
names both by a digest and is worked out anew when that is another one: it may be missing or old, and is never wrong.
It lies where Python keeps bytecode, by Python's settings (PYTHONPYCACHEPREFIX, PYTHONDONTWRITEBYTECODE): whoever may
write there may write code as well. Where this process may not, nothing is kept, and each process works for itself.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Final

from copydesk.clean import beginnings, clues, groups, signs
from copydesk.clean.clues import Kind
from copydesk.clean.groups import Group, Groups
from copydesk.clean.groups import groups as worked_out

_CODE: Final = (signs, beginnings, clues, groups)


def _digest_of_code() -> bytes:
    """Of what makes clues of patterns: our code, and Python's idea of letters and words."""
    sources = [Path(str(module.__file__)).read_bytes() for module in _CODE]
    return sha256(b"\0".join((sys.version.encode(), *sources))).digest()


_MADE_BY: Final = _digest_of_code()  # now, as the code is loaded: later its files may be those of another version


class KeptGroups:
    """The clues of a file's patterns, read or worked out when one of them is asked for."""

    def __init__(self, file: Path, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._file = Path(cache_from_source(str(file), optimization="")).with_suffix(".clues.json")
        self._groups: Mapping[str, Groups | None] | None = None

    def of(self, pattern: str) -> Groups | None:
        """As `groups` says. Raises KeyError for a pattern that is not of this file."""
        if self._groups is None:
            self._groups = self._read() or self._made()
        return self._groups[pattern]

    def _digest(self) -> str:
        return sha256(b"\0".join((_MADE_BY, *(pattern.encode() for pattern in self._patterns)))).hexdigest()

    def _read(self) -> Mapping[str, Groups | None] | None:
        """What was kept, None if there is nothing for these patterns and this code."""
        try:
            stored = json.loads(self._file.read_bytes())
            if stored["made_of"] == self._digest():
                return dict(zip(self._patterns, map(_loaded, stored["groups"]), strict=True))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):  # nothing, or whatever else lies there
            pass
        return None

    def _made(self) -> Mapping[str, Groups | None]:
        made = {pattern: worked_out(pattern) for pattern in self._patterns}
        if not sys.dont_write_bytecode:
            self._keep({"made_of": self._digest(), "groups": list(map(_storable, made.values()))})
        return made

    def _keep(self, stored: Mapping[str, object]) -> None:
        """Whole or not at all, as others may be reading or writing it."""
        own = self._file.with_suffix(f".{secrets.token_hex(4)}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with own.open("x", encoding="ascii") as file:
                json.dump(stored, file, separators=(",", ":"))
            own.replace(self._file)
        except OSError:  # not ours to write in, or full
            with suppress(OSError):
                own.unlink(missing_ok=True)


def _storable(told: Groups | None) -> list[Any] | None:
    return None if told is None else [[one.keys, sorted(one.words), one.signs] for one in told]


def _loaded(stored: Sequence[Any] | None) -> Groups | None:
    return None if stored is None else tuple(_group(*one) for one in stored)


def _group(keys: Mapping[str, Sequence[str]], words: Sequence[str], signs: Sequence[str]) -> Group:
    return Group({Kind(kind): tuple(found) for kind, found in keys.items()}, frozenset(words), tuple(signs))
