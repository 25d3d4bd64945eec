"""Settings from environment variables named COPYDESK_*, and the limits of the design as constants with their units."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from copydesk.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
SQL_DIR = ROOT / "sql"
EXPECTATIONS_DIR = ROOT / "expectations"

DEFAULT_USER_AGENT = "copydesk/0.1 (news ingestion; set COPYDESK_USER_AGENT)"
MAX_BODY_BYTES = 10 * 1024 * 1024
MAX_DECOMPRESSED_BYTES = 40 * 1024 * 1024
MAX_DECOMPRESSION_RATIO = 100
FETCH_SECONDS = 30
MAX_REDIRECTS = 5
MAX_URL_CHARS = 2048
PAGE_CPU_SECONDS = 10
PAGE_MEMORY_BYTES = 1024**3
LEASE_SECONDS = 15 * 60
MAX_ATTEMPTS = 5
FEED_VISITS_A_DAY = 10_000

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set.

    `database` is a libpq connection string or URL. `allowed_networks` are private networks that fetching may reach
    nevertheless, as the local demo does. `pause_seconds` is the time between two requests to one registrable domain.
    `feed_visits_a_day` is how many visits one feed may ask for in 24 hours, 0 for any number.
    `rules` are files or folders of an operator's own cleaning rules. `public_url` is where WebSub hubs reach the
    api-server, without a slash at its end. `airflow` is where and as whom the doors tell Airflow that something waits,
    as http://USER:PASSWORD@HOST:PORT.
    """

    database: str = field(repr=False)  # as `airflow` it may hold a password
    home: Path
    user_agent: str
    allowed_networks: tuple[Network, ...]
    pause_seconds: float
    data_docs: Path | None
    rules: tuple[Path, ...] = ()
    public_url: str | None = None
    airflow: str | None = field(default=None, repr=False)
    feed_visits_a_day: int = FEED_VISITS_A_DAY

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the variables COPYDESK_* that are named as the fields, with ALLOW_NETWORKS for `allowed_networks`.

        COPYDESK_RULES takes several files or folders, separated as in PATH.
        Raises UsageError naming the variable that cannot be read.
        """
        docs = environment.get("COPYDESK_DATA_DOCS")
        return cls(
            database=environment.get("COPYDESK_DATABASE", ""),
            home=Path(environment.get("COPYDESK_HOME") or ROOT / ".copydesk"),
            user_agent=environment.get("COPYDESK_USER_AGENT") or DEFAULT_USER_AGENT,
            allowed_networks=_networks(environment.get("COPYDESK_ALLOW_NETWORKS", "")),
            pause_seconds=_seconds(environment.get("COPYDESK_PAUSE_SECONDS") or "1"),
            data_docs=Path(docs) if docs else None,
            rules=tuple(Path(part) for part in environment.get("COPYDESK_RULES", "").split(os.pathsep) if part),
            public_url=environment.get("COPYDESK_PUBLIC_URL", "").rstrip("/") or None,
            airflow=_airflow(environment.get("COPYDESK_AIRFLOW") or None),
            feed_visits_a_day=_visits(environment.get("COPYDESK_FEED_VISITS_A_DAY") or str(FEED_VISITS_A_DAY)),
        )


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UsageError(
            f"COPYDESK_ALLOW_NETWORKS: {error}; give networks as 127.0.0.0/8, separated by commas"
        ) from error


def _visits(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - Postgres takes it
        raise UsageError(f"COPYDESK_FEED_VISITS_A_DAY is {text!r}; give a whole number, 0 for no limit")
    return int(text)


def _airflow(text: str | None) -> str | None:
    try:
        parts = urlsplit(text or "")
        complete = all((parts.hostname, parts.username, parts.password, parts.port != 0))
    except ValueError:
        complete = False
    if text and not (complete and parts.scheme in ("http", "https")):
        raise UsageError(  # without the value: there is a password in it
            "COPYDESK_AIRFLOW cannot be read; give http://USER:PASSWORD@HOST:PORT, with %2F for a slash in the password"
        )
    return text


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise UsageError(f"COPYDESK_PAUSE_SECONDS is {text!r}; give a number of seconds, as 1 or 0.5") from error
    if not 0 <= seconds <= 3600:  # noqa: PLR2004 - an hour
        raise UsageError(f"COPYDESK_PAUSE_SECONDS is {text!r}; give a number between 0 and 3600")
    return seconds
