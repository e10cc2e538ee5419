"""Read how the account stands with a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import Person, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchRelationshipInput(StrictModel):
    """With whom."""

    person: Person


class FetchRelationshipOutput(StrictModel):
    """How the account and the member stand."""

    profile_id: str
    profile_urn: str
    vanity: str | None
    full_name: str
    relationship: Literal[
        "self",
        "connected",
        "pending",
        "seems_pending",
        "connectable",
        "reinvite_blocked",
        "incoming",
        "follow_only",
        "unknown",
    ]
    """`pending`: invited by this account; `incoming`: has invited it; `seems_pending`: what looks
    like the former, unproven; `reinvite_blocked`: withdrawn less than three weeks ago; `unknown`:
    the page does not tell."""


class FetchRelationship(Action[FetchRelationshipInput, FetchRelationshipOutput]):
    """Open the profile and read its controls, opening its More menu when they leave it open."""

    task_type = "fetch_relationship"
    input_model = FetchRelationshipInput
    output_model = FetchRelationshipOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchRelationshipInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchRelationshipOutput]:
        profile = await linkedin.open_profile(order.person)
        relationship = await profile.relationship()
        member = profile.member
        output = FetchRelationshipOutput(
            profile_id=member.profile_id,
            profile_urn=profile_urn(member.profile_id),
            vanity=member.vanity,
            full_name=member.name,
            relationship=relationship.value,
        )
        return Done(output=output, evidence={"method": "page"})
