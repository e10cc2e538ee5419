"""Where things are on LinkedIn's pages: data only, each fact with its date.

When LinkedIn changes its markup, this folder is what has to change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.locators import (
    account,
    conversation_deeds,
    follow,
    invitation_change,
    invite,
    message_deeds,
    messaging,
    post,
    sales,
)

if TYPE_CHECKING:
    from executor.locators.element import NetworkCall

IRREVERSIBLE_CALLS: tuple[NetworkCall, ...] = (
    follow.CHANGE_FOLLOWING,
    invitation_change.CHANGE_INVITATION,
    invite.ADD_CONNECTION,
    invite.CREATE_INVITATION,
    message_deeds.CHANGE_MESSAGE_REACTION,
    message_deeds.RECALL_MESSAGE,
    messaging.CREATE_MESSAGE,
    post.CHANGE_REACTION,
    post.CREATE_COMMENT,
    sales.CREATE_SALES_MESSAGE,
)
"""Requests that LinkedIn cannot take back; the browser lets one through only when it is asked
for by the task at hand."""

TELLTALE_CALLS: tuple[NetworkCall, ...] = (
    messaging.MARK_READ,
    messaging.MARK_SEEN,
    sales.MARK_SALES_READ,
)
"""Requests by which a page tells that its person has looked; stopped while a task only reads."""

HEARD_CALLS: tuple[NetworkCall, ...] = (
    account.OWN_ACCOUNT,
    conversation_deeds.MARK_CONVERSATION,
    messaging.LOAD_CONVERSATIONS,
    messaging.LOAD_MESSAGES,
    messaging.MARK_READ,
    messaging.TYPING,
    sales.LOAD_OLDER,
    sales.LOAD_THREAD,
    sales.LOAD_THREADS,
    sales.MARK_SALES_READ,
)
"""Requests whose answers are read, beside those that LinkedIn cannot take back."""

ASKED_CALLS: tuple[NetworkCall, ...] = (messaging.LOAD_MESSAGES,)
"""Requests that are taken note of when the page asks."""
