"""How often somebody may try a key that is none."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import TYPE_CHECKING

from api.refusals import TooManySignIns

if TYPE_CHECKING:
    from datetime import datetime

    from api.clock import Clock

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 10
IN_ALL = 100
_MOST_ADDRESSES = IN_ALL
"""More cannot have failed within the window."""


class FailedSignIns:
    """Count sign-ins until they have succeeded, by the client's address and in all.

    A try counts from its beginning, so that many at the same time are no way around. The count of
    all is a bound on what many addresses together may try; it also keeps this small.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: deque[datetime] = deque()
        self._by_address: OrderedDict[str, deque[datetime]] = OrderedDict()

    def begin(self, address: str) -> None:
        """Count one more try.

        Raises:
            TooManySignIns: this address, or all together, have failed too often lately.
        """
        now = self._clock()
        own = self._by_address.get(_network_of(address), deque())
        for counted, most in ((own, PER_ADDRESS), (self._all, IN_ALL)):
            _forget(counted, before=now - WINDOW)
            if len(counted) >= most:
                left = counted[0] + WINDOW - now
                raise TooManySignIns(seconds=max(1, ceil(left.total_seconds())))
        own.append(now)
        self._all.append(now)
        self._by_address[_network_of(address)] = own
        self._by_address.move_to_end(_network_of(address))
        while len(self._by_address) > _MOST_ADDRESSES:
            self._by_address.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Take back the try that has just been counted, and what failed before it there."""
        own = self._by_address.pop(_network_of(address), deque())
        if own and own[-1] in self._all:
            self._all.remove(own[-1])


def _forget(counted: deque[datetime], *, before: datetime) -> None:
    while counted and counted[0] <= before:
        counted.popleft()


def _network_of(address: str) -> str:
    """Return the address; of IPv6 the network, since its owner has all addresses in it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
