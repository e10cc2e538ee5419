"""What a store counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.measures import Accounts, Ended, Found, LocatorUse, Queued, Took


class Measures(Protocol):
    """For those who watch over all teams' work; what has ended makes it no dearer.

    What runners count comes with the calls whose names begin with `count`.
    """

    async def ended(self) -> Sequence[Ended]: ...

    async def took(self) -> Sequence[Took]:
        """Return how long steps took, by type and step, the shortest bound first."""
        ...

    async def queued(self) -> Sequence[Queued]: ...

    async def count_locators(self, found: Sequence[Found]) -> None:
        """Add to what is known of the elements of LinkedIn's pages."""
        ...

    async def locators(self) -> Sequence[LocatorUse]:
        """Return what is known of them, by element and place; none comes first."""
        ...

    async def count_browser_restarts(self, times: int) -> None:
        """Add to the browsers that had died or hung and were replaced."""
        ...

    async def browser_restarts(self) -> int: ...

    async def accounts(self) -> Sequence[Accounts]: ...
