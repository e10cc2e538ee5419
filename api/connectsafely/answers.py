"""What clients get when it was done: the documented bodies, and the making of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from executor.models import Documented
from executor.person import profile_urn

if TYPE_CHECKING:
    from api.connectsafely import bodies, message_bodies
    from storage.tasks import JsonObject


class Answer(Documented):
    """A body; its keys are camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ErrorAnswer(Answer):
    """Every answer that is not a success."""

    error: str
    success: Literal[False] = False


class BareErrorAnswer(Answer):
    """Every answer that is not a success, of those whose pages have errors without `success`."""

    error: str


class ConversationErrorAnswer(ErrorAnswer):
    """It could not be done to this conversation."""

    account_id: str
    conversation_urn: str


class Unauthorized(Answer):
    """The key is missing or wrong."""

    error: str


class HeldAnswer(ErrorAnswer):
    """A quota is used up, or LinkedIn itself takes no more for now."""

    hold_until: str | None = None


class UnfinishedAnswer(Answer):
    """The task has been accepted, and its end was not waited for."""

    success: Literal[False] = False
    message: str
    task_id: str
    task_status: str
    status_url: str
    retry_safe: bool
    """Whether sending the same request again cannot make it happen twice."""
    earliest_start: str | None = None
    """An estimate."""


class UnprovenAnswer(ErrorAnswer):
    """It may have happened, and nobody could prove it; do not send it again."""

    code: Literal["unconfirmed"] = "unconfirmed"
    task_id: str
    status_url: str
    retry_safe: Literal[False] = False


class MessageSent(Answer):
    """It was sent, with evidence."""

    success: Literal[True] = True
    message: str
    """What was done, not what was written."""
    recipient_profile_urn: str


class GroupMessageSent(MessageSent):
    """It was sent, with evidence."""

    group_id: str


class TypedMessageSent(MessageSent):
    """It was sent, with evidence."""

    typing_indicator_sent: bool
    """Whether LinkedIn took the page's word that somebody types; only existing conversations show
    it."""


class SentMessage(Answer):
    """The message as LinkedIn has stored it."""

    message_urn: str | None = None
    text: str
    sent_at: int | None = None
    """In milliseconds since 1970."""
    sender_profile_id: str | None = None
    sender_name: None = None
    sender_photo: None = None
    is_sent_by_owner: Literal[True] = True


class ConversationMessageSent(MessageSent):
    """It was sent, with evidence."""

    sent_message: SentMessage


class SalesConversationMessageSent(Answer):
    """The same in Sales Navigator, which names nobody by LinkedIn's own id."""

    success: Literal[True] = True
    message: str
    recipient_profile_urn: None = None
    sent_message: SentMessage
    """Its `messageUrn` is a bare id."""
    thread_id: str


class InmailCredits(Answer):
    """How many InMails the account may still send."""

    success: Literal[True] = True
    in_mail_credits: int | None = None
    """Null with a Premium whose credits LinkedIn shows in an InMail's box only; ours."""
    total_credits: None = None
    used_credits: None = None
    entity_urn: str | None = None
    """The account's own profile."""
    account_id: str
    premium_type: Literal["SALES_NAVIGATOR", "FREE", "UNKNOWN"]
    message: str


class StoredAttachment(Answer):
    """A file that may go out with a message of the account that it was handed in for."""

    asset_urn: str
    """An id of this service, in the form of a URN; LinkedIn does not know it."""
    byte_size: int
    media_type: str
    name: str
    """Without path and control characters, with an extension that fits the type."""


class AttachmentUploaded(Answer):
    """It is stored."""

    success: Literal[True] = True
    attachment: StoredAttachment


class InvitationSent(Answer):
    """The invitation was sent, with evidence."""

    success: Literal[True] = True
    message: str
    profile_urn: str


class InvitationWithdrawn(Answer):
    """The invitation was withdrawn, with evidence."""

    success: Literal[True] = True
    message: str
    account_id: str


class RelationshipRead(Answer):
    """How the account and the member stand."""

    connected: bool
    invitation_sent: bool
    invitation_received: bool
    status: str
    """Nothing but `NOT_CONNECTED` is documented; the others are our task's words in capitals."""
    profile_urn: str
    account_id: str


class Commented(Answer):
    """The comment was published, with evidence."""

    success: Literal[True] = True
    message: str
    post_details: dict[str, Any]


class Reacted(Answer):
    """The account has reacted to the post; it may have done so before."""

    success: Literal[True] = True
    message: str
    thread_urn: str
    post_details: dict[str, Any]


class ProfileRead(Answer):
    """A profile, as far as the account can see it; nothing is kept between two calls."""

    success: Literal[True] = True
    message: str
    account_id: str
    profile: dict[str, Any]
    """Empty when there is no such profile."""
    experience: list[dict[str, Any]]
    education: list[dict[str, Any]]
    skills: list[str]
    cached: Literal[False] = False
    cached_at: None = None
    expires_at: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a finished call is answered from."""

    body: Any
    output: JsonObject
    account_id: str
    account_name: str
    account_profile_id: str | None
    """See `Account.profile_id`."""
    took: timedelta = timedelta(0)
    """From when its task was taken up to its end."""


def message_sent(outcome: Outcome) -> MessageSent:
    return MessageSent(
        message="Message sent successfully",
        recipient_profile_urn=profile_urn(outcome.output["recipient_profile_id"]),
    )


def group_message_sent(outcome: Outcome) -> GroupMessageSent:
    return GroupMessageSent(
        message="Group context message sent successfully",
        recipient_profile_urn=profile_urn(outcome.output["recipient_profile_id"]),
        group_id=outcome.output["group_id"],
    )


def typed_message_sent(outcome: Outcome) -> TypedMessageSent:
    return TypedMessageSent(
        **message_sent(outcome).model_dump(),
        typing_indicator_sent=bool(outcome.output.get("typing_shown")),
    )


def conversation_message_sent(
    outcome: Outcome,
) -> ConversationMessageSent | SalesConversationMessageSent:
    body, sent = cast("message_bodies.ConversationMessageBody", outcome.body), outcome.output
    # Which inbox it went to is told by what came of it: `auto` may go to either.
    if "message_id" in sent:
        return SalesConversationMessageSent(
            message="Message sent successfully",
            sent_message=SentMessage(message_urn=sent["message_id"], text=body.message),
            thread_id=sent["thread_id"],
        )
    return ConversationMessageSent(
        **message_sent(outcome).model_dump(),
        sent_message=SentMessage(
            message_urn=sent["message_urn"],
            text=body.message,
            sent_at=sent.get("sent_at"),
            sender_profile_id=_owner_of(sent["message_urn"]),
        ),
    )


def inmail_credits(outcome: Outcome) -> InmailCredits:
    read = outcome.output
    left: int | None = read["credits"]
    free = "FREE" if read["has_premium"] is False else "UNKNOWN"
    return InmailCredits(
        in_mail_credits=left,
        entity_urn=read["profile_urn"],
        account_id=outcome.account_id,
        premium_type="SALES_NAVIGATOR" if read["has_sales_navigator"] else free,
        message=(
            "LinkedIn shows this account's credits in an InMail's box only"
            if left is None
            else f"{left} InMail credits left"
        ),
    )


def invitation_sent(outcome: Outcome) -> InvitationSent:
    return InvitationSent(
        message="Connection request sent successfully",
        profile_urn=profile_urn(outcome.output["invitee_profile_id"]),
    )


def invitation_withdrawn(outcome: Outcome) -> InvitationWithdrawn:
    body = cast("bodies.WithdrawBody", outcome.body)
    return InvitationWithdrawn(
        message=f"Successfully withdrew invitation to {body.name}", account_id=outcome.account_id
    )


def relationship_read(outcome: Outcome) -> RelationshipRead:
    relationship = outcome.output["relationship"]
    is_open = relationship in {"connectable", "reinvite_blocked", "follow_only"}
    return RelationshipRead(
        connected=relationship == "connected",
        invitation_sent=relationship in {"pending", "seems_pending"},
        invitation_received=relationship == "incoming",
        status="NOT_CONNECTED" if is_open else relationship.upper(),
        profile_urn=outcome.output["profile_urn"],
        account_id=outcome.account_id,
    )


def commented(outcome: Outcome) -> Commented:
    return Commented(
        message="Successfully posted comment",
        post_details={"postUrn": outcome.output["post_urn"]},
    )


def reacted(outcome: Outcome) -> Reacted:
    body, post = cast("bodies.ReactBody", outcome.body), outcome.output["post_urn"]
    return Reacted(
        message=f"Successfully reacted to post with {body.reaction_type} reaction",
        thread_urn=post,
        post_details={"postUrn": post},
    )


def profile_read(outcome: Outcome) -> ProfileRead:
    body, read = cast("bodies.ProfileBody", outcome.body), outcome.output
    return ProfileRead(
        message="Profile fetched successfully",
        account_id=outcome.account_id,
        profile={
            "entityUrn": read["profile_urn"],
            "publicIdentifier": read["vanity"],
            "firstName": read["first_name"],
            "lastName": read["last_name"],
            "headline": read["headline"],
            "summary": read["about"],
            "location": read["location"],
            "profileUrl": read["profile_url"],
            "isConnected": read["degree"] == 1,
            "connectionDegree": f"DISTANCE_{read['degree']}" if read["degree"] else None,
            "connectionsCount": read["connections"],
            "followersCount": read["followers"],
        },
        experience=[_camel(each) for each in read["positions"]] if body.include_experience else [],
        education=[_camel(each) for each in read["education"]] if body.include_education else [],
        skills=read["skills"] if body.include_skills else [],
    )


def no_profile(account_id: str) -> ProfileRead:
    """Return what the documentation has for a profile that does not exist."""
    return ProfileRead(
        message="Profile not found",
        account_id=account_id,
        profile={},
        experience=[],
        education=[],
        skills=[],
    )


def _camel(named: JsonObject) -> dict[str, Any]:
    return {to_camel(name): value for name, value in named.items()}


def _owner_of(message_urn: str | None) -> str | None:
    """Return whose mailbox a message's URN names."""
    owner = (message_urn or "").partition("(")[2].partition(",")[0]
    return owner.rpartition(":")[2] or None
