"""The list of commands says what each says of itself, and costs no import of what commands need."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from copydesk.cli import COMMANDS, copydesk

SHOW_HELP = """
import sys
from copydesk.cli import copydesk
copydesk(["--help"], standalone_mode=False)
print("imported", *sorted({name.partition(".")[0] for name in sys.modules}))
print("ours", *sorted(name for name in sys.modules if name.startswith("copydesk.cli.")))
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_has_the_first_sentence_of_each_command(name: str) -> None:
    command = copydesk.get_command(click.Context(copydesk), name)
    assert command is not None
    assert command.get_short_help_str(limit=500) == COMMANDS[name].help


def test_help_names_all_commands_and_imports_none() -> None:
    done = subprocess.run([sys.executable, "-c", SHOW_HELP], capture_output=True, text=True, check=True)
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    told, ours = done.stdout.splitlines()[-2:]
    assert ours == "ours"
    assert {"numpy", "lxml", "psycopg2", "re2"}.isdisjoint(told.split())
