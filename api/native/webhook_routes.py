"""Endpoints about webhooks."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKeyOrToken  # noqa: TC001 - FastAPI reads this annotation
from api.json_body import read_object
from api.native import webhook_answers as answers
from api.native import webhook_described as described
from api.native.queries import wanted_deliveries
from api.native.routes import NATIVE
from api.native.webhook_bodies import CreateWebhook, changed_webhook
from api.refusals import (
    DeliveryNotFound,
    InvalidField,
    TooManyWebhooks,
    WebhookDisabled,
    WebhookNotFound,
)
from api.services import services
from storage.errors import NoRoom, TransitionRefused
from storage.secrets import new_webhook_secret

if TYPE_CHECKING:
    from api.services import Services
    from storage.teams import Caller
    from storage.webhooks import Webhook

OLD_SECRET_KEPT_FOR = timedelta(hours=24)
"""How long a secret that was replaced signs beside the new one."""

router = APIRouter(prefix="/webhooks", tags=["Webhooks"])

_WebhookId = Annotated[str, Path(description="The webhook's id.")]
_DeliveryId = Annotated[str, Path(description="The delivery's id.")]


@router.post("", summary="Add a webhook", **described.CREATION)
async def create_webhook(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Have an endpoint told what happens from now on; its secret is shown this once."""
    own = _admitted(request, caller, changes=True)
    wanted = await CreateWebhook.read(await read_object(request), targets=own.targets)
    secret = new_webhook_secret()
    try:
        webhook = await own.store.webhooks.add(
            caller.team_id, url=wanted.url, event_types=wanted.event_types, secret=secret
        )
    except NoRoom as error:
        raise TooManyWebhooks from error
    return JSONResponse(
        answers.shown_with_secret(webhook, secret),
        status_code=HTTPStatus.CREATED,
        headers={"Location": f"{request.scope.get('root_path', '')}/webhooks/{webhook.id}"},
    )


@router.get("", summary="List webhooks", **described.LISTING)
async def list_webhooks(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """List the team's webhooks, the oldest first."""
    own = _admitted(request, caller, changes=False)
    found = await own.store.webhooks.list(caller.team_id)
    return JSONResponse({"webhooks": [answers.shown(each) for each in found]})


@router.get(
    "/callback-secret", summary="Show the secret that signs callbacks", **described.CALLBACK_SECRET
)
async def get_callback_secret(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Return the secret that signs what is sent to the `callback_url` of the team's tasks."""
    own = _admitted(request, caller, changes=True)
    secret = await own.store.webhooks.callback_secret(caller.team_id)
    return JSONResponse({"secret": secret.get_secret_value()})


@router.post(
    "/callback-secret/rotate",
    summary="Replace the secret that signs callbacks",
    **described.CALLBACK_SECRET,
)
async def rotate_callback_secret(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Replace it; for 24 hours the old one signs as well."""
    own = _admitted(request, caller, changes=True)
    secret = new_webhook_secret()
    await own.store.webhooks.rotate_callback_secret(
        caller.team_id, secret=secret, old_kept_for=OLD_SECRET_KEPT_FOR
    )
    return JSONResponse({"secret": secret.get_secret_value()})


@router.post("/deliveries/{delivery_id}/replay", summary="Deliver once more", **described.REPLAYING)
async def replay_delivery(
    request: Request, caller: CallerByKeyOrToken, delivery_id: _DeliveryId
) -> JSONResponse:
    """Send a delivery once more, from the beginning of its schedule, with the same event."""
    own = _admitted(request, caller, changes=True)
    try:
        replayed = await own.store.webhooks.replay(delivery_id, team_id=caller.team_id)
    except TransitionRefused as error:
        raise WebhookDisabled from error
    if replayed is None:
        raise DeliveryNotFound
    return JSONResponse(answers.delivery(replayed), status_code=HTTPStatus.ACCEPTED)


@router.get("/{webhook_id}", summary="Show a webhook", **described.READING)
async def get_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Return a webhook of the team."""
    own = _admitted(request, caller, changes=False)
    return JSONResponse(answers.shown(await _webhook(own, caller, webhook_id)))


@router.patch("/{webhook_id}", summary="Change a webhook", **described.CHANGING)
async def change_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Change its address or what it is told, or switch it off or on again.

    What is on its way to a webhook that is switched off is dead; it can be replayed later.
    """
    own = _admitted(request, caller, changes=True)
    webhook = await _webhook(own, caller, webhook_id)
    sent = await read_object(request)
    wanted = await changed_webhook(webhook, sent, targets=own.targets)
    changed = await own.store.webhooks.change(wanted)
    if changed is None:
        raise WebhookNotFound
    return JSONResponse(answers.shown(changed))


@router.delete("/{webhook_id}", summary="Remove a webhook", **described.REMOVING)
async def remove_webhook(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> Response:
    """Remove a webhook, and with it what is on its way there."""
    own = _admitted(request, caller, changes=True)
    if not await own.store.webhooks.remove(webhook_id, team_id=caller.team_id):
        raise WebhookNotFound
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{webhook_id}/test", summary="Send a test", **described.TESTING)
async def send_test(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Send an event of the type `webhook.test`; its delivery tells what came of it."""
    own = _admitted(request, caller, changes=True)
    try:
        sent = await own.store.webhooks.send_test(webhook_id, team_id=caller.team_id)
    except TransitionRefused as error:
        raise WebhookDisabled from error
    if sent is None:
        raise WebhookNotFound
    return JSONResponse(answers.delivery(sent), status_code=HTTPStatus.ACCEPTED)


@router.post("/{webhook_id}/rotate-secret", summary="Replace the secret", **described.ROTATING)
async def rotate_secret(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """Replace a webhook's secret, and show the new one this once.

    For 24 hours the old one signs as well, so that receivers can be changed one by one.
    """
    own = _admitted(request, caller, changes=True)
    secret = new_webhook_secret()
    webhook = await own.store.webhooks.rotate_secret(
        webhook_id, team_id=caller.team_id, secret=secret, old_kept_for=OLD_SECRET_KEPT_FOR
    )
    if webhook is None:
        raise WebhookNotFound
    return JSONResponse(answers.shown_with_secret(webhook, secret))


@router.get("/{webhook_id}/deliveries", summary="List deliveries", **described.DELIVERIES)
async def list_deliveries(
    request: Request, caller: CallerByKeyOrToken, webhook_id: _WebhookId
) -> JSONResponse:
    """List what was or is on its way to a webhook, the newest first."""
    own = _admitted(request, caller, changes=False)
    limit, cursor = wanted_deliveries(request.query_params)
    await _webhook(own, caller, webhook_id)
    webhooks = own.store.webhooks
    if cursor is not None and await webhooks.delivery(cursor, team_id=caller.team_id) is None:
        raise InvalidField("'cursor' must be a 'next_cursor' of an earlier answer")
    # One more than is shown tells whether there are more.
    found = await webhooks.deliveries(
        webhook_id, team_id=caller.team_id, limit=limit + 1, before=cursor
    )
    return JSONResponse(answers.page(list(found[:limit]), more=len(found) > limit))


def _admitted(request: Request, caller: Caller, *, changes: bool) -> Services:
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=changes)
    return own


async def _webhook(own: Services, caller: Caller, webhook_id: str) -> Webhook:
    webhook = await own.store.webhooks.get(webhook_id, team_id=caller.team_id)
    if webhook is None:
        raise WebhookNotFound
    return webhook
