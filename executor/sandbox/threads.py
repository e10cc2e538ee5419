"""Conversations as they lie in one account's mailbox."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from executor.sandbox.files import SentFile

_MOMENT = 0.001
SALES_NAVIGATOR: Literal["SALES_NAVIGATOR"] = "SALES_NAVIGATOR"
"""Category of what lies in Sales Navigator's inbox, and in no other."""
Category = Literal[
    "PRIMARY_INBOX", "SECONDARY_INBOX", "INMAIL", "ARCHIVE", "SPAM", "SALES_NAVIGATOR"
]


class MessageReaction(BaseModel):
    """An emoji that somebody has put below a message."""

    model_config = ConfigDict(frozen=True)

    emoji: str
    by: str
    """Profile id."""


class Message(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    sender: str
    """Profile id."""
    text: str
    at: datetime
    subject: str | None = None
    """Only an InMail has one."""
    origin_token: str | None = None
    """What the page that sent it had made for it; None only where the sender's page made none."""
    files: tuple[SentFile, ...] = ()
    recalled: bool = False
    """Its sender has taken it back; a marker stands in its place."""
    reactions: tuple[MessageReaction, ...] = ()


class Thread(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    person: str
    """Profile id of the other side."""
    messages: tuple[Message, ...] = ()
    unread: int = 0
    category: Category = "PRIMARY_INBOX"
    sponsored: bool = False
    starred: bool = False

    @property
    def last_at(self) -> float:
        return self.messages[-1].at.timestamp() if self.messages else 0.0

    @property
    def read_at(self) -> float:
        """When the account last read it: with the newest message that does not count as unread."""
        read = self.messages[: len(self.messages) - self.unread]
        if read:
            return read[-1].at.timestamp()
        return self.messages[0].at.timestamp() - _MOMENT if self.messages else 0.0
