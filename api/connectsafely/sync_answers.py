"""What clients get that have an inbox synchronised, or ask how that stands.

Nothing is kept of a mailbox here: to synchronise it is to read its newest conversations anew, and
how that stands is what the account's tasks have found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.clock import iso
from api.connectsafely.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.connectsafely.answers import Outcome
    from storage.tasks import Task


class ConversationsSynced(Answer):
    """How many conversations were read."""

    success: Literal[True] = True
    account_id: str
    conversations_processed: int
    messages_processed: int
    """The latest of each; older ones are read by `messages`."""
    duration_ms: int
    duration_seconds: str
    error: None = None


class SyncState(Answer):
    """How reading an account's conversations has gone lately; null is what nobody has counted."""

    last_sync_at: str | None = None
    """When they were last read, by whichever call, or by a runner that watches the inbox."""
    sync_in_progress: bool
    total_conversations: int | None = None
    """Of the focused inbox and Sales Navigator's; null unless the last read came to their end."""
    total_messages: None = None
    consecutive_failures: int
    """Since then; 20 may stand for more."""
    last_error: str | None = None
    """Of the newest of them."""
    initial_sync_completed: bool


class AccountSync(Answer):
    """An account, and how reading its conversations has gone."""

    account_id: str
    account_name: str
    account_picture: None = None
    sync_state: SyncState


class SyncStatus(Answer):
    """How that has gone for each account."""

    success: Literal[True] = True
    accounts: list[AccountSync]


def conversations_synced(outcome: Outcome) -> ConversationsSynced:
    read = outcome.output
    found = [*read["conversations"], *(read.get("sales_threads") or [])]
    return ConversationsSynced(
        account_id=outcome.account_id,
        conversations_processed=len(found),
        messages_processed=sum(each["latest_message"] is not None for each in found),
        duration_ms=round(outcome.took.total_seconds() * 1000),
        duration_seconds=f"{outcome.took.total_seconds():.2f}",
    )


def sync_state(
    last: Task | None, *, unfinished: Sequence[Task], failed: Sequence[Task]
) -> SyncState:
    """Say how things stand.

    Args:
        last: the newest look that succeeded.
        failed: those that failed after it, the newest first.
    """
    newest = failed[0].error if failed else None
    return SyncState(
        last_sync_at=iso(last.finished_at) if last and last.finished_at else None,
        sync_in_progress=bool(unfinished),
        total_conversations=_total(last),
        consecutive_failures=len(failed),
        last_error=newest.message if newest else None,
        initial_sync_completed=last is not None,
    )


def _total(last: Task | None) -> int | None:
    """Return how many there are, where the look has listed all of them."""
    if last is None or last.output is None or last.output.get("next", {}) is not None:
        return None
    asked = last.input
    if asked.get("behind") or asked.get("words") or asked.get("is_read") is not None:
        return None
    return len(last.output["conversations"]) + len(last.output.get("sales_threads") or [])
