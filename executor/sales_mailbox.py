"""Sales Navigator's conversations and messages as the reading tasks hand them out."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import ConfigDict, StringConstraints

from executor.mailbox import MailboxMessage, Participant
from executor.models import Documented

_URN = "urn:li:salesNav_thread:"
_ID = r"2-[A-Za-z0-9+/_=-]{1,400}"
SalesThreadId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^{_ID}$")]
"""A conversation's id as Sales Navigator's addresses have it, decoded (2026-11-22)."""
SalesThreadUrn = Annotated[str, StringConstraints(pattern=rf"^{_URN}{_ID}$")]
"""The same as ConnectSafely names it; LinkedIn has no URN for it (2026-11-22)."""


_PART = r"[A-Za-z0-9_-]{1,128}"
_Part = Annotated[str, StringConstraints(pattern=rf"^{_PART}$")]
_LEAD = re.compile(rf"urn:li:fs_salesProfile:\(({_PART}),({_PART}),({_PART})\)")


class SalesLead(Documented):
    """A member as Sales Navigator names them, in URNs and in the addresses of its pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    profile_id: _Part
    """Sales Navigator's own, mostly `ACw…`."""
    found_by: _Part
    """Such as `NAME_SEARCH`."""
    token: _Part

    @classmethod
    def parse(cls, urn: str) -> Self | None:
        """Read a `urn:li:fs_salesProfile:(…)`; `None` for anything else."""
        found = _LEAD.fullmatch(urn.strip())
        if found is None:
            return None
        return cls(profile_id=found[1], found_by=found[2], token=found[3])


def sales_thread_urn(thread_id: str) -> str:
    """Name a conversation as ConnectSafely does."""
    return f"{_URN}{thread_id}"


def sales_thread_id_in(urn: str) -> str | None:
    """Return the conversation that such a name means; `None` for other names."""
    found = re.fullmatch(rf"{_URN}({_ID})", urn)
    return found[1] if found else None


class SalesMessage(MailboxMessage):
    """One message; its URN is a bare id, and who wrote it is named as Sales Navigator does."""

    kind: str | None
    """LinkedIn's word, of `INMAIL`, `MESSAGE`, `INVITATION`, `SYSTEM_MESSAGE` and others."""


class SalesThread(Documented):
    """One conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    thread_id: str
    conversation_urn: str
    conversation_url: str
    participants: list[Participant]
    """The account's own member included, whose distance is `SELF`."""
    unread_count: int
    is_archived: bool
    message_count: int | None
    """How many messages there are in all."""
    last_activity_at: int
    """Milliseconds since 1970, as all times here."""
    next_page_starts_at: int
    """Where the list goes on behind it."""
    latest_message: SalesMessage | None
