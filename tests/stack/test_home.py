from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from copydesk.errors import UsageError
from copydesk.stack.home import load_secrets, make_home, only_one, write_private


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    made, is_new = load_secrets(home)
    again, is_new_again = load_secrets(home)
    assert (is_new, is_new_again) == (True, False)
    assert made == again
    passwords = {"admin": made.admin_password, "copydesk": made.service_password}
    assert json.loads(home.passwords.read_text()) == passwords
    for path in (home.root / "secrets.json", home.passwords):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_home_of_an_earlier_version_keeps_its_secrets_and_gets_what_is_missing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    made, _ = load_secrets(home)
    kept = {name: value for name, value in asdict(made).items() if name != "service_password"}
    write_private(home.root / "secrets.json", json.dumps(kept))
    again, is_new = load_secrets(home)
    assert not is_new
    assert again.service_password != made.service_password
    assert replace(again, service_password=made.service_password) == made
    assert json.loads(home.passwords.read_text())["copydesk"] == again.service_password


def test_two_homes_share_no_secret(tmp_path: Path) -> None:
    one, _ = load_secrets(make_home(tmp_path / "one"))
    other, _ = load_secrets(make_home(tmp_path / "other"))
    assert one.admin_password != other.admin_password
    assert one.jwt_secret != other.jwt_secret


def test_a_private_file_replaces_one_that_others_could_read(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_home_that_cannot_be_made_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--home"):
        make_home(tmp_path / "file" / "home")


def test_a_second_supervisor_in_one_home_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    holder = (
        "import sys, pathlib; from copydesk.stack.home import make_home, only_one\n"
        "with only_one(make_home(pathlib.Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match=str(first.pid)), only_one(home):
            pass
        first.kill()
    with only_one(home):
        pass
