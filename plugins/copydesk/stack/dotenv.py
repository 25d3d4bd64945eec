"""`make env`: write .env for docker-compose.yml from .env.example, each empty value made a random secret.

Needs nothing but the standard library, so that it runs before anything is installed. An existing .env keeps its values;
a secret that a newer version asks for is added.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import sys
from pathlib import Path

SECRET_BYTES = 32
EMPTY = re.compile(r"^([A-Z_]+)=$", re.MULTILINE)
NAME = re.compile(r"^([A-Z_]+)=", re.MULTILINE)


def fill(example: str) -> str:
    """The example with every empty value filled: letters and digits only, a Fernet key where the name asks for one."""
    return EMPTY.sub(lambda match: f"{match[1]}={_secret(match[1])}", example)


def _secret(name: str) -> str:
    if name.endswith("FERNET_KEY"):
        return base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return secrets.token_hex(SECRET_BYTES)


def main(folder: Path) -> int:
    """Write `folder`/.env, readable by its owner only, or add what it lacks; 1 when it lacks nothing."""
    target = folder / ".env"
    text = fill((folder / ".env.example").read_text(encoding="utf-8"))
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _complete(target, text)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    sys.stdout.write(f"wrote {target}; the admin's password is COPYDESK_ADMIN_PASSWORD in it\n")
    return 0


def _complete(target: Path, text: str) -> int:
    known = set(NAME.findall(target.read_text(encoding="utf-8")))
    missing = [line for line in text.splitlines() if (name := NAME.match(line)) and name[1] not in known]
    if not missing:
        sys.stderr.write(f"{target} exists and is left as it is; the database was made with its passwords\n")
        return 1
    with target.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(missing) + "\n")
    sys.stdout.write(f"added to {target}: {', '.join(line.partition('=')[0] for line in missing)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
