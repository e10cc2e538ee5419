"""What each account's browser asked for, so that tests can prove what was not done."""

from collections import deque
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from executor.sandbox.events import now

KEPT = 5000


class Visit(BaseModel):
    """One page opened or one API call made."""

    model_config = ConfigDict(frozen=True)

    what: Literal["page", "call"]
    account: int | None
    """None for visitors who were not signed in."""
    method: str
    path: str
    """Path and query, as the browser sent them."""
    at: datetime = Field(default_factory=now)


class VisitLog:
    """The newest visits; the oldest fall out when there are too many."""

    def __init__(self) -> None:
        self._visits: deque[Visit] = deque(maxlen=KEPT)

    def add(self, visit: Visit) -> None:
        self._visits.append(visit)

    def clear(self) -> None:
        self._visits.clear()

    def listing(self, *, account: int | None = None, prefix: str = "") -> list[Visit]:
        """List visits to paths that begin with *prefix*, oldest first."""
        return [
            visit
            for visit in self._visits
            if account in (None, visit.account) and visit.path.startswith(prefix)
        ]
