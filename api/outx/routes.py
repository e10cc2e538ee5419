"""OutX's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import KeyHeader
from api.json_body import read_object
from api.outx import answers, described
from api.outx.bodies import SendConnectionRequestBody, SendMessageBody
from api.outx.words import OUTX
from api.refusals import InvalidField, TaskNotFound
from api.services import services
from executor.actions import SendConnectionRequest, SendMessage
from storage.teams import Caller

if TYPE_CHECKING:
    from typing import Any

    from api.outx.bodies import OutxBody
    from executor.actions import Action

MESSAGE_CREATED = "Send message task created successfully"
CONNECTION_REQUEST_CREATED = "Send connection request task created successfully"

router = APIRouter(prefix=OUTX.prefix, tags=["OutX"])

_Caller = Annotated[Caller, Security(KeyHeader("x-api-key", description="The team's API key."))]
_SEND_MESSAGE = SendMessage()
_SEND_CONNECTION_REQUEST = SendConnectionRequest()


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
async def send_message(request: Request, caller: _Caller) -> JSONResponse:
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
async def send_connection_request(request: Request, caller: _Caller) -> JSONResponse:
    """Create a task that sends an invitation from the account of the team's oldest admin."""
    return await _create(
        request,
        caller,
        SendConnectionRequestBody,
        _SEND_CONNECTION_REQUEST,
        CONNECTION_REQUEST_CREATED,
    )


@router.get("/get-task-status", summary="Ask how a task stands", **described.status())
async def get_task_status(request: Request, caller: _Caller) -> JSONResponse:
    """Return a task of the caller's team; ask every 5 seconds until it has ended."""
    own = services(request)
    own.intake.admit(caller, creates=False)
    presented = request.query_params.get(described.TASK_ID_PARAMETER)
    if not presented:
        raise InvalidField(described.INVALID_TASK_ID)
    task = await own.store.intake.get(_task_id(presented), team_id=caller.team_id)
    if task is None or task.dialect != OUTX.name:
        raise TaskNotFound
    return JSONResponse(
        answers.status(task, failures_as_completed=own.settings.outx_failures_as_completed)
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
    intake.admit(caller, creates=True)
    sent = await read_object(request)
    order = body.read(sent).order()
    task = await intake.submit(
        caller, action, order, request=body.documented(sent), dialect=OUTX.name
    )
    return JSONResponse(answers.created(task, message))


def _task_id(presented: str) -> str:
    try:
        return str(UUID(presented))
    except ValueError as error:
        raise TaskNotFound from error
