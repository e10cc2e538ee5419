"""Read what a member's profile tells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import Person, profile_address, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.profile_sections import ProfileFacts


class FetchProfileInput(StrictModel):
    """Whose profile to read."""

    person: Person


class Span(StrictModel):
    """A time, as far as the profile tells it."""

    start_year: int | None
    start_month: int | None
    """Read in English and in numbers; null in other languages."""
    end_year: int | None
    end_month: int | None


class Position(Span):
    """What the member does or did."""

    title: str
    company_name: str | None
    location: str | None
    is_current: bool


class School(Span):
    """Where the member has learnt."""

    school_name: str
    degree: str | None


class FetchProfileOutput(StrictModel):
    """What the profile shows to the acting account; null is what it does not tell."""

    profile_id: str
    profile_urn: str
    """`urn:li:fsd_profile:…`."""
    person_urn: str
    """The same member as `urn:li:person:…`."""
    vanity: str | None
    profile_url: str
    full_name: str
    first_name: str
    """The name's first word: the page tells no parts."""
    last_name: str
    headline: str | None
    location: str | None
    about: str | None
    degree: int | None
    """1 for a connection, 2 and 3 for others."""
    connections: int | None
    """500 stands for 500 and more, as LinkedIn tells it."""
    followers: int | None
    positions: list[Position]
    education: list[School]
    skills: list[str]
    incomplete: list[str]
    """Sections of which there is more than could be read."""


class FetchProfile(Action[FetchProfileInput, FetchProfileOutput]):
    """Open a profile, read it to its end, and follow what it keeps behind "Show all"."""

    task_type = "fetch_profile"
    input_model = FetchProfileInput
    output_model = FetchProfileOutput

    def extra_time(self, order: FetchProfileInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchProfileInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchProfileOutput]:
        profile = await linkedin.open_profile(order.person)
        output = _output(await profile.facts())
        return Done(output=output, evidence={"method": "page"})


def _output(facts: ProfileFacts) -> FetchProfileOutput:
    member = facts.member
    first, _, last = member.name.partition(" ")
    return FetchProfileOutput(
        profile_id=member.profile_id,
        profile_urn=profile_urn(member.profile_id),
        person_urn=f"urn:li:person:{member.profile_id}",
        vanity=member.vanity,
        profile_url=profile_address(member.vanity or member.profile_id),
        full_name=member.name,
        first_name=first,
        last_name=last,
        headline=facts.card.headline,
        location=facts.card.location,
        about=facts.about,
        degree=facts.card.degree,
        connections=facts.card.connections,
        followers=facts.card.followers,
        positions=[
            Position(
                title=each.title,
                company_name=each.company_name,
                location=each.location,
                start_year=each.span.start_year,
                start_month=each.span.start_month,
                end_year=each.span.end_year,
                end_month=each.span.end_month,
                is_current=each.span.is_current,
            )
            for each in facts.positions
        ],
        education=[
            School(
                school_name=each.school_name,
                degree=each.degree,
                start_year=each.span.start_year,
                start_month=each.span.start_month,
                end_year=each.span.end_year,
                end_month=each.span.end_month,
            )
            for each in facts.education
        ],
        skills=facts.skills,
        incomplete=facts.incomplete,
    )
