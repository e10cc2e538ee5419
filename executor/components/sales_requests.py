"""Comparing what Sales Navigator's page asks of its server with what the task is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.thread import same_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from executor.browser.guard import RequestBody


def reply_problem(body: RequestBody, thread_id: str, text: str) -> str | None:
    """Say what is wrong with a request that should send this text into this conversation.

    It is a `createMessageRequest` with the `body`, a `threadId`, `copyToCrm` and a `trackingId`
    (as public clients record it, 2026-11-22).
    """
    asked = body.get("createMessageRequest")
    if not isinstance(asked, dict):
        return "The request holds no message."
    if not same_words(str(asked.get("body", "")), text):
        return "The request holds another text."
    if asked.get("threadId") != thread_id:
        return "The request is for another conversation."
    for name in ("recipients", "subject", "attachments", "copyToCrm"):
        if asked.get(name):
            return f"The request has {name}, which nobody asked for."
    return None


def message_in(answer: Mapping[str, Any], thread_id: str) -> str | None:
    """Return the message's id in the answer to such a request.

    It stands in a `value`, at times below `data`; a bare text there does not say what it is, and
    one in another conversation is none of ours (2026-11-22).
    """
    told = answer.get("data", answer)
    value = told.get("value") if isinstance(told, dict) else None
    if not isinstance(value, dict) or value.get("threadId", thread_id) != thread_id:
        return None
    found = value.get("messageId")
    return found if isinstance(found, str) and found else None
