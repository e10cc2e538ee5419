"""What clients send: the documented fields and their rules.

The documentation has two texts for what is missing, and none for what is wrong; the others are
formed like them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from api.refusals import InvalidField
from api.texts import TOO_LONG, CommentText, NoteText
from executor.actions import (
    NOTE_MAX,
    CommentPost,
    CommentPostInput,
    FetchProfile,
    FetchProfileInput,
    FetchRelationship,
    FetchRelationshipInput,
    LikePost,
    LikePostInput,
    Person,
    SendConnectionRequest,
    SendConnectionRequestInput,
    WithdrawInvitation,
    WithdrawInvitationInput,
)
from executor.models import Documented
from executor.post import PostUrn, Reaction

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from executor.actions import Action


def _not_offered(value: Any) -> None:
    if value:
        raise PydanticCustomError(_NOT_OFFERED, "is not supported")


_NOT_OFFERED = "not_offered"
NotOffered = Annotated[None, BeforeValidator(_not_offered)]
"""A documented field that would change what is done, and that nothing is done with here.

To leave it out unsaid would do something else than was asked for. Clients that send it empty mean
nothing by it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a call asks to have done."""

    action: Action[Any, Any]
    order: BaseModel
    otherwise: frozenset[str] = frozenset()
    """Task types as which the same request may have been accepted when less, or more, was known of
    the account; their outcome answers it as well."""


class CallBody(Documented):
    """A call's fields, from its JSON body, its query and its path; unknown ones are ignored."""

    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, hide_input_in_errors=True, strict=True
    )

    account_id: str | None = None
    """The account that acts; by default that of the team's oldest admin."""

    @classmethod
    def of_json(cls, sent: Mapping[str, Any]) -> Self:
        """Check a JSON body.

        Raises:
            InvalidField: the text names the first field that is wrong.
        """
        try:
            return cls.model_validate(sent)
        except ValidationError as error:
            raise InvalidField(_text(error)) from None

    @classmethod
    def of_texts(cls, sent: Mapping[str, str]) -> Self:
        """Check a query and parts of a path, where everything is text.

        Raises:
            InvalidField: see `of_json`.
        """
        try:
            return cls.model_validate_strings(sent)
        except ValidationError as error:
            raise InvalidField(_text(error)) from None

    @classmethod
    def account_in(cls, sent: Mapping[str, Any]) -> Any:
        """Return how a request names the account that is to act, which goes before all else.

        Raises:
            InvalidField: it names several.
        """
        return sent.get("accountId")

    @abstractmethod
    def wanted(self) -> Wanted:
        """Return what this body asks for."""

    @property
    def heeds_seat(self) -> bool:
        """Whether more is done for an account that is known to have Sales Navigator."""
        return False

    def with_seat(self, wanted: Wanted) -> Wanted:
        """Return the same for such an account; called only where it makes a difference."""
        return wanted

    @property
    def given_person(self) -> str:
        """Whom the client has named, in its own words; empty when it is nobody."""
        return ""


class AboutSomebody(CallBody):
    """A call about one person, who is named by a profile id or by a URN; the URN counts."""

    NAMES: ClassVar[tuple[str, str]]
    """The fields, the one with the profile id first."""

    @model_validator(mode="before")
    @classmethod
    def _names_somebody(cls, sent: Any) -> Any:
        # Before the other fields: this is what the documentation shows as the first thing checked.
        is_somebody = not isinstance(sent, Mapping) or any(sent.get(name) for name in cls.NAMES)
        if not is_somebody and not cls._may_name_nobody(sent):
            raise PydanticCustomError(
                "nobody", "Either {one} or {other} is required", dict(_pair(cls.NAMES))
            )
        return sent

    @classmethod
    def _may_name_nobody(cls, sent: Mapping[str, Any]) -> bool:  # noqa: ARG003 - for those who may
        """Tell whether something else in the body says who is meant."""
        return False

    @model_validator(mode="after")
    def _names_a_person(self) -> Self:
        if not self.given_person:
            return self
        try:
            _ = self.person
        except ValueError:
            name = self.NAMES[1] if self._urn else self.NAMES[0]
            raise PydanticCustomError("nobody", "{name} is invalid", {"name": name}) from None
        return self

    @property
    @abstractmethod
    def _urn(self) -> str | None: ...

    @property
    @abstractmethod
    def _id(self) -> str | None: ...

    @property
    def person(self) -> Person:
        return Person.parse(self.given_person)

    @property
    def given_person(self) -> str:
        return self._urn or self._id or ""


class MemberBody(AboutSomebody):
    """A call about one member, who is named by a public id or a URN."""

    NAMES = ("profileId", "profileUrn")

    profile_id: str | None = None
    """The member's public id. Either this or `profileUrn` is required."""
    profile_urn: str | None = None
    """The member's URN. It counts when both are given."""

    @property
    def _urn(self) -> str | None:
        return self.profile_urn

    @property
    def _id(self) -> str | None:
        return self.profile_id


class ConnectBody(MemberBody):
    """Whom to invite, with or without a note."""

    custom_message: NoteText | None = None
    """A note of at most 300 characters."""

    def wanted(self) -> Wanted:
        order = SendConnectionRequestInput(invitee=self.person, note=self.custom_message)
        return Wanted(action=SendConnectionRequest(), order=order)


class PersonBody(CallBody):
    """A call about one person, who is named in one field."""

    profile_id: str = Field(min_length=1)
    """The member's public id; a URN will do as well."""

    @model_validator(mode="after")
    def _names_a_person(self) -> Self:
        try:
            Person.parse(self.profile_id)
        except ValueError:
            raise PydanticCustomError("nobody", "profileId is invalid") from None
        return self

    @property
    def given_person(self) -> str:
        return self.profile_id


class WithdrawBody(MemberBody):
    """Whose invitation to withdraw."""

    first_name: str | None = None
    last_name: str | None = None
    """The name is for the answer's text only."""

    def wanted(self) -> Wanted:
        order = WithdrawInvitationInput(invitee=self.person)
        return Wanted(action=WithdrawInvitation(), order=order)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.given_person


class RelationshipBody(PersonBody):
    """With whom the relationship is asked for."""

    def wanted(self) -> Wanted:
        order = FetchRelationshipInput(person=Person.parse(self.profile_id))
        return Wanted(action=FetchRelationship(), order=order)


class ProfileBody(PersonBody):
    """Whose profile to read, and which parts of it to answer with."""

    include_experience: bool = False
    include_education: bool = False
    include_skills: bool = False

    def wanted(self) -> Wanted:
        order = FetchProfileInput(person=Person.parse(self.profile_id))
        return Wanted(action=FetchProfile(), order=order)


class CommentBody(CallBody):
    """Which post to comment on, and how."""

    post_url: PostUrn
    """The post's address, or its URN."""
    comment: CommentText
    """The text, with something to see in it; published as it stands."""
    tag_post_author: Literal[False] = False
    """Nobody is mentioned: `{{author}}` would be published as it stands."""
    company_urn: NotOffered = None
    """Has to be empty: the account's person comments, and no company."""

    def wanted(self) -> Wanted:
        order = CommentPostInput(post=self.post_url, text=self.comment)
        return Wanted(action=CommentPost(), order=order)


class ReactBody(CallBody):
    """Which post to react to, and how."""

    post_url: PostUrn | None = None
    """The post's address, or its URN. Either this or `threadUrn` is required."""
    thread_urn: PostUrn | None = None
    """The post's URN. It counts when both are given."""
    reaction_type: Literal[
        "LIKE", "PRAISE", "APPRECIATION", "EMPATHY", "INTEREST", "ENTERTAINMENT"
    ] = "LIKE"
    """Takes the place of another reaction of the account."""
    company_urn: NotOffered = None
    """Has to be empty: the account's person reacts, and no company."""

    @model_validator(mode="after")
    def _names_a_post(self) -> Self:
        _ = self._post
        return self

    @property
    def _post(self) -> str:
        post = self.thread_urn or self.post_url
        if post is None:
            names = _pair(("postUrl", "threadUrn"))
            raise PydanticCustomError("nobody", "Either {one} or {other} is required", dict(names))
        return post

    def wanted(self) -> Wanted:
        reaction = Reaction(self.reaction_type.lower())
        order = LikePostInput(post=self._post, reaction=reaction, replaces=True)
        return Wanted(action=LikePost(), order=order)


def _pair(names: tuple[str, str]) -> dict[str, str]:
    return {"one": names[0], "other": names[1]}


def _text(error: ValidationError) -> str:
    """Word the first thing that is wrong."""
    first = error.errors(include_url=False, include_input=False)[0]
    if not first["loc"]:
        return first["msg"]
    name, *inside = first["loc"]
    if first["type"] == _NOT_OFFERED:
        name, inside = ".".join(map(str, first["loc"])), []
    return f"{name} {'is invalid' if inside else _rule(first)}"


def _rule(error: ErrorDetails) -> str:
    bounds = {"max_length": NOTE_MAX, **error.get("ctx", {})}
    return _RULES.get(error["type"], "is invalid").format(**bounds)


_RULES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is required",
        _NOT_OFFERED: "is not supported",
        "string_too_short": "is required",
        "string_type": "must be a string",
        "bool_type": "must be true or false",
        "bool_parsing": "must be true or false",
        "int_type": "must be a whole number",
        "int_parsing": "must be a whole number",
        "int_from_float": "must be a whole number",
        "literal_error": "must be {expected}",
        "too_long": "must be {max_length} or fewer",
        "greater_than_equal": "must be {ge} or more",
        "less_than_equal": "must be {le} or less",
        TOO_LONG: "must be {max_length} characters or fewer",
    }
)
