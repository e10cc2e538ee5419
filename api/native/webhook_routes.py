"""Endpoints about webhooks."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKeyOrToken  # noqa: TC001 - FastAPI reads this annotation
from api.json_body import read_object
from api.native import webhook_answers as answers
from api.native import webhook_described as described
from api.native.queries import wanted_deliveries
from api.native.routes import NATIVE
from api.routing import Router
from api.services import services

if TYPE_CHECKING:
    from api.webhooks.management import TeamWebhooks
    from storage.teams import Caller

router = Router(tag="Webhooks", prefix="/webhooks")

_WebhookId = Annotated[str, Path(description="The webhook's id.")]
_DeliveryId = Annotated[str, Path(description="The delivery's id.")]


@router.operation("POST", "", described.creation, summary="Add a webhook")
async def create_webhook(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Have an endpoint told what happens from now on; its secret is shown this once."""
    own = _admitted(request, caller, changes=True)
    webhook, secret = await own.add(await read_object(request))
    return JSONResponse(
        answers.shown_with_secret(webhook, secret),
        status_code=HTTPStatus.CREATED,
        headers={"Location": f"{request.scope.get('root_path', '')}/webhooks/{webhook.id}"},
    )


@router.operation("GET", "", described.listing, summary="List webhooks")
async def list_webhooks(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """List the team's webhooks, the oldest first."""
    own = _admitted(request, caller, changes=False)
    return JSONResponse({"webhooks": [answers.shown(each) for each in await own.list()]})


@router.operation(
    "GET",
    "/callback-secret",
    described.callback_secret,
    summary="Show the secret that signs callbacks",
)
async def get_callback_secret(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Return the secret that signs what is sent to the `callback_url` of the team's tasks."""
    own = _admitted(request, caller, changes=True)
    return JSONResponse({"secret": (await own.callback_secret()).get_secret_value()})


@router.operation(
    "POST",
    "/callback-secret/rotate",
    described.callback_secret,
    summary="Replace the secret that signs callbacks",
)
async def rotate_callback_secret(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Replace it; for 24 hours the old one signs as well."""
    own = _admitted(request, caller, changes=True)
    return JSONResponse({"secret": (await own.rotate_callback_secret()).get_secret_value()})


@router.operation("GET", "/deliveries", described.all_deliveries, summary="List all deliveries")
async def list_all_deliveries(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """List what was or is on its way to the team's webhooks and callbacks, the newest first."""
    own = _admitted(request, caller, changes=False)
    found, more = await own.deliveries(**wanted_deliveries(request.query_params))
    return JSONResponse(answers.page(list(found), more=more))


@router.operation(
    "POST", "/deliveries/{delivery_id}/replay", described.replaying, summary="Deliver once more"
)
async def replay_delivery(
    request: Request, caller: CallerByKeyOrToken, delivery_id: _DeliveryId
) -> JSONResponse:
    """Send a delivery once more, from the beginning of its schedule, with the same event."""
    own = _admitted(request, caller, changes=True)
    replayed = await own.replay(delivery_id)
    return JSONResponse(answers.delivery(replayed), status_code=HTTPStatus.ACCEPTED)


@router.operation("GET", "/{webhook_id}", described.reading, summary="Show a webhook")
async def get_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Return a webhook of the team."""
    own = _admitted(request, caller, changes=False)
    return JSONResponse(answers.shown(await own.get(webhook_id)))


@router.operation("PATCH", "/{webhook_id}", described.changing, summary="Change a webhook")
async def change_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Change its address or what it is told, or switch it off or on again.

    What is on its way to a webhook that is switched off is dead; it can be replayed later.
    """
    own = _admitted(request, caller, changes=True)
    webhook = await own.get(webhook_id)
    return JSONResponse(answers.shown(await own.change(webhook, await read_object(request))))


@router.operation("DELETE", "/{webhook_id}", described.removing, summary="Remove a webhook")
async def remove_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> Response:
    """Remove a webhook, and with it what is on its way there."""
    own = _admitted(request, caller, changes=True)
    await own.remove(webhook_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.operation("POST", "/{webhook_id}/test", described.testing, summary="Send a test")
async def send_test(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Send an event of the type `webhook.test`; its delivery tells what came of it."""
    own = _admitted(request, caller, changes=True)
    sent = await own.send_test(webhook_id)
    return JSONResponse(answers.delivery(sent), status_code=HTTPStatus.ACCEPTED)


@router.operation(
    "POST", "/{webhook_id}/rotate-secret", described.rotating, summary="Replace the secret"
)
async def rotate_secret(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Replace a webhook's secret, and show the new one this once.

    For 24 hours the old one signs as well, so that receivers can be changed one by one.
    """
    own = _admitted(request, caller, changes=True)
    webhook, secret = await own.rotate_secret(webhook_id)
    return JSONResponse(answers.shown_with_secret(webhook, secret))


@router.operation(
    "GET", "/{webhook_id}/deliveries", described.deliveries, summary="List deliveries"
)
async def list_deliveries(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """List what was or is on its way to a webhook, the newest first."""
    own = _admitted(request, caller, changes=False)
    found, more = await own.deliveries(webhook_id, **wanted_deliveries(request.query_params))
    return JSONResponse(answers.page(list(found), more=more))


def _admitted(request: Request, caller: Caller, *, changes: bool) -> TeamWebhooks:
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=changes)
    return own.webhooks_of(caller.team_id)
