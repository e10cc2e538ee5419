"""What became of a submission, for the dialects to word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.waiting import UNTIL_A_PERSON_ACTS
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

    def cannot_start_within(self, seconds: float) -> bool:
        """Tell whether it is known already that the task does not start in this time."""
        if self.waiting is None:
            return False
        return self.waiting.waits_for in UNTIL_A_PERSON_ACTS or (
            self.waiting.seconds_to_start is not None and self.waiting.seconds_to_start > seconds
        )
