"""What a store knows about the processes that perform tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.runners import MemoryTaken, SeenRunner


class Runners(Protocol):
    """For runners to show that they are there, and for those who want to know."""

    async def show(self, owner: str, memory: MemoryTaken) -> None:
        """Record that this runner is there; others that are silent are forgotten."""
        ...

    async def leave(self, owner: str) -> None:
        """Record that a runner has ended; does nothing for one that is not known."""
        ...

    async def seen(self) -> Sequence[SeenRunner]:
        """Return who has been seen and has not left, whoever was seen last coming first."""
        ...
