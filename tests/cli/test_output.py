"""What commands print stays one row a line, whatever it is printed to."""

import pytest

from copydesk.cli.output import print_table


def test_a_row_in_a_pipe_is_one_line_however_long_its_cells_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("site", "loaded"), [("a" * 200, 1), ("قصر", 22)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("a" * 200)


def test_markup_in_a_cell_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("title",), [("[bold]no[/bold]",)])
    assert "[bold]no[/bold]" in capsys.readouterr().out
