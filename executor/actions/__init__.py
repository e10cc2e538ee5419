"""The catalogue: everything that the program can do on LinkedIn, one file per task type.

This is all of `executor` that the API sees; importing it loads no browser.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from executor.actions.action import Action, Content, Done, Write
from executor.actions.send_connection_request import (
    NOTE_MAX,
    SendConnectionRequest,
    SendConnectionRequestInput,
)
from executor.actions.send_message import MESSAGE_MAX, SendMessage, SendMessageInput
from executor.person import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE: tuple[Action[Any, Any], ...] = (
    SendConnectionRequest(),
    SendMessage(),
)

BY_TASK_TYPE: Mapping[str, Action[Any, Any]] = MappingProxyType(
    {action.task_type: action for action in CATALOGUE}
)

__all__ = [
    "BY_TASK_TYPE",
    "CATALOGUE",
    "MESSAGE_MAX",
    "NOTE_MAX",
    "Action",
    "Content",
    "Done",
    "Person",
    "SendConnectionRequest",
    "SendConnectionRequestInput",
    "SendMessage",
    "SendMessageInput",
    "Write",
]
