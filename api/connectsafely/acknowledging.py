"""ConnectSafely's endpoints that send and acknowledge at once; here they send, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from api.connectsafely import answers, quotas
from api.connectsafely.bodies import CallBody
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.message_bodies import GroupMessageBody, InboxMessageBody

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome

_MOST = 100
_JANE = "urn:li:fsd_profile:ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
_UNACKNOWLEDGED = (
    "Messages are not acknowledged, whatever `messageUrns` names, and `acknowledgmentSent` says so."
)


class _Acknowledging(CallBody):
    message_urns: list[str] = Field(default_factory=list, max_length=_MOST)
    """Messages to acknowledge, which is not done: LinkedIn's page does it when it shows them."""


class AcknowledgingMessageBody(InboxMessageBody, _Acknowledging):
    """Whom to write, and what."""


class AcknowledgingGroupMessageBody(GroupMessageBody, _Acknowledging):
    """Whom to write, what, and by which group."""


class AcknowledgingMessageSent(answers.MessageSent):
    """It was sent, with evidence."""

    acknowledgment_sent: Literal[False] = False


class AcknowledgingGroupMessageSent(answers.GroupMessageSent):
    """It was sent, with evidence."""

    acknowledgment_sent: Literal[False] = False


def _message_sent(outcome: Outcome) -> AcknowledgingMessageSent:
    return AcknowledgingMessageSent(**answers.message_sent(outcome).model_dump())


def _group_message_sent(outcome: Outcome) -> AcknowledgingGroupMessageSent:
    return AcknowledgingGroupMessageSent(**answers.group_message_sent(outcome).model_dump())


ACKNOWLEDGING_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/messaging/send-with-ack",
        body=AcknowledgingMessageBody,
        answer=_message_sent,
        answer_model=AcknowledgingMessageSent,
        quota=quotas.MESSAGING,
        summary="Send a message; nothing is acknowledged",
        description=f"As `/messaging/send`. {_UNACKNOWLEDGED}",
        examples={"by URN": {"recipientProfileUrn": _JANE, "message": "Hello!"}},
        done={
            "success": True,
            "message": "Message sent successfully",
            "recipientProfileUrn": _JANE,
            "acknowledgmentSent": False,
        },
    ),
    Endpoint(
        path="/messaging/send-group-with-ack",
        body=AcknowledgingGroupMessageBody,
        answer=_group_message_sent,
        answer_model=AcknowledgingGroupMessageSent,
        quota=quotas.MESSAGING,
        summary="Send a message to a fellow member of a group; nothing is acknowledged",
        description=f"As `/messaging/send-group`. {_UNACKNOWLEDGED}",
        examples={
            "by URN": {"recipientProfileUrn": _JANE, "groupId": "12345678", "message": "Hello!"}
        },
        done={
            "success": True,
            "message": "Group context message sent successfully",
            "recipientProfileUrn": _JANE,
            "groupId": "12345678",
            "acknowledgmentSent": False,
        },
    ),
)
