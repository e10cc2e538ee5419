"""Comparing what Sales Navigator's page asks of its server with what the task is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.sales_mailbox import sales_profile_in
from executor.components.thread import same_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from executor.browser.guard import RequestBody

_ABOUT = ("threadId", "recipients", "subject", "attachments", "copyToCrm")
"""What such a request may hold beside the text and a `trackingId`."""


def reply_problem(body: RequestBody, thread_id: str, text: str) -> str | None:
    """Say what is wrong with a request that should send this text into this conversation.

    It is a `createMessageRequest` with the `body`, a `threadId`, `copyToCrm` and a `trackingId`
    (as public clients record it, 2026-11-22).
    """
    asked = body.get("createMessageRequest")
    if not isinstance(asked, dict):
        return "The request holds no message."
    if asked.get("threadId") != thread_id:
        return "The request is for another conversation."
    return _text_problem(asked, text) or _surplus(asked, wanted=("threadId",))


def beginning_problem(
    body: RequestBody, profile_id: str, text: str, *, subject: str | None
) -> str | None:
    """Say what is wrong with a request that should send this text to this member alone.

    It has `recipients` with one URN in place of the `threadId`, and the `subject` that an InMail
    has (as public clients record it, 2026-11-22).

    Args:
        profile_id: as Sales Navigator has it.
    """
    asked = body.get("createMessageRequest")
    if not isinstance(asked, dict):
        return "The request holds no message."
    recipients = asked.get("recipients")
    named = [sales_profile_in(each) for each in recipients] if isinstance(recipients, list) else []
    if named != [profile_id]:
        return "The request is not for this member alone."
    if (asked.get("subject") or None) != subject:
        return "The request holds another subject."
    return _text_problem(asked, text) or _surplus(asked, wanted=("recipients", "subject"))


def sent_in(answer: Mapping[str, Any], *, thread_id: str | None = None) -> tuple[str, str] | None:
    """Return the ids of conversation and message in the answer to such a request.

    They stand in a `value`, at times below `data`; a bare text there does not say what it is, and
    a message in another conversation is none of ours (2026-11-22).

    Args:
        thread_id: the conversation that it went into; an answer need not name it.
    """
    told = answer.get("data", answer)
    value = told.get("value") if isinstance(told, dict) else None
    if not isinstance(value, dict):
        return None
    thread, message = value.get("threadId", thread_id), value.get("messageId")
    if not (isinstance(thread, str) and isinstance(message, str) and thread and message):
        return None
    return (thread, message) if thread_id in {None, thread} else None


def _text_problem(asked: Mapping[str, Any], text: str) -> str | None:
    same = same_words(str(asked.get("body", "")), text)
    return None if same else "The request holds another text."


def _surplus(asked: Mapping[str, Any], *, wanted: Sequence[str]) -> str | None:
    for name in _ABOUT:
        if asked.get(name) and name not in wanted:
            return f"The request has {name}, which nobody asked for."
    return None
