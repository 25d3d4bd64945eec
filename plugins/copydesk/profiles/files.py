"""Profiles as files, for use without a database: a folder with one JSON file a site."""

from __future__ import annotations

from pathlib import Path

from copydesk.errors import UsageError
from copydesk.profiles.known import Known
from copydesk.profiles.model import Profile

FILE_VERSION = 1


def write(folder: Path, profile: Profile) -> Path:
    """Write a profile into a folder, which is made if it is not there. Raises UsageError when it cannot be written."""
    path = folder / f"{file_name(profile.domain)}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(profile.to_json() + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return path


def read_folder(folder: Path) -> dict[str, Known]:
    """All profiles of a folder, by domain. Raises UsageError naming the file that is no profile."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; make one with: copydesk learn --pages FILE --out {folder}")
    found = {}
    for path in sorted(folder.glob("*.json")):
        profile = read(path)
        found[profile.domain] = Known(profile.domain, FILE_VERSION, profile.to_json())
    return found


def read(path: Path) -> Profile:
    """The profile in a file. Raises UsageError when it is none."""
    try:
        return Profile.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no site profile: {error}") from error


def file_name(domain: str) -> str:
    """A domain as a name that any file system takes; host:port has a sign that some do not."""
    return "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in domain) or "unknown"
