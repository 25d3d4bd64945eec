"""What commands print: aligned tables for people, JSON lines for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

import click

UNBOUNDED_CHARS = 10_000  # a line in a file or a pipe has no edge to be folded at


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their column names, aligned; numbers to the right. Cell text is plain text, never markup."""
    from rich.console import Console  # noqa: PLC0415 - commands that print JSON start without it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else UNBOUNDED_CHARS).print(table)


def print_json(record: Mapping[str, object]) -> None:
    """Print one record as one line of JSON; instants as ISO 8601."""
    click.echo(json.dumps(record, ensure_ascii=False, default=str))
