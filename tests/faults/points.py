"""The named points of a write at which something can be made to happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """Where a process is; all but `BEFORE_ANSWER` are said by the process itself."""

    BEFORE_INTENT = "before intent"
    AFTER_INTENT = "after intent, before click"
    BEFORE_LEAVING = "after click, request held"
    AFTER_LEAVING = "request cleared to leave"
    BEFORE_ANSWER = "delivered, answer on its way"
    """The sandbox's ledger has it, and the network holds the answer back."""
    BEFORE_RECORD = "answered, evidence not recorded"
    AFTER_RECORD = "evidence recorded"
    IDLE = "idle"
    """The account has no further task that is due."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A process stands at a point, and does not go on until it is let."""

    number: int
    point: Point
    task_id: str | None
