"""Follow a member, or stop following one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Opposite, Write
from executor.pace import Pace
from executor.person import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class FollowMemberInput(BaseModel):
    """Whom to follow, or not any more."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    member: Person
    action: Literal["follow", "unfollow"] = "follow"


class FollowMemberOutput(BaseModel):
    """Whom the account follows now, or does not any more."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    member_profile_id: str
    action: Literal["follow", "unfollow"]
    changed: bool
    """If not, it was so before, and nothing was clicked."""


class FollowMember(Write[FollowMemberInput, FollowMemberOutput]):
    """Press Follow on a member's profile, or Following, and what is asked then.

    Connections are followed from the beginning. Who is followed is told of it; who is not any more
    is not.
    """

    task_type = "follow_member"
    input_model = FollowMemberInput
    output_model = FollowMemberOutput
    # Half of what a hosted vendor allows an account (ConnectSafely, 100 a day, both counted).
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=50)

    def content(self, order: FollowMemberInput) -> Content:
        return Content(target=order.member, text=order.action)

    def opposites(self, order: FollowMemberInput) -> Sequence[Opposite]:
        other = "unfollow" if order.action == "follow" else "follow"
        asks = Content(target=order.member, text=other)
        return [Opposite(task_type=self.task_type, asks=asks)]

    async def perform(
        self, linkedin: LinkedIn, order: FollowMemberInput, attempt: Attempt
    ) -> Done[FollowMemberOutput]:
        profile = await linkedin.open_profile(order.member)
        member = profile.member.profile_id
        following = await linkedin.open_following(profile)
        if following.follows is (order.action == "follow"):
            seen = {"method": "page", "following": following.follows}
            return _done(member, order, seen, changed=False)
        return _done(member, order, await following.change(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: FollowMemberInput, baseline: JsonObject
    ) -> Done[FollowMemberOutput] | None:
        evidence = await linkedin.find_following(baseline, follows=order.action == "follow")
        member = baseline["member"]["profile_id"]
        return None if evidence is None else _done(member, order, evidence)


def _done(
    member: str, order: FollowMemberInput, evidence: JsonObject, *, changed: bool = True
) -> Done[FollowMemberOutput]:
    output = FollowMemberOutput(member_profile_id=member, action=order.action, changed=changed)
    return Done(output=output, evidence=evidence)
