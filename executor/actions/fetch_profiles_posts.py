"""Read what members have posted lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import Person, profile_urn
from executor.post import post_address

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.components.member import Member
    from executor.pages.linkedin import LinkedIn
    from executor.pages.post_list import ShownPost

PROFILES_MAX = 10
"""Most members that one task reads; each opens two pages."""


class FetchProfilesPostsInput(StrictModel):
    """Whose posts to read."""

    profiles: Annotated[list[Person], Field(min_length=1, max_length=PROFILES_MAX)]


class MemberPost(StrictModel):
    """A post on a member's page; null is what the page does not tell."""

    profile_urn: str
    """On whose page it stands."""
    post_urn: str | None
    post_url: str | None
    author_url: str | None
    """Who wrote it: not the member for what the member only passed on."""
    is_own: bool
    text: str


class FetchProfilesPostsOutput(StrictModel):
    """The newest posts of each member, in the order in which they were asked for."""

    posts: list[MemberPost]
    unclear: list[str]
    """URNs of members whose page shows no post: they have none, or it was not understood."""


class FetchProfilesPosts(Action[FetchProfilesPostsInput, FetchProfilesPostsOutput]):
    """Open each member's profile and then the page of their activity."""

    task_type = "fetch_profiles_posts"
    input_model = FetchProfilesPostsInput
    output_model = FetchProfilesPostsOutput

    def extra_time(self, order: FetchProfilesPostsInput) -> timedelta:
        return timedelta(seconds=30) * len(order.profiles)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchProfilesPostsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchProfilesPostsOutput]:
        posts: list[MemberPost] = []
        unclear: list[str] = []
        for person in order.profiles:
            member = (await linkedin.open_profile(person)).member
            shown = await linkedin.read_activity(member)
            posts += [_post(member, each) for each in shown]
            if not shown:
                unclear.append(profile_urn(member.profile_id))
        output = FetchProfilesPostsOutput(posts=posts, unclear=unclear)
        return Done(output=output, evidence={"method": "page"})


def _post(member: Member, shown: ShownPost) -> MemberPost:
    return MemberPost(
        profile_urn=profile_urn(member.profile_id),
        post_urn=shown.urn,
        post_url=post_address(shown.urn) if shown.urn else None,
        author_url=shown.author_url,
        is_own=shown.is_own,
        text=shown.text,
    )
