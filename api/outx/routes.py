"""OutX's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKey  # noqa: TC001 - FastAPI reads this annotation
from api.idempotency import carries_key, presented_key
from api.json_body import read_object
from api.outx import answers, described
from api.outx.bodies import (
    CommentPostBody,
    LikePostBody,
    SendConnectionRequestBody,
    SendMessageBody,
)
from api.outx.read_bodies import (
    FetchConnectionsBody,
    FetchProfileBody,
    FetchProfilesPostsBody,
    SearchProfilesBody,
)
from api.outx.words import OUTX
from api.refusals import InvalidField, TaskNotFound
from api.services import services
from executor.actions import (
    CommentPost,
    FetchConnections,
    FetchProfile,
    FetchProfilesPosts,
    LikePost,
    SearchProfiles,
    SendConnectionRequest,
    SendMessage,
)

if TYPE_CHECKING:
    from typing import Any

    from api.outx.bodies import OutxBody
    from executor.actions import Action
    from storage.teams import Caller

MESSAGE_CREATED = "Send message task created successfully"
CONNECTION_REQUEST_CREATED = "Send connection request task created successfully"
# Not documented; formed like the others.
LIKE_CREATED = "Like post task created successfully"
COMMENT_CREATED = "Comment post task created successfully"
PROFILE_CREATED = "Profile fetch task created successfully"
CONNECTIONS_CREATED = "Fetch connections task created successfully"
# Not documented; formed like the others.
POSTS_CREATED = "Fetch profiles posts task created successfully"
SEARCH_CREATED = "Search profiles task created successfully"

router = APIRouter(prefix=OUTX.prefix, tags=["OutX"])

_SEND_MESSAGE = SendMessage()
_SEND_CONNECTION_REQUEST = SendConnectionRequest()
_LIKE_POST = LikePost()
_COMMENT_POST = CommentPost()
_FETCH_PROFILE = FetchProfile()
_SEARCH_PROFILES = SearchProfiles()
_FETCH_CONNECTIONS = FetchConnections()
_FETCH_PROFILES_POSTS = FetchProfilesPosts()


@router.post(
    "/send-message",
    summary="Send a message to a connection",
    **described.creation(
        SendMessageBody,
        task_type=SendMessage.task_type,
        message=MESSAGE_CREATED,
        examples=described.MESSAGE_EXAMPLES,
    ),
)
async def send_message(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that sends a direct message from the account of the team's oldest admin.

    Only 1st-degree connections can be written to; for anybody else the task fails.
    """
    return await _create(request, caller, SendMessageBody, _SEND_MESSAGE, MESSAGE_CREATED)


@router.post(
    "/send-connection-request",
    summary="Invite a member to connect",
    **described.creation(
        SendConnectionRequestBody,
        task_type=SendConnectionRequest.task_type,
        message=CONNECTION_REQUEST_CREATED,
        examples=described.CONNECTION_REQUEST_EXAMPLES,
    ),
)
async def send_connection_request(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that sends an invitation from the account of the team's oldest admin."""
    return await _create(
        request,
        caller,
        SendConnectionRequestBody,
        _SEND_CONNECTION_REQUEST,
        CONNECTION_REQUEST_CREATED,
    )


@router.post(
    "/like-post",
    summary="Like a post",
    **described.creation(
        LikePostBody,
        task_type=LikePost.task_type,
        message=LIKE_CREATED,
        examples=described.LIKE_EXAMPLES,
    ),
)
async def like_post(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that likes a post from the account of the team's oldest admin.

    A post that the account likes already stays liked, and the task succeeds.
    """
    return await _create(request, caller, LikePostBody, _LIKE_POST, LIKE_CREATED)


@router.post(
    "/comment-post",
    summary="Comment on a post",
    **described.creation(
        CommentPostBody,
        task_type=CommentPost.task_type,
        message=COMMENT_CREATED,
        examples=described.COMMENT_EXAMPLES,
    ),
)
async def comment_post(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that comments on a post from the account of the team's oldest admin."""
    return await _create(request, caller, CommentPostBody, _COMMENT_POST, COMMENT_CREATED)


@router.post(
    "/fetch-profile",
    summary="Read a profile",
    **described.creation(
        FetchProfileBody,
        task_type=FetchProfile.task_type,
        message=PROFILE_CREATED,
        examples=described.PROFILE_EXAMPLES,
    ),
)
async def fetch_profile(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that reads a profile, as far as the oldest admin's account can see it."""
    return await _create(request, caller, FetchProfileBody, _FETCH_PROFILE, PROFILE_CREATED)


@router.post(
    "/search-profiles",
    summary="Search for people",
    **described.creation(
        SearchProfilesBody,
        task_type=SearchProfiles.task_type,
        message=SEARCH_CREATED,
        examples=described.SEARCH_EXAMPLES,
    ),
)
async def search_profiles(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that searches for people from the account of the team's oldest admin.

    Each ten people count against LinkedIn's monthly limit of searches.
    """
    return await _create(request, caller, SearchProfilesBody, _SEARCH_PROFILES, SEARCH_CREATED)


@router.post(
    "/fetch-connections",
    summary="List connections",
    **described.creation(
        FetchConnectionsBody,
        task_type=FetchConnections.task_type,
        message=CONNECTIONS_CREATED,
        examples=described.CONNECTIONS_EXAMPLES,
    ),
)
async def fetch_connections(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that lists connections of the team's oldest admin, the newest first.

    Raise `start` by `count` until the answer's `total` is below `count`.
    """
    return await _create(
        request, caller, FetchConnectionsBody, _FETCH_CONNECTIONS, CONNECTIONS_CREATED
    )


@router.post(
    "/fetch-profiles-posts",
    summary="Read what members have posted",
    **described.creation(
        FetchProfilesPostsBody,
        task_type=FetchProfilesPosts.task_type,
        message=POSTS_CREATED,
        examples=described.POSTS_EXAMPLES,
    ),
)
async def fetch_profiles_posts(request: Request, caller: CallerByKey) -> JSONResponse:
    """Create a task that reads the newest posts on members' pages."""
    return await _create(
        request, caller, FetchProfilesPostsBody, _FETCH_PROFILES_POSTS, POSTS_CREATED
    )


@router.get("/get-task-status", summary="Ask how a task stands", **described.status())
async def get_task_status(request: Request, caller: CallerByKey) -> JSONResponse:
    """Return a task of the caller's team; ask every 5 seconds until it has ended."""
    own = services(request)
    own.intake.admit(caller, OUTX, creates=False)
    presented = request.query_params.get(described.TASK_ID_PARAMETER)
    if not presented:
        raise InvalidField(described.INVALID_TASK_ID)
    view = await own.store.reports.view(_task_id(presented), team_id=caller.team_id)
    if view is None or view.task.task_type not in answers.TASK_TYPES:
        raise TaskNotFound
    waiting = await own.waits.of(view)
    return JSONResponse(
        answers.status(view.task, failures_as_completed=own.settings.outx_failures_as_completed),
        headers=waiting.headers if waiting is not None else None,
    )


async def _create(
    request: Request,
    caller: Caller,
    body: type[OutxBody],
    action: Action[Any, Any],
    message: str,
) -> JSONResponse:
    intake = services(request).intake
    # Before the body is read: a caller without a session is told so, whatever was sent.
    intake.admit(caller, OUTX, creates=True, keyed=carries_key(request))
    key = presented_key(request)
    sent = await read_object(request)
    submission = await intake.submit(
        caller,
        action,
        body.read(sent).order(),
        dialect=OUTX,
        sent=sent,
        request=body.documented(sent),
        key=key,
    )
    return JSONResponse(answers.created(submission.task, message), headers=submission.headers)


def _task_id(presented: str) -> str:
    try:
        return str(UUID(presented))
    except ValueError as error:
        raise TaskNotFound from error
