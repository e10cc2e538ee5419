"""What became of a submission, for the dialects to word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.acceptance import Acceptance

if TYPE_CHECKING:
    from api.waiting import Waiting
    from storage.tasks import Task

REPLAYED = "Idempotent-Replayed"
DUPLICATE_OF = "Duplicate-Of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The task that stands for a request, and how it came to do so."""

    task: Task
    how: Acceptance
    waiting: Waiting | None
    """`None` when the task does not wait, or why it waits could not be found out."""

    @property
    def headers(self) -> dict[str, str]:
        """What every dialect's answer says beside its body, which stays the contract's."""
        told = self.waiting.headers if self.waiting is not None else {}
        return {**self.repeated, **told}

    @property
    def repeated(self) -> dict[str, str]:
        """The part of it that says that the task was another request's."""
        match self.how:
            case Acceptance.NEW:
                return {}
            case Acceptance.REPLAYED:
                return {REPLAYED: "true"}
            case Acceptance.DUPLICATE:
                return {DUPLICATE_OF: self.task.id}
