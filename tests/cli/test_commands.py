"""The list of commands says what each says of itself, and costs no import of what commands need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO

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


def ran(*arguments: str, stdout: int | IO[bytes] = subprocess.PIPE, encoding: str = "utf-8") -> CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from copydesk.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False)


def test_a_terminal_without_the_letters_shows_question_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>ميناء</title><h1>ميناء</h1><p>{'استأنف الميناء العمل صباح الأحد. ' * 9}", encoding="utf-8")
    done = ran("try", str(page), encoding="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"????" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", [("rules", "list"), ("rules", "list", "--json")])
def test_a_full_disk_is_told_in_one_sentence(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = ran(*arguments, stdout=full)
    assert (done.returncode, done.stderr.decode()) == (1, "copydesk: No space left on device\n")
