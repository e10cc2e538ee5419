"""What clients send: the documented fields, their rules, and the text when one is broken."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    WithJsonSchema,
)

from api.refusals import InvalidField
from api.texts import TOO_LONG, CommentText, MessageText, NoteText, person
from executor.actions import (
    COMMENT_MAX,
    MESSAGE_MAX,
    NOTE_MAX,
    CommentPostInput,
    LikePostInput,
    Person,
    SendConnectionRequestInput,
    SendMessageInput,
)
from executor.models import Documented
from executor.post import PostUrn

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from storage.tasks import JsonObject


PersonReference = Annotated[
    Person, BeforeValidator(person), WithJsonSchema({"type": "string", "minLength": 1})
]


class OutxBody(Documented):
    """A request body; unknown fields are ignored."""

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    REFUSALS: ClassVar[Mapping[tuple[str, str | None], str]]
    """Field and kind of error to the documented text; kind `None` is any other error."""

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """Check *sent* field by field, in the documented order.

        Raises:
            InvalidField: with the documented text of the first field that is wrong.
        """
        try:
            return cls.model_validate(sent)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            raise InvalidField(cls._refusal(first)) from None

    @classmethod
    def _refusal(cls, error: ErrorDetails) -> str:
        field = str(error["loc"][0])
        return cls.REFUSALS.get((field, error["type"])) or cls.REFUSALS[field, None]

    @classmethod
    def documented(cls, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return the documented fields of *sent*, each as it came."""
        return {name: sent[name] for name in cls.model_fields if name in sent}

    @abstractmethod
    def order(self) -> BaseModel:
        """Return the input of the action that this body asks for."""

    @classmethod
    @abstractmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        """Return a body that asks for this stored input, for tasks of other dialects."""


class SendMessageBody(OutxBody):
    """Whom to write, and what."""

    recipient_urn: PersonReference
    """The recipient: `urn:li:person:…`, `urn:li:fsd_profile:…`, a bare `ACoA…` id, a profile's
    address or its last part."""
    message: MessageText
    """The text, with something to see in it; counted in Unicode code points, delivered as it
    stands."""

    REFUSALS = MappingProxyType(
        {
            ("recipient_urn", None): "Missing or invalid 'recipient_urn'",
            ("message", None): "Missing or invalid 'message'",
            ("message", TOO_LONG): f"Message text is too long (max {MESSAGE_MAX} characters)",
        }
    )

    def order(self) -> SendMessageInput:
        return SendMessageInput(recipient=self.recipient_urn, message=self.message)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        person = order["recipient"]
        # Who asked by another contract may have named the conversation alone.
        named = _named(person, prefix="urn:li:person:") if person else order["conversation_urn"]
        return {"recipient_urn": named, "message": order["message"]}


class SendConnectionRequestBody(OutxBody):
    """Whom to invite, with or without a note."""

    profile_urn: PersonReference
    """The invitee, in any of the forms that `send-message` takes."""
    note: NoteText | None = None
    """A personal note of at most 300 characters after trimming; when it is omitted, null, empty
    or nothing to see, the invitation goes without one."""

    REFUSALS = MappingProxyType(
        {
            ("profile_urn", None): "Missing or invalid 'profile_urn'",
            ("note", None): "Invalid 'note': must be a string",
            ("note", TOO_LONG): f"Invalid 'note': must be {NOTE_MAX} characters or fewer",
        }
    )

    def order(self) -> SendConnectionRequestInput:
        return SendConnectionRequestInput(invitee=self.profile_urn, note=self.note)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        noted = {} if order["note"] is None else {"note": order["note"]}
        return {"profile_urn": _named(order["invitee"], prefix="urn:li:fsd_profile:"), **noted}


class LikePostBody(OutxBody):
    """Which post to like."""

    social_urn: PostUrn
    """The post: `urn:li:activity:…`, `urn:li:ugcPost:…`, `urn:li:share:…`, or its address."""

    REFUSALS = MappingProxyType({("social_urn", None): "Missing or invalid 'social_urn'"})

    def order(self) -> LikePostInput:
        return LikePostInput(post=self.social_urn)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        return {"social_urn": order["post"]}


class CommentPostBody(OutxBody):
    """Which post to comment on, and how."""

    social_urn: PostUrn
    """The post, in any of the forms that `like-post` takes."""
    comment_text: CommentText
    """The text, with something to see in it; counted in Unicode code points, published as it
    stands."""

    # Not documented; formed like the others.
    REFUSALS = MappingProxyType(
        {
            ("social_urn", None): "Missing or invalid 'social_urn'",
            ("comment_text", None): "Missing or invalid 'comment_text'",
            (
                "comment_text",
                TOO_LONG,
            ): f"Comment text is too long (max {COMMENT_MAX} characters)",
        }
    )

    def order(self) -> CommentPostInput:
        return CommentPostInput(post=self.social_urn, text=self.comment_text)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        return {"social_urn": order["post"], "comment_text": order["text"]}


def _named(someone: JsonObject, *, prefix: str) -> str:
    known = Person.model_validate(someone)
    return f"{prefix}{known.profile_id}" if known.profile_id else str(known.vanity)
