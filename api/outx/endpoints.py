"""OutX's endpoints that create tasks, each said once: what it takes, does, answers and shows."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.outx import read_answers
from api.outx.bodies import (
    CommentPostBody,
    LikePostBody,
    SendConnectionRequestBody,
    SendMessageBody,
)
from api.outx.read_bodies import (
    FetchCompanyBody,
    FetchCompanyPostsBody,
    FetchConnectionsBody,
    FetchProfileBody,
    FetchProfilesPostsBody,
    SearchProfilesBody,
)
from executor.actions import (
    CommentPost,
    FetchCompany,
    FetchCompanyPosts,
    FetchConnections,
    FetchProfile,
    FetchProfilesPosts,
    LikePost,
    SearchProfiles,
    SendConnectionRequest,
    SendMessage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.outx.bodies import OutxBody
    from executor.actions import Action
    from storage.tasks import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """`POST /linkedin-agent/<name>`."""

    name: str
    action: Action[Any, Any]
    body: type[OutxBody]
    task_type: str
    """OutX's word for the task type."""
    message: str
    """What the answer says when the task was created."""
    output: str | Callable[[JsonObject], JsonObject]
    """What the output calls a deed that was done, or what makes OutX's output of ours."""
    summary: str
    description: str
    examples: Mapping[str, Any]
    """Bodies by what they ask for."""

    @property
    def function_name(self) -> str:
        """The name under which the API's description knows it."""
        return self.name.replace("-", "_")


_POST = "urn:li:activity:7123456789012345678"

# Where a message or a task type is not documented, it is formed like the others.
ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        name="send-message",
        action=SendMessage(),
        body=SendMessageBody,
        task_type="agent_send_message",
        message="Send message task created successfully",
        output="sent",
        summary="Send a message to a connection",
        description=(
            "Create a task that sends a direct message from the account of the team's oldest "
            "admin.\n\nOnly 1st-degree connections can be written to; for anybody else the task "
            "fails."
        ),
        examples={
            "a message": {
                "recipient_urn": "urn:li:person:ACoAABCDEFG",
                "message": (
                    "Hi Jane, great connecting with you! I'd love to chat about your work at "
                    "TechCorp."
                ),
            }
        },
    ),
    Endpoint(
        name="send-connection-request",
        action=SendConnectionRequest(),
        body=SendConnectionRequestBody,
        task_type="agent_send_connection_request",
        message="Send connection request task created successfully",
        output="sent",
        summary="Invite a member to connect",
        description=(
            "Create a task that sends an invitation from the account of the team's oldest admin."
        ),
        examples={
            "without a note": {"profile_urn": "urn:li:fsd_profile:ACoAABCDEF123"},
            "with a note": {
                "profile_urn": "urn:li:fsd_profile:ACoAABCDEF123",
                "note": "Hi, I came across your work and would love to connect.",
            },
        },
    ),
    Endpoint(
        name="like-post",
        action=LikePost(),
        body=LikePostBody,
        task_type="agent_like_post",
        message="Like post task created successfully",
        output="liked",
        summary="Like a post",
        description=(
            "Create a task that likes a post from the account of the team's oldest admin.\n\n"
            "A post that the account likes already stays liked, and the task succeeds."
        ),
        examples={"a like": {"social_urn": _POST}},
    ),
    Endpoint(
        name="comment-post",
        action=CommentPost(),
        body=CommentPostBody,
        task_type="agent_comment_post",
        message="Comment post task created successfully",
        output="commented",
        summary="Comment on a post",
        description=(
            "Create a task that comments on a post from the account of the team's oldest admin."
        ),
        examples={
            "a comment": {
                "social_urn": _POST,
                "comment_text": "Congratulations, Jane! Well deserved.",
            }
        },
    ),
    Endpoint(
        name="fetch-profile",
        action=FetchProfile(),
        body=FetchProfileBody,
        task_type="agent_profile_fetch",
        message="Profile fetch task created successfully",
        output=read_answers.profile,
        summary="Read a profile",
        description=(
            "Create a task that reads a profile, as far as the oldest admin's account can see it."
        ),
        examples={"a profile": {"profile_slug": "williamhgates"}},
    ),
    Endpoint(
        name="search-profiles",
        action=SearchProfiles(),
        body=SearchProfilesBody,
        task_type="agent_search_profiles",
        message="Search profiles task created successfully",
        output=read_answers.profiles,
        summary="Search for people",
        description=(
            "Create a task that searches for people from the account of the team's oldest admin."
            "\n\nEach ten people count against LinkedIn's monthly limit of searches."
        ),
        examples={
            "a search": {"title": "VP of Engineering", "geo_urn": ["103644278"], "count": 25}
        },
    ),
    Endpoint(
        name="fetch-connections",
        action=FetchConnections(),
        body=FetchConnectionsBody,
        task_type="agent_fetch_connections",
        message="Fetch connections task created successfully",
        output=read_answers.connections,
        summary="List connections",
        description=(
            "Create a task that lists connections of the team's oldest admin, the newest first."
            "\n\nRaise `start` by `count` until the answer's `total` is below `count`."
        ),
        examples={
            "the first page": {},
            "the newest": {"sort_type": "RECENTLY_ADDED", "start": 0, "count": 100},
        },
    ),
    Endpoint(
        name="fetch-profiles-posts",
        action=FetchProfilesPosts(),
        body=FetchProfilesPostsBody,
        task_type="agent_fetch_profiles_posts",
        message="Fetch profiles posts task created successfully",
        output=read_answers.posts,
        summary="Read what members have posted",
        description="Create a task that reads the newest posts on members' pages.",
        examples={"one member": {"profile_urns": ["urn:li:fsd_profile:ACoAABCDEF123"]}},
    ),
    Endpoint(
        name="fetch-company",
        action=FetchCompany(),
        body=FetchCompanyBody,
        task_type="agent_fetch_company",
        message="Fetch company task created successfully",
        output=read_answers.company,
        summary="Read a company's page",
        description=(
            "Create a task that reads what a company tells of itself: its industry, size, "
            "headquarters and so on."
        ),
        examples={"a company": {"company_slug": "microsoft"}},
    ),
    Endpoint(
        name="fetch-company-posts",
        action=FetchCompanyPosts(),
        body=FetchCompanyPostsBody,
        task_type="agent_fetch_company_posts",
        message="Fetch company posts task created successfully",
        output=read_answers.company_posts,
        summary="Read what a company has posted",
        description=(
            "Create a task that reads a company's newest posts, with their likes, comments and "
            "shares."
        ),
        examples={"a company": {"company_slug": "openai"}},
    ),
)

BY_TASK_TYPE: Mapping[str, Endpoint] = MappingProxyType(
    {endpoint.action.task_type: endpoint for endpoint in ENDPOINTS}
)
"""By our task type; what is missing here is not shown to OutX's clients."""
