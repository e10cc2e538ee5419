"""Telling a repeated request from a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from storage.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyKey:
    """A client's own name for one request, within its team."""

    key: str
    fingerprint: str
    """Digest of the request; the same key with another one is a mistake of the client."""
    kept_for: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What proves that nothing is left of a task's effect: a later success of this type."""

    task_type: str
    names: str
    """The field that has the same value in both outputs: what the one has made, and the other
    undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentGuard:
    """What would be the same effect once more, for requests without a key."""

    digests: frozenset[str]
    """Every digest under which the same content may have been accepted: a person has several
    names."""
    window: timedelta
    """How long after its success a task still stands for a repeated one."""
    window_while_owed: timedelta
    """The same while its outcome was not told to the client that waited for it."""
    task_types: frozenset[str] = frozenset()
    """Which types have that effect; none: the request's own."""
    opposites: frozenset[tuple[str, str]] = frozenset()
    """Task types and digests of what leaves nothing of that effect: a task stands for nothing any
    more once one of these was accepted after it and has neither failed nor been cancelled. For what
    can be done again without harm."""
    undone_by: Undoing | None = None
    """For what must not be done twice, where it can be undone."""
    answers: Callable[[Task], bool] = field(default=lambda _: True, compare=False)
    """Whether such a task's outcome would answer the request, too; if not, it is refused."""


class Acceptance(StrEnum):
    """What became of a request."""

    NEW = "new"
    REPLAYED = "replayed"
    """Its key was known; the task is the first one's."""
    DUPLICATE = "duplicate"
    """Its content was known; the task is the first one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The task that answers a request."""

    task: Task
    how: Acceptance
