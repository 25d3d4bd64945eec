"""The hostile server, a fetcher that may reach it, and a resolver that says what a test wants."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from copydesk.fetch import Fetcher
from copydesk.models import Page
from copydesk.settings import Settings
from hostile_server import HostileServer, hostile_server

LOOPBACK = (ip_network("127.0.0.0/8"),)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


@pytest.fixture
def open_settings() -> Settings:
    return replace(Settings.from_environment({}), allowed_networks=LOOPBACK, pause_seconds=0)


@pytest.fixture
async def fetcher(open_settings: Settings) -> AsyncIterator[Fetcher]:
    async with Fetcher(open_settings, clock=lambda: NOW) as fetcher:
        yield fetcher


async def fetched(fetcher: Fetcher, url: str) -> Page:
    page = await fetcher.fetch(url)
    assert isinstance(page, Page)
    return page


class Names(AbstractResolver):
    """Answers look-ups with the addresses it was given, one list after the other, the last one again and again."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=0)
            for each in addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""
