"""Storing, in the transaction of what has happened, that it is to be told.

The end of a task and the state of a session are told by triggers, because the row says all that is
needed, and no statement that changes it can forget them. The rest needs what only the caller knows:
what a task has found out, the present time that decides whether a limit is in force, and the cipher
for a secret.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from storage.limits import HoldReason
from storage.secrets import new_webhook_secret
from storage.sqlite.rows import to_json
from storage.sqlite.times import MICROSECOND, from_micros
from storage.webhooks import EventType

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from storage.secrets import StateCipher
    from storage.sqlite.transaction import Transaction
    from storage.webhooks import Callback, News

# A rolling cap gives way to one write at a time; each of them would be told otherwise.
_WINDOWS = {HoldReason.DAY_CAP: timedelta(days=1), HoldReason.WEEK_CAP: timedelta(days=7)}
_EVER = 0


def tell_news(tx: Transaction, news: Iterable[News], *, team_id: str, member_id: str) -> None:
    """Tell what a task of this account has found out, each once."""
    for each in news:
        tx.run(
            "add_webhook_event",
            event_id=new_event_id(),
            team_id=team_id,
            type=each.type,
            subject=each.subject and f"{each.type}:{member_id}:{each.subject}",
            detail=to_json({"account_id": member_id, **each.detail}),
            told_since=_EVER,
        )


def tell_limits(tx: Transaction, member_id: str) -> None:
    """Tell of limits that keep a due task of this account back, of each once in its window."""
    for row in tx.all("limits_in_force", member_id=member_id):
        reason = HoldReason(row["reason"])
        window = _WINDOWS.get(reason)
        subject = f"{EventType.LIMIT_REACHED}:{member_id}:{row['task_type']}:{reason}"
        tx.run(
            "add_webhook_event",
            event_id=new_event_id(),
            team_id=row["team_id"],
            type=EventType.LIMIT_REACHED,
            subject=subject if window else f"{subject}:{row['until']}",
            detail=to_json(
                {
                    "account_id": member_id,
                    "task_type": row["task_type"] or None,
                    "limit": reason,
                    "until": from_micros(row["until"]).isoformat(),
                }
            ),
            told_since=tx.now - window // MICROSECOND if window else _EVER,
        )


def add_callback(
    tx: Transaction, cipher: StateCipher, callback: Callback, *, team_id: str, task_seq: int
) -> None:
    """Have the end of a task told at an address of its own."""
    tx.run(
        "add_callback",
        task_seq=task_seq,
        url=callback.url,
        target=callback.target,
        webhook_id=callbacks_of(tx, cipher, team_id)["id"],
    )


def callbacks_of(tx: Transaction, cipher: StateCipher, team_id: str) -> sqlite3.Row:
    """Return the row that keeps the secret of the team's callbacks, made when it is missing."""
    return tx.one("callback_endpoint", team_id=team_id) or tx.only(
        "add_webhook",
        webhook_id=new_webhook_id(),
        team_id=team_id,
        url=None,
        event_types=None,
        secret=cipher.encrypt_text(new_webhook_secret()),
    )


def new_webhook_id() -> str:
    return f"wh_{uuid4().hex}"


def new_event_id() -> str:
    return f"evt_{uuid4().hex}"


def new_delivery_id() -> str:
    return f"dlv_{uuid4().hex}"
