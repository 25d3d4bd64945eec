from __future__ import annotations

import asyncio
from ipaddress import ip_network

import pytest
from aiohttp import ClientConnectorError, ClientSession, TCPConnector
from tests.fetch.conftest import Names

from copydesk.fetch.address import ForbiddenAddressError, GuardedResolver, guarded_socket, is_forbidden, refuse_literal


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert not is_forbidden(address, ())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "fec0::1",
        "::127.0.0.1",
        "240.0.0.1",
        "::",
    ],
)
def test_anything_else_is_forbidden(address: str) -> None:
    assert is_forbidden(address, ())


def test_an_operator_opens_networks_mapped_addresses_included() -> None:
    loopback = (ip_network("127.0.0.0/8"),)
    assert not is_forbidden("127.0.0.1", loopback)
    assert not is_forbidden("::ffff:127.0.0.1", loopback)
    assert is_forbidden("10.0.0.1", loopback)
    assert is_forbidden("::1", loopback)


def test_names_are_no_literals() -> None:
    refuse_literal("example.com", ())
    with pytest.raises(ForbiddenAddressError):
        refuse_literal("127.0.0.1", ())


async def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    resolver = GuardedResolver((), Names(["93.184.216.34", "10.0.0.1"]))
    with pytest.raises(ForbiddenAddressError, match=r"10\.0\.0\.1"):
        await resolver.resolve("mixed.example")


async def test_a_name_that_changes_after_its_look_up_is_caught_at_the_connection() -> None:
    """The resolver is one that says a private address without being asked for its opinion, as a rebound name would."""
    connector = TCPConnector(resolver=Names(["127.0.0.1"]), socket_factory=guarded_socket(()))
    async with ClientSession(connector=connector) as session:
        with pytest.raises(ClientConnectorError) as caught:
            await session.get("http://rebound.example:9/")
    assert isinstance(caught.value.os_error, ForbiddenAddressError)
    await asyncio.sleep(0)
