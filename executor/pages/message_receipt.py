"""What proves that a message was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.mailbox import sent_at_of

if TYPE_CHECKING:
    from executor.components.member import Member
    from executor.components.thread import Delivery
    from storage.tasks import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceipt:
    """Proof of a delivered message."""

    recipient_profile_id: str
    message_urn: str | None
    conversation_urn: str | None
    evidence: JsonObject

    @property
    def sent_at(self) -> int | None:
        """When LinkedIn stored it, in milliseconds since 1970, as the message's id tells."""
        return sent_at_of(self.message_urn) if self.message_urn else None


def receipt_of(
    delivery: Delivery, member: Member, *, method: str, thread_id: str | None
) -> MessageReceipt:
    """Write down a delivery to a member that was found in a conversation."""
    return MessageReceipt(
        recipient_profile_id=member.profile_id,
        message_urn=delivery.urn,
        conversation_urn=delivery.conversation_urn,
        evidence={
            "method": method,
            "by": delivery.by,
            "message_urn": delivery.urn,
            "thread": thread_id,
        },
    )
