"""Which addresses may be connected to. The check stands where connections are made: no look-up slips past it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from copydesk.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo = tuple[Any, ...]  # as socket.getaddrinfo returns it

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


class ForbiddenAddressError(OSError):
    """A host is at an address that must not be connected to. An OSError, as aiohttp expects from its resolver."""

    def __init__(self, host: str, address: str) -> None:
        where = host if host == address else f"{host} is at {address}, which"
        super().__init__(f"{where} is not a public address; COPYDESK_ALLOW_NETWORKS can open its network")


def is_forbidden(text: str, allowed: Sequence[Network]) -> bool:
    """Whether an IP address is anything but public, seen through mapping and tunnels, and not `allowed` either."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return any(_is_internal(each) and not _is_in(each, allowed) for each in _meanings(address))


def refuse_literal(host: str, allowed: Sequence[Network]) -> None:
    """Raise ForbiddenAddressError if `host` is itself a forbidden address; names are checked at look-up."""
    try:
        forbidden = is_forbidden(host, allowed)
    except ValueError:
        return
    if forbidden:
        raise ForbiddenAddressError(host, host)


class GuardedResolver(AbstractResolver):
    """Looks names up and refuses a host if any of its addresses is forbidden."""

    def __init__(self, allowed: Sequence[Network], resolver: AbstractResolver | None = None) -> None:
        self._allowed = allowed
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`; raises ForbiddenAddressError, or OSError if it has none."""
        found = await self._resolver.resolve(host, port, family)
        for result in found:
            if is_forbidden(result["host"], self._allowed):
                raise ForbiddenAddressError(host, result["host"])
        return found

    async def close(self) -> None:
        """Close the resolver underneath."""
        await self._resolver.close()


def guarded_socket(allowed: Sequence[Network]) -> Callable[[AddressInfo], socket.socket]:
    """A socket factory for aiohttp's connector that sees the very address it is going to connect to."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, where = info
        if is_forbidden(where[0], allowed):
            raise ForbiddenAddressError(where[0], where[0])
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make


def _meanings(address: Address) -> tuple[Address, ...]:
    """An address, or else the IPv4 addresses that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address,)


def _is_internal(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address in _NAT64_LOCAL):
        return True
    return not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)
