"""Find members by words and by LinkedIn's own numbers for places and companies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import profile_address, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

PEOPLE_MAX = 50
"""Most people that one search returns (OutX's documented ceiling)."""
USUAL_PEOPLE = 25

FARTHEST_PERSON = 990
_NETWORK = {1: "F", 2: "S", 3: "O"}
"""LinkedIn's letters for degrees (2026)."""
_Words = Annotated[str, StringConstraints(min_length=1, max_length=200)] | None
_Number = Annotated[str, StringConstraints(pattern=r"^(urn:li:[a-z_]+:)?\d{1,20}$")]
_Numbers = Annotated[list[_Number], Field(max_length=20)]
_WORDS = ("keywords", "title", "company", "first_name", "last_name", "school")
_FACETS = {
    "geo_urn": "geoUrn",
    "current_company": "currentCompany",
    "past_company": "pastCompany",
    "industry": "industry",
    "profile_language": "profileLanguage",
}


class SearchProfilesInput(StrictModel):
    """Whom to look for; at least one filter.

    LinkedIn's search page takes numbers as filters, and all words as keywords (2026): `title`,
    `company`, `first_name`, `last_name` and `school` are searched for as such.
    """

    keywords: _Words = None
    title: _Words = None
    company: _Words = None
    first_name: _Words = None
    last_name: _Words = None
    school: _Words = None
    geo_urn: _Numbers = Field(default=[])
    """LinkedIn's numbers of places, such as 103644278 for the United States; or their URNs."""
    current_company: _Numbers = Field(default=[])
    past_company: _Numbers = Field(default=[])
    industry: _Numbers = Field(default=[])
    profile_language: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]], Field(max_length=20)
    ] = Field(default=[])
    degrees: Annotated[list[Literal[1, 2, 3]], Field(max_length=3)] = Field(default=[])
    """How far away: 1 for connections; 3 stands for everybody beyond the 2nd degree."""
    start: Annotated[int, Field(ge=0, le=FARTHEST_PERSON)] = 0
    """How many to pass over; LinkedIn shows a thousand at most (2026)."""
    count: Annotated[int, Field(ge=1, le=PEOPLE_MAX)] = USUAL_PEOPLE

    @model_validator(mode="after")
    def _has_a_filter(self) -> Self:
        if not any(getattr(self, name) for name in (*_WORDS, *_FACETS, "degrees")):
            raise ValueError("at least one filter is needed")
        return self


class FoundPerson(StrictModel):
    """Somebody whom the search has found; null is what the page does not tell."""

    profile_id: str | None
    profile_urn: str | None
    vanity: str | None
    profile_url: str
    full_name: str
    headline: str | None
    location: str | None
    degree: int | None


class SearchProfilesOutput(StrictModel):
    """Who was found, in LinkedIn's order."""

    people: list[FoundPerson]
    has_more: bool
    """Whether LinkedIn offers more than these."""
    cut_short: str | None
    """Why there may be more than this: `commercial_use_limit`; `unclear` when a page was empty
    without saying so, which may be the same limit. Null when nothing kept it from its end."""


class SearchProfiles(Action[SearchProfilesInput, SearchProfilesOutput]):
    """Search for people, page after page; each page counts against LinkedIn's monthly limit."""

    task_type = "search_profiles"
    input_model = SearchProfilesInput
    output_model = SearchProfilesOutput

    def extra_time(self, order: SearchProfilesInput) -> timedelta:
        return timedelta(seconds=2 * order.count)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: SearchProfilesInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[SearchProfilesOutput]:
        words = [getattr(order, name) for name in _WORDS]
        found = await linkedin.search_people(
            keywords=" ".join(word for word in words if word),
            facets={
                facet: [each.rpartition(":")[2] for each in getattr(order, name)]
                for name, facet in _FACETS.items()
            }
            | {"network": [_NETWORK[degree] for degree in order.degrees]},
            start=order.start,
            count=order.count,
        )
        people = [
            FoundPerson(
                profile_id=each.profile_id,
                profile_urn=profile_urn(each.profile_id) if each.profile_id else None,
                vanity=each.vanity,
                profile_url=profile_address(each.vanity or each.profile_id or ""),
                full_name=each.name,
                headline=each.headline,
                location=each.location,
                degree=each.degree,
            )
            for each in found.people
        ]
        output = SearchProfilesOutput(
            people=people, has_more=found.has_more, cut_short=found.cut_short
        )
        return Done(output=output, evidence={"method": "page"})
