"""What clients send to have something read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from api.outx.bodies import OutxBody, PersonReference
from api.refusals import InvalidField
from api.texts import TOO_LONG, readable, trimmed
from executor.actions import (
    CONNECTIONS_MAX,
    FARTHEST_START,
    PEOPLE_MAX,
    PROFILES_MAX,
    USUAL_CONNECTIONS,
    USUAL_PEOPLE,
    FetchCompanyInput,
    FetchCompanyPostsInput,
    FetchConnectionsInput,
    FetchProfileInput,
    FetchProfilesPostsInput,
    Person,
    SearchProfilesInput,
)
from executor.company import CompanySlug  # noqa: TC001 - pydantic reads this annotation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject

NO_FILTER = "At least one search filter is required"
_LONGEST_WORDS = 200


def _within(usual: int, least: int, most: int) -> BeforeValidator:
    """Take a number into its bounds, and the usual one for anything else.

    OutX documents no error for such fields.
    """

    def bring(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            return usual
        return min(max(value, least), most)

    return BeforeValidator(bring)


Words = Annotated[
    str,
    StringConstraints(max_length=_LONGEST_WORDS),
    AfterValidator(readable),
    AfterValidator(trimmed),
]
Numbers = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^(urn:li:[a-z_]+:)?\d{1,20}$")]],
    Field(max_length=20),
]
Languages = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]], Field(max_length=20)
]


class FetchProfileBody(OutxBody):
    """Whose profile to read."""

    profile_slug: PersonReference
    """The last part of the profile's address; the whole address, a URN or a bare `ACoA…` id will
    do as well."""

    REFUSALS = MappingProxyType({("profile_slug", None): "Missing or invalid 'profile_slug'"})

    def order(self) -> FetchProfileInput:
        return FetchProfileInput(person=self.profile_slug)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        known = Person.model_validate(order["person"])
        return {"profile_slug": known.vanity or known.profile_id}


class SearchProfilesBody(OutxBody):
    """Whom to look for; at least one filter.

    LinkedIn's search takes its own numbers as filters, and any words as keywords.
    """

    keywords: Words | None = None
    title: Words | None = None
    company: Words | None = None
    first_name: Words | None = None
    last_name: Words | None = None
    geo_urn: Numbers | None = None
    """LinkedIn's numbers of places, or their URNs."""
    current_company: Numbers | None = None
    industry: Numbers | None = None
    past_company: Numbers | None = None
    school: Words | None = None
    profile_language: Languages | None = None
    count: Annotated[
        int,
        _within(USUAL_PEOPLE, 1, PEOPLE_MAX),
        WithJsonSchema({"type": "integer", "minimum": 1, "maximum": PEOPLE_MAX}),
    ] = USUAL_PEOPLE
    """How many people at most; a higher number is taken as the highest."""

    _WORDS: ClassVar = ("keywords", "title", "company", "first_name", "last_name", "school")
    _NUMBERS: ClassVar = ("geo_urn", "current_company", "industry", "past_company")

    # Not documented; formed like those of fetch-connections.
    REFUSALS = MappingProxyType(
        {
            **{(name, None): f"Invalid '{name}': must be a string" for name in _WORDS},
            **{
                (name, TOO_LONG): f"Invalid '{name}': must be {_LONGEST_WORDS} characters or fewer"
                for name in _WORDS
            },
            **{
                (name, None): f"Invalid '{name}': must be an array of LinkedIn's numbers"
                for name in _NUMBERS
            },
            ("profile_language", None): (
                "Invalid 'profile_language': must be an array of two-letter codes"
            ),
            ("", None): NO_FILTER,
        }
    )

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        body = super().read(sent)
        filters = body.model_dump(exclude={"count"})
        if not any(filters.values()):
            raise InvalidField(NO_FILTER)
        return body

    def order(self) -> SearchProfilesInput:
        return SearchProfilesInput.model_validate(self.model_dump(exclude_none=True))

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        return {name: order[name] for name in cls.model_fields if order[name]}


class FetchConnectionsBody(OutxBody):
    """Which of the account's connections to list; an empty body asks for the first page."""

    count: Annotated[
        int,
        _within(USUAL_CONNECTIONS, 1, CONNECTIONS_MAX),
        WithJsonSchema({"type": "integer", "minimum": 1, "maximum": CONNECTIONS_MAX}),
    ] = USUAL_CONNECTIONS
    """How many at most; a higher number is taken as the highest."""
    start: Annotated[
        int,
        _within(0, 0, FARTHEST_START),
        WithJsonSchema({"type": "integer", "minimum": 0, "maximum": FARTHEST_START}),
    ] = 0
    """How many to pass over."""
    keyword: Words | None = None
    """Words that must be in the name."""
    sort_type: str | None = None
    """`RECENTLY_ADDED`; LinkedIn lists the newest first anyway, and nothing else is offered."""

    REFUSALS = MappingProxyType(
        {
            ("keyword", None): "Invalid 'keyword': must be a string",
            ("keyword", TOO_LONG): (
                f"Invalid 'keyword': must be {_LONGEST_WORDS} characters or fewer"
            ),
            ("sort_type", None): "Invalid 'sort_type': must be a string",
        }
    )

    def order(self) -> FetchConnectionsInput:
        return FetchConnectionsInput(keyword=self.keyword, start=self.start, count=self.count)

    @classmethod
    def documented(cls, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was asked for with the defaults written in, as OutX shows it."""
        return {**cls.read(sent).model_dump(exclude_none=True)}

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        given = {"count": order["count"], "start": order["start"]}
        return {**given, **({"keyword": order["keyword"]} if order["keyword"] else {})}


class FetchProfilesPostsBody(OutxBody):
    """Whose posts to read."""

    profile_urns: Annotated[list[PersonReference], Field(min_length=1, max_length=PROFILES_MAX)]
    """The members, each in any of the forms that `fetch-profile` takes."""

    # Not documented; formed like the others.
    REFUSALS = MappingProxyType(
        {
            ("profile_urns", None): "Missing or invalid 'profile_urns'",
            ("profile_urns", "too_long"): (
                f"Invalid 'profile_urns': must be {PROFILES_MAX} or fewer"
            ),
        }
    )

    def order(self) -> FetchProfilesPostsInput:
        return FetchProfilesPostsInput(profiles=self.profile_urns)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        known = [Person.model_validate(each) for each in order["profiles"]]
        return {
            "profile_urns": [
                f"urn:li:fsd_profile:{each.profile_id}" if each.profile_id else each.vanity
                for each in known
            ]
        }


class FetchCompanyBody(OutxBody):
    """Which company's page to read."""

    company_slug: CompanySlug
    """The last part of the company's address; the whole address, its number or a URN will do as
    well."""

    # Not documented; formed like the others.
    REFUSALS = MappingProxyType({("company_slug", None): "Missing or invalid 'company_slug'"})

    def order(self) -> FetchCompanyInput:
        return FetchCompanyInput(company=self.company_slug)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        return {"company_slug": order["company"]}


class FetchCompanyPostsBody(OutxBody):
    """Which company's posts to read."""

    company_slug: CompanySlug
    """The company, in any of the forms that `fetch-company` takes."""

    # Not documented; formed like the others.
    REFUSALS = MappingProxyType({("company_slug", None): "Missing or invalid 'company_slug'"})

    def order(self) -> FetchCompanyPostsInput:
        return FetchCompanyPostsInput(company=self.company_slug)

    @classmethod
    def asking_for(cls, order: JsonObject) -> dict[str, Any]:
        return {"company_slug": order["company"]}
