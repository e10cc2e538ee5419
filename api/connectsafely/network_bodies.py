"""What clients send about their network: search, connections, invitations."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from api.connectsafely.bodies import CallBody, MemberBody, NotOffered, PersonBody, Wanted
from api.texts import readable, trimmed
from executor.actions import (
    FARTHEST_GROUP_MEMBER,
    FARTHEST_PERSON,
    FARTHEST_START,
    GROUP_MEMBERS_MAX,
    PEOPLE_MAX,
    USUAL_GROUP_MEMBERS,
    USUAL_PEOPLE,
    AnswerInvitation,
    AnswerInvitationInput,
    FetchConnections,
    FetchConnectionsInput,
    FetchGroupMembers,
    FetchGroupMembersInput,
    FetchReceivedInvitations,
    FetchReceivedInvitationsInput,
    FetchSentInvitations,
    FetchSentInvitationsInput,
    FollowMember,
    FollowMemberInput,
    GroupAddress,
    GroupId,
    Person,
    SearchProfiles,
    SearchProfilesInput,
)

INVITATIONS_AT_ONCE = 10
_USUAL_CONNECTIONS = 10
_CONNECTIONS_MAX = 12
_INVITATIONS_MAX = 100
_LONGEST_WORDS = 200

_OTHER_INVITATIONS = frozenset({"ORGANIZATION", "NEWSLETTER", "EVENT", "MEMBER_FOLLOW"})

_DEGREES = {"1st": 1, "2nd": 2, "3rd": 3, "3rd+": 3, "F": 1, "S": 2, "O": 3}


def _listed(value: Any) -> Any:
    """Take one value for a list of it."""
    return value if isinstance(value, list) or value is None else [value]


def _degree(value: str) -> int:
    if value not in _DEGREES:
        raise ValueError("no degree")
    return _DEGREES[value]


def _to_connect(kind: str) -> str:
    if kind.upper() in _OTHER_INVITATIONS:
        raise ValueError("no invitation to connect")
    return kind


Words = Annotated[
    Annotated[str, Field(max_length=_LONGEST_WORDS), AfterValidator(readable)] | None,
    AfterValidator(lambda text: trimmed(text) if text is not None else None),
]
Numbers = Annotated[
    list[Annotated[str, Field(pattern=r"^(urn:li:[a-z_]+:)?[0-9]{1,20}$")]],
    Field(max_length=20),
    BeforeValidator(_listed),
]
Degrees = Annotated[
    list[Annotated[str, AfterValidator(_degree)]], Field(max_length=7), BeforeValidator(_listed)
]


class SearchFilters(BaseModel):
    """Which people; unknown filters are ignored, as the documentation says."""

    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, hide_input_in_errors=True, strict=True
    )

    title: Words = None
    location_id: Numbers = []
    geo_urn: Numbers = []
    industry: Numbers = []
    current_company_ids: Numbers = []
    past_company_ids: Numbers = []
    connection_degree: Degrees = []
    school_ids: NotOffered = None
    service_categories: NotOffered = None


class SearchPeopleBody(CallBody):
    """Whom to look for; `keywords` or one of the filters is needed."""

    keywords: Words = None
    start: int = Field(default=0, ge=0, le=FARTHEST_PERSON)
    """How many to pass over."""
    count: int = Field(default=USUAL_PEOPLE, ge=1, le=PEOPLE_MAX)
    filters: SearchFilters = SearchFilters()
    """LinkedIn's numbers of places, industries and companies; degrees as `1st`, `2nd`, `3rd+`."""
    url: NotOffered = None
    """Has to be empty: Sales Navigator's searches are not offered."""

    @model_validator(mode="after")
    def _looks_for_something(self) -> Self:
        if not self.keywords and not any(value for _, value in self.filters):
            raise PydanticCustomError("nothing", "keywords or a filter is required")
        return self

    def wanted(self) -> Wanted:
        filters = self.filters
        order = SearchProfilesInput.model_validate(
            {
                "keywords": self.keywords,
                "title": filters.title,
                "geo_urn": [*filters.location_id, *filters.geo_urn],
                "industry": filters.industry,
                "current_company": filters.current_company_ids,
                "past_company": filters.past_company_ids,
                "degrees": sorted({int(each) for each in filters.connection_degree}),
                "start": self.start,
                "count": self.count,
            }
        )
        return Wanted(action=SearchProfiles(), order=order)


class ConnectionsBody(CallBody):
    """Which of the account's connections to list."""

    start_index: int = Field(default=0, ge=0, le=FARTHEST_START)
    """How many to pass over."""
    limit: int = Field(default=_USUAL_CONNECTIONS, ge=1, le=_CONNECTIONS_MAX)
    sort_by: Literal["recentlyAdded"] = "recentlyAdded"
    """The newest first, as LinkedIn lists them."""

    def wanted(self) -> Wanted:
        order = FetchConnectionsInput(start=self.start_index, count=self.limit)
        return Wanted(action=FetchConnections(), order=order)


class _MembersBody(CallBody):
    """Which of a group's members to list."""

    start: int = Field(default=0, ge=0, le=FARTHEST_GROUP_MEMBER)
    """How many to pass over."""
    count: int = Field(default=USUAL_GROUP_MEMBERS, ge=1, le=GROUP_MEMBERS_MAX)
    membership_statuses: NotOffered = None
    typeahead_query: NotOffered = None
    """Both have to be empty: the list is read as LinkedIn shows it, which tells no status."""

    @property
    @abstractmethod
    def group(self) -> str:
        """The group's number."""

    def wanted(self) -> Wanted:
        order = FetchGroupMembersInput(group_id=self.group, start=self.start, count=self.count)
        return Wanted(action=FetchGroupMembers(), order=order)


class GroupMembersBody(_MembersBody):
    """Which of a group's members to list."""

    group_id: GroupId
    """The number in the group's address; the account has to be a member."""

    @property
    def group(self) -> str:
        return self.group_id


class GroupMembersByUrlBody(_MembersBody):
    """Which of a group's members to list."""

    group_url: GroupAddress
    """`https://www.linkedin.com/groups/12345678/`; the account has to be a member."""

    @property
    def group(self) -> str:
        return self.group_url


class InvitationsBody(CallBody):
    """Which part of a list of invitations."""

    start_index: int = Field(default=0, ge=0, le=_INVITATIONS_MAX - INVITATIONS_AT_ONCE)
    """How many to pass over."""


class ReceivedInvitationsBody(InvitationsBody):
    """Which of the received invitations to list."""

    def wanted(self) -> Wanted:
        count = self.start_index + INVITATIONS_AT_ONCE
        order = FetchReceivedInvitationsInput(count=count)
        return Wanted(action=FetchReceivedInvitations(), order=order)


class SentInvitationsBody(InvitationsBody):
    """Which of the sent invitations to list."""

    def wanted(self) -> Wanted:
        order = FetchSentInvitationsInput(count=self.start_index + INVITATIONS_AT_ONCE)
        return Wanted(action=FetchSentInvitations(), order=order)


class RespondBody(PersonBody):
    """Whose invitation to answer, and how; what else the documentation has is not needed."""

    action: Literal["ACCEPT", "IGNORE"]
    linked_in_invitation_type: Annotated[str, AfterValidator(_to_connect)] | None = None
    """Only invitations to connect are answered; one to follow, or to an event, is 400."""
    first_name: str | None = None
    last_name: str | None = None
    """The name is for the answer's text only."""

    def wanted(self) -> Wanted:
        order = AnswerInvitationInput.model_validate(
            {"inviter": Person.parse(self.profile_id), "answer": self.action.lower()}
        )
        return Wanted(action=AnswerInvitation(), order=order)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name))) or self.profile_id


class FollowBody(MemberBody):
    """Whom to follow, or not any more."""

    action: Literal["follow", "unfollow"] = "follow"

    def wanted(self) -> Wanted:
        order = FollowMemberInput(member=self.person, action=self.action)
        return Wanted(action=FollowMember(), order=order)
