"""What commands print: aligned tables for people, JSON lines for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

UNBOUNDED_CHARS = 10_000  # a line in a file or a pipe has no edge to be folded at


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their column names, aligned; numbers to the right. Cell text is plain text, never markup.

    On a terminal too narrow for the words of all columns side by side, each row is a block of its filled cells.
    """
    from rich.console import Console  # noqa: PLC0415 - commands that print JSON start without it

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = UNBOUNDED_CHARS
    table = _table(columns, rows)
    if not rows or _words_fit(console, table):
        _print(console, table)
        return
    for number, row in enumerate(rows):
        if number:
            click.echo()
        filled = [(name, cell) for name, cell in zip(columns, row, strict=True) if cell is not None and cell != ""]
        _print(console, _table(("", ""), filled))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold", show_header=any(columns))
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return table


def _words_fit(console: Console, table: Table) -> bool:
    """Whether no word need be broken for the table to be as narrow as the console."""
    unbounded = console.options.update(width=UNBOUNDED_CHARS)
    return console.measure(table, options=unbounded).minimum <= console.width


def _print(console: Console, table: Table) -> None:
    """Print a table without the blanks that fill its last column."""
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def print_json(record: Mapping[str, object]) -> None:
    """Print one record as one line of JSON; instants as ISO 8601. Where output is not Unicode, letters are escaped."""
    escaped = "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    click.echo(json.dumps(record, ensure_ascii=escaped, default=str))
