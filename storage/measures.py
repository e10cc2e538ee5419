"""What can be counted about a store's work, for those who watch over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from storage.sessions import SessionHealth
    from storage.tasks import TaskStatus

TIME_BOUNDS = tuple(
    timedelta(seconds=seconds) for seconds in (1, 5, 15, 60, 300, 1800, 7200, 43_200)
)
"""Between which the times of steps are counted; the schema's trigger has the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How many tasks of a type have ended in one way, since the beginning."""

    task_type: str
    outcome: TaskStatus
    code: str | None
    """Of the error; `None` for what has succeeded."""
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How many tasks of a type have taken a step within bounds of time, and how long together."""

    task_type: str
    step: str
    """`pick_up` from acceptance, or from the time asked for; `submit` from there; `end` from the
    submit, of what submits nothing from the pick-up."""
    up_to: timedelta | None
    """One of the bounds; the next smaller one is the lower. `None`: longer than every bound."""
    tasks: int
    total: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """How many tasks of a type wait."""

    task_type: str
    is_due: bool
    """Whether no time that was asked for, or a retry's pause, keeps them back."""
    tasks: int
    since: datetime
    """When the oldest was accepted, or became due; of what is not due, the first to become so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """How many members' accounts are in one state."""

    health: SessionHealth | None
    """`None`: never signed in."""
    accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How often one of an element's candidates has found it, or none where it has to be."""

    element: str
    rank: int | None
    """The candidate's place, from 0; `None`: none has found it."""
    candidate: str
    """What it looks for; empty for none."""
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorUse(Found):
    """The same since the beginning."""

    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedOnDay:
    """How many of a team's tasks have ended on one day."""

    day: date
    """In UTC."""
    is_write: bool
    tasks: Mapping[TaskStatus, int]
    """By outcome; those without any are left out."""
