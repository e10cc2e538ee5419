"""List the members of a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.group import GroupId
from executor.models import StrictModel
from executor.person import profile_address, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

USUAL_GROUP_MEMBERS = 50
GROUP_MEMBERS_MAX = 100
"""The most at once, which is ConnectSafely's documented cap (2026-10)."""
FARTHEST_GROUP_MEMBER = 900
"""How far the list is followed; LinkedIn brings twenty with each scroll (2026-09)."""


class FetchGroupMembersInput(StrictModel):
    """Which of them to list."""

    group_id: GroupId
    start: Annotated[int, Field(ge=0, le=FARTHEST_GROUP_MEMBER)] = 0
    """How many to pass over; the list is read from its beginning each time."""
    count: Annotated[int, Field(ge=1, le=GROUP_MEMBERS_MAX)] = USUAL_GROUP_MEMBERS


class GroupMember(StrictModel):
    """A member of a group; null is what the list does not tell."""

    profile_id: str | None
    profile_urn: str | None
    vanity: str | None
    profile_url: str | None
    full_name: str
    headline: str | None
    degree: int | None
    """Null also for the account's own person."""
    profile_image_url: str | None


class FetchGroupMembersOutput(StrictModel):
    """Members, in the order in which LinkedIn lists them."""

    members: list[GroupMember]
    has_more: bool
    """Whether there are more behind these, or may be: the page may have been too slow."""


class FetchGroupMembers(Action[FetchGroupMembersInput, FetchGroupMembersOutput]):
    """Scroll through a group's members until there are enough of them."""

    task_type = "fetch_group_members"
    input_model = FetchGroupMembersInput
    output_model = FetchGroupMembersOutput

    def extra_time(self, order: FetchGroupMembersInput) -> timedelta:
        return timedelta(seconds=30 + (order.start + order.count) / 10)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchGroupMembersInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchGroupMembersOutput]:
        people, has_more = await linkedin.read_group_members(
            order.group_id, start=order.start, count=order.count
        )
        members = [
            GroupMember(
                profile_id=each.profile_id,
                profile_urn=None if each.profile_id is None else profile_urn(each.profile_id),
                vanity=each.vanity,
                profile_url=profile_address(known)
                if (known := each.vanity or each.profile_id)
                else None,
                full_name=each.name,
                headline=each.headline,
                degree=each.degree,
                profile_image_url=each.image_url,
            )
            for each in people
        ]
        output = FetchGroupMembersOutput(members=members, has_more=has_more)
        return Done(output=output, evidence={"method": "page"})
