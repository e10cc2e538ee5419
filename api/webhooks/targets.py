"""Where webhooks may go: never, through this server, to what only this server can reach.

Whoever may name an address could otherwise have this program ask the machine's own services, or
those of its network, in its place. A name is resolved once, every address that it has is looked at,
and the connection is made to one of just these: what a name means a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

    import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses of a host; raises `Unresolved`."""

URL_MAX = 2000
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_LAST_PORT = 65535
_PORTS = {"http": 80, "https": 443}
_LOOK_UP_S = 5.0

# Python's own list of what is not global differs between its releases.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # for protocols
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # for protocols, Teredo among them
        "2001:db8::/32",  # for documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # for documentation
    )
)
# Whatever else an IPv6 address may be lies outside of this: also those that carry an IPv4 address
# (mapped, translated, NAT64), of which nobody here knows what a gateway makes.
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


class AddressRefused(Exception):
    """The address is not one that webhooks may go to."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class Unresolved(Exception):
    """The host's name has no address."""

    def __init__(self, *, for_now: bool) -> None:
        super().__init__()
        self.for_now = for_now
        """Whether it may just be that nobody could be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that has the form of one."""

    url: httpx.URL
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port: what is slow or down together."""
        return f"{self.url.scheme}://{self.host}:{self.port}"

    def at(self, address: str) -> httpx.URL:
        """Return the URL with the host's name replaced by one of its addresses."""
        return self.url.copy_with(host=address)


async def system_addresses(host: str, port: int) -> Sequence[str]:
    """Ask the machine's own resolver."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Unresolved(for_now=error.errno == socket.EAI_AGAIN) from error
    except (OSError, UnicodeError) as error:
        raise Unresolved(for_now=False) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Targets:
    """Tells which addresses webhooks may go to."""

    def __init__(self, *, allow_private: bool, resolve: Resolve = system_addresses) -> None:
        self._allow_private = allow_private
        self._resolve = resolve

    def parse(self, text: str) -> Target:
        """Return the address, if it has the form of one that may be used.

        Raises:
            AddressRefused: the text says why, and has nothing of *text* in it.
        """
        import httpx  # noqa: PLC0415 - no start waits for it: nobody has named an address yet

        if len(text) > URL_MAX or not text.isprintable() or " " in text:
            raise AddressRefused(f"must be an address of at most {URL_MAX} characters")
        try:
            url = httpx.URL(text)
        except (httpx.InvalidURL, ValueError) as error:
            raise AddressRefused("is not an address") from error
        schemes = ("https", "http") if self._allow_private else ("https",)
        if url.scheme not in schemes:
            raise AddressRefused(f"must begin with {' or '.join(f'{s}://' for s in schemes)}")
        if not url.host:
            raise AddressRefused("names no host")
        if url.userinfo or "@" in text.partition("//")[2].partition("/")[0]:
            raise AddressRefused("must not hold a name or a password")
        if url.fragment or "#" in text:
            raise AddressRefused("must not hold a fragment")
        host = url.raw_host.decode("ascii")
        port = _PORTS[url.scheme] if url.port is None else url.port
        if not _HOST.fullmatch(host) or not 0 < port <= _LAST_PORT:
            raise AddressRefused("has no host or port that could be asked")
        return Target(url=url, host=host, port=port)

    async def addresses(self, target: Target) -> Sequence[str]:
        """Return every address that the host has now; a connection goes to one of these only.

        Raises:
            AddressRefused: one of them is not public.
            Unresolved: it has none.
        """
        found = await self._resolve(target.host, target.port)
        if not found:
            raise Unresolved(for_now=False)
        if not self._allow_private and not all(map(is_public, found)):
            raise AddressRefused("leads to an address that is not public")
        return found

    async def checked(self, text: str) -> Target:
        """Return an address that somebody has just named.

        A name that cannot be looked up for the moment is let through: it is looked up, and looked
        at, again before anything is sent.

        Raises:
            AddressRefused: see `parse` and `addresses`; or nobody knows the host.
        """
        target = self.parse(text)
        try:
            async with asyncio.timeout(_LOOK_UP_S):
                await self.addresses(target)
        except TimeoutError:
            return target
        except Unresolved as error:
            if not error.for_now:
                raise AddressRefused("names a host that has no address") from error
        return target


def is_public(address: str) -> bool:
    """Tell whether an address is one that anybody on the internet can reach."""
    try:
        ip: IPv4Address | IPv6Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    if ip.version == 6 and ip not in _GLOBAL_UNICAST:  # noqa: PLR2004 - the protocol's name
        return False
    return not any(ip in network for network in _NOT_PUBLIC)
