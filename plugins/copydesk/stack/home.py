"""The folder that a local stack lives in, and the secrets that are made for it once."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from copydesk.errors import UsageError

MIN_FREE_BYTES = 512 * 1024**2
PASSWORD_BYTES = 12
SECRET_BYTES = 48


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one local stack lies. `root` is absolute."""

    root: Path

    @property
    def postgres(self) -> Path:
        """The data directory of the embedded Postgres."""
        return self.root / "postgres"

    @property
    def airflow(self) -> Path:
        """AIRFLOW_HOME."""
        return self.root / "airflow"

    @property
    def logs(self) -> Path:
        """One log a component, and the logs of tasks under `tasks`."""
        return self.root / "logs"

    @property
    def data_docs(self) -> Path:
        """Where validation writes what it found, as pages."""
        return self.root / "data_docs"

    @property
    def passwords(self) -> Path:
        """The file from which Airflow's auth manager reads the admin's password."""
        return self.airflow / "passwords.json"

    @property
    def ready(self) -> Path:
        """Exists while the stack is up: its addresses as JSON."""
        return self.root / "stack.json"

    @property
    def psql(self) -> Path:
        """A script that runs psql on the stack's database as the readers' role."""
        return self.root / "psql"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What Airflow's processes share and others must not know."""

    fernet_key: str
    api_secret: str
    jwt_secret: str
    admin_password: str
    service_password: str


def make_home(root: Path) -> Home:
    """The home at `root` with its folders. Raises UsageError when it cannot be written or the disk is full."""
    home = Home(root.absolute())
    try:
        for folder in (home.root, home.airflow, home.logs):
            folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home.root).free
    except OSError as error:
        raise UsageError(f"cannot write to {home.root}: {error.strerror}; give another folder with --home") from error
    if free < MIN_FREE_BYTES:
        raise UsageError(f"only {free // 1024**2} MiB are free on the disk of {home.root}; at least 512 are needed")
    return home


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock. Raises UsageError when another supervisor holds it."""
    with (home.root / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise UsageError(
                f"copydesk already runs in {home.root} (process {file.read().strip() or 'unknown'}); "
                "stop it with Ctrl-C there, or give another folder with --home"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def load_secrets(home: Home) -> tuple[Secrets, bool]:
    """The home's secrets, made where it has none yet; and whether all of them were just made."""
    path = home.root / "secrets.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = Secrets(**_random_secrets() | kept)
    if asdict(made) != kept:
        passwords = {"admin": made.admin_password, "copydesk": made.service_password}
        write_private(home.passwords, json.dumps(passwords))
        write_private(path, json.dumps(asdict(made)))
    return made, not kept


def _random_secrets() -> dict[str, str]:
    return {
        "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "api_secret": secrets.token_urlsafe(SECRET_BYTES),
        "jwt_secret": secrets.token_urlsafe(SECRET_BYTES),
        "admin_password": secrets.token_urlsafe(PASSWORD_BYTES),
        "service_password": secrets.token_hex(PASSWORD_BYTES),
    }


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on, and never half of it."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
