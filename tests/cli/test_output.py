"""What commands print can be read by people on any terminal, and by programs from any pipe."""

from __future__ import annotations

import io
import json

import pytest

from copydesk.cli.output import print_json, print_table

FEED = ("url", "title", "problem")
POST = ("https://post.example/feeds/all.xml", "The Lune Post", None)


class Terminal(io.StringIO):
    """A terminal; how wide it is says COLUMNS."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, width: int, *rows: tuple[str | None, ...]) -> list[str]:
    """The lines of a table of feeds on a terminal of that width, without its colours."""
    terminal = Terminal()
    for name, value in {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", terminal)
    print_table(FEED, rows)
    return terminal.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()


def test_a_row_in_a_pipe_is_one_line_however_long_its_cells_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("site", "loaded"), [("a" * 200, 1), ("قصر", 22)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("a" * 200)


def test_markup_in_a_cell_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("title",), [("[bold]no[/bold]",)])
    assert "[bold]no[/bold]" in capsys.readouterr().out


def test_a_terminal_that_is_wide_enough_shows_a_row_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(monkeypatch, 80, POST, POST)
    assert [line.split()[0] for line in lines] == ["url", POST[0], POST[0]]


def test_a_terminal_too_narrow_for_the_words_shows_a_cell_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = [f"url    {POST[0]}", "title  The Lune Post"]
    assert shown(monkeypatch, 45, POST, POST) == [*row, "", *row]


def test_columns_without_names_have_no_line_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("", ""), [("site", "post.example")])
    assert capsys.readouterr().out == "site  post.example\n"


def test_no_line_ends_in_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(FEED, [POST])
    assert all(line == line.rstrip() for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16"])
def test_json_can_be_read_back_whatever_output_is_encoded_in(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    written = io.BytesIO()
    output = io.TextIOWrapper(written, encoding=encoding)
    monkeypatch.setattr("sys.stdout", output)
    print_json({"title": "ميناء é 🚢"})
    output.flush()
    assert json.loads(written.getvalue().decode(encoding)) == {"title": "ميناء é 🚢"}
