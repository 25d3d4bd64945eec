"""`make env` writes secrets that are random, complete and private."""

import base64
import stat
from pathlib import Path

from copydesk.stack.dotenv import fill, main

ROOT = Path(__file__).resolve().parents[2]


def test_every_empty_value_is_filled_and_no_two_are_alike() -> None:
    lines = fill((ROOT / ".env.example").read_text(encoding="utf-8")).splitlines()
    values = [line.partition("=")[2] for line in lines if not line.startswith("#")]
    assert len(values) >= 10
    assert all(len(value) >= 32 for value in values)
    assert len(set(values)) == len(values)


def test_fernet_key_is_a_fernet_key() -> None:
    assert len(base64.urlsafe_b64decode(fill("X_FERNET_KEY=\n").strip().partition("=")[2])) == 32


def test_file_is_private_and_an_existing_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text("A=\n", encoding="utf-8")
    assert main(tmp_path) == 0
    first = (tmp_path / ".env").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert main(tmp_path) == 1
    assert (tmp_path / ".env").read_text(encoding="utf-8") == first


def test_what_a_newer_version_asks_for_is_added_to_an_existing_file(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text("A=\nB=\n# C=example\n", encoding="utf-8")
    (tmp_path / ".env").write_text("A=mine", encoding="utf-8")
    assert main(tmp_path) == 0
    lines = (tmp_path / ".env").read_text(encoding="utf-8").split()
    assert lines[0] == "A=mine"
    assert [line.partition("=")[0] for line in lines] == ["A", "B"]
    assert len(lines[1]) > 32


def test_compose_asks_for_every_secret_that_the_example_lists() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    names = [
        line[:-1] for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines() if line.endswith("=")
    ]
    assert names
    assert [name for name in names if f"${{{name}:?" not in compose] == []
