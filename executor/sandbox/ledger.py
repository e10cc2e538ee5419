"""What was really delivered: the only thing that tests judge sends by."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from executor.sandbox import ids
from executor.sandbox.events import (
    CommentCreated,
    Delivery,
    FollowCreated,
    FollowDeleted,
    InvitationAccepted,
    InvitationDelivered,
    InvitationIgnored,
    InvitationWithdrawn,
    MessageDelivered,
    MessageReactionCreated,
    MessageReactionDeleted,
    MessageRecalled,
)
from executor.sandbox.files import SentFile
from executor.sandbox.posts import Reaction

Kind = Literal[
    "message",
    "invitation",
    "withdrawal",
    "acceptance",
    "ignoring",
    "reaction",
    "unreaction",
    "comment",
    "follow",
    "unfollow",
    "recall",
    "message_reaction",
    "message_unreaction",
]
_ABOUT_INVITATIONS = (
    InvitationDelivered,
    InvitationWithdrawn,
    InvitationAccepted,
    InvitationIgnored,
)
_ABOUT_MESSAGES = (MessageRecalled, MessageReactionCreated, MessageReactionDeleted)


class LedgerEntry(BaseModel):
    """One delivery."""

    model_config = ConfigDict(frozen=True)

    seq: int
    """Rises with every delivery, with gaps; survives restarts."""
    kind: Kind
    account: int
    recipient: str
    """Profile id of the member who got it; of a post, its author; of an answer, the inviter."""
    text: str | None
    """The message, the comment, or the invitation's note; None where there are no words."""
    at: datetime
    conversation_urn: str | None = None
    message_urn: str | None = None
    invitation_urn: str | None = None
    origin_token: str | None = None
    subject: str | None = None
    """An InMail's."""
    group: str | None = None
    """Number of the group that allowed the message."""
    sales_thread: str | None = None
    """Id of Sales Navigator's conversation; then there is no URN of one, and the message's is an
    id."""
    files: tuple[SentFile, ...] = ()
    """What went with a message, in the order in which it was sent."""
    post_urn: str | None = None
    comment: str | None = None
    """The number at the end of the comment's URN."""
    reaction: Reaction | None = None
    """Which one was given to a post or taken back from it."""
    emoji: str | None = None
    """The same below a message."""


class Ledger:
    """Deliveries in the order in which they happened; nothing edits or removes an entry."""

    def __init__(self) -> None:
        self._entries: list[LedgerEntry] = []

    def record(self, seq: int, delivery: Delivery, *, sender: str) -> None:
        """Add a delivery made from the mailbox of the profile *sender*."""
        told: dict[str, Any] = {"text": None}
        if isinstance(delivery, MessageDelivered):
            told = {
                "text": delivery.text,
                "conversation_urn": ids.conversation_urn(sender, delivery.thread),
                "message_urn": ids.message_urn(sender, delivery.message),
                "origin_token": delivery.origin_token,
                "subject": delivery.subject,
                "group": delivery.group,
                "files": delivery.files,
            }
            if delivery.sales:
                told |= {
                    "conversation_urn": None,
                    "sales_thread": delivery.thread,
                    "message_urn": delivery.message,
                }
        elif isinstance(delivery, _ABOUT_INVITATIONS):
            told["invitation_urn"] = ids.invitation_urn(delivery.invitation)
            if isinstance(delivery, InvitationDelivered):
                told["text"] = delivery.note
        elif isinstance(delivery, CommentCreated):
            told = {
                "text": delivery.text,
                "post_urn": delivery.post,
                "comment": delivery.comment,
            }
        elif isinstance(delivery, _ABOUT_MESSAGES):
            told |= {
                "conversation_urn": ids.conversation_urn(sender, delivery.thread),
                "message_urn": ids.message_urn(sender, delivery.message),
            }
            if not isinstance(delivery, MessageRecalled):
                told["emoji"] = delivery.emoji
        elif not isinstance(delivery, FollowCreated | FollowDeleted):
            told |= {"post_urn": delivery.post, "reaction": delivery.reaction}
        self._entries.append(
            LedgerEntry.model_validate(
                {
                    "seq": seq,
                    "kind": delivery.kind,
                    "account": delivery.account,
                    "recipient": delivery.recipient,
                    "at": delivery.at,
                    **told,
                }
            )
        )

    def entries(
        self,
        *,
        kind: Kind | None = None,
        recipient: str | None = None,
        account: int | None = None,
    ) -> list[LedgerEntry]:
        """List the deliveries that match every filter that is given, oldest first."""
        return [
            entry
            for entry in self._entries
            if kind in (None, entry.kind)
            and recipient in (None, entry.recipient)
            and account in (None, entry.account)
        ]
