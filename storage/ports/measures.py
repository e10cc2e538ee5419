"""What a store counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.measures import Accounts, Ended, Queued, Took


class Measures(Protocol):
    """For those who watch over all teams' work; what has ended makes it no dearer."""

    async def ended(self) -> Sequence[Ended]: ...

    async def took(self) -> Sequence[Took]:
        """Return how long steps took, by type and step, the shortest bound first."""
        ...

    async def queued(self) -> Sequence[Queued]: ...

    async def accounts(self) -> Sequence[Accounts]: ...
