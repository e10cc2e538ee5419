"""The live views as the dashboard sees them; whoever starts the service brings them along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from storage.tasks import JsonObject


class Viewer(Protocol):
    """One person's eyes and hands in a live view."""

    async def next(self) -> bytes | JsonObject | None:
        """Return what to show next, a picture (JPEG) or news; `None`: the view is over."""
        ...

    async def act(self, given: Any) -> bool:
        """Do what the person does; `False` for what no page of ours sends."""
        ...

    def end(self, why: str) -> None:
        """Close the view, if this person is still the one who looks."""
        ...

    async def leave(self) -> None:
        """Look no longer."""
        ...


class LiveViews(Protocol):
    """Opens accounts for a person to sign them in."""

    async def watch(self, member_id: str, *, who: str) -> Viewer | None:
        """Open the account's live view, or come back to it; `None` while somebody else looks.

        Args:
            who: the same for the same person.
        """
        ...
