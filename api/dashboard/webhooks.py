"""The pages about webhooks and what is on its way to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.dashboard import shown_values
from api.dashboard.access import (
    SignedIn,
    Visitor,
    read_own_form,
)
from api.dashboard.pages import show
from api.dashboard.sign_in import redirect
from api.dashboard.words import DELIVERY
from api.services import services
from api.webhooks.schedule import PAUSES
from storage.webhooks import SUBSCRIBABLE, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import SecretStr

    from api.webhooks.management import TeamWebhooks
    from storage.webhooks import Delivery

router = APIRouter()

PAGE = 50
_ATTEMPTS = len(PAUSES) + 1
_SHOWN = "shown"
_EVENT = "event:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Deliveries as pages list them."""

    rows: Sequence[Delivery]
    state: DeliveryState | None
    newest: str | None
    """The query that leads to the first of the pages; `None` on it."""
    older: str | None


@router.get("/webhooks")
async def webhooks_page(request: Request, visitor: SignedIn) -> Response:
    """List the team's webhooks, and what was or is on its way to callbacks."""
    return await _webhooks_page(request, visitor)


@router.post("/webhooks")
async def add(request: Request, visitor: SignedIn) -> Response:
    """Add a webhook, and show its secret this once: the answer is its page, not a way to it."""
    own, form = await _changing(request, visitor)
    chosen = [each for each in SUBSCRIBABLE if f"{_EVENT}{each}" in form]
    webhook, secret = await own.add(
        {"url": form.get("url", "").strip(), "event_types": chosen or None}
    )
    return await _webhook_page(request, visitor, webhook.id, secret=secret)


@router.post("/webhooks/callback-secret")
async def show_callback_secret(request: Request, visitor: SignedIn) -> Response:
    """Show the secret of the callbacks in the answer to a button: in no page that is only read."""
    own, _ = await _changing(request, visitor)
    return await _webhooks_page(request, visitor, secret=await own.callback_secret())


@router.post("/webhooks/callback-secret/rotate")
async def rotate_callback_secret(request: Request, visitor: SignedIn) -> Response:
    """Replace the secret of the callbacks, and show the new one."""
    own, _ = await _changing(request, visitor)
    return await _webhooks_page(request, visitor, secret=await own.rotate_callback_secret())


@router.get("/webhooks/{webhook_id}")
async def webhook_page(request: Request, visitor: SignedIn, webhook_id: str) -> Response:
    """Show a webhook and its deliveries."""
    return await _webhook_page(request, visitor, webhook_id)


@router.post("/webhooks/{webhook_id}/switch")
async def switch(request: Request, visitor: SignedIn, webhook_id: str) -> Response:
    """Switch a webhook off or on."""
    own, form = await _changing(request, visitor)
    await own.change(await own.get(webhook_id), {"enabled": form.get("to") == "on"})
    return redirect(request, f"webhooks/{webhook_id}")


@router.post("/webhooks/{webhook_id}/rotate-secret")
async def rotate_secret(request: Request, visitor: SignedIn, webhook_id: str) -> Response:
    """Replace a webhook's secret, and show the new one this once."""
    own, _ = await _changing(request, visitor)
    _, secret = await own.rotate_secret(webhook_id)
    return await _webhook_page(request, visitor, webhook_id, secret=secret)


@router.post("/webhooks/{webhook_id}/test")
async def send_test(request: Request, visitor: SignedIn, webhook_id: str) -> Response:
    """Send a webhook a test, and lead to what becomes of it."""
    own, _ = await _changing(request, visitor)
    sent = await own.send_test(webhook_id)
    return redirect(request, f"webhooks/deliveries/{sent.id}")


@router.post("/webhooks/{webhook_id}/remove")
async def remove(request: Request, visitor: SignedIn, webhook_id: str) -> Response:
    """Remove a webhook, and with it what is on its way there."""
    own, _ = await _changing(request, visitor)
    await own.remove(webhook_id)
    return redirect(request, "webhooks")


@router.get("/webhooks/deliveries/{delivery_id}")
async def delivery_page(request: Request, visitor: SignedIn, delivery_id: str) -> Response:
    """Show one delivery; the texts that it sends only with `?texts=shown`."""
    own = _own(request, visitor)
    delivery = await own.delivery(delivery_id)
    with_texts = request.query_params.get("texts") == _SHOWN
    body = await own.webhooks.sent(delivery_id, team_id=own.team_id)
    sent = None if body is None else json.loads(body)
    return show(
        request.scope,
        "delivery.html",
        visitor=visitor,
        section="webhooks",
        delivery=delivery,
        webhook=await own.get(delivery.webhook_id) if delivery.webhook_id else None,
        most_attempts=_ATTEMPTS,
        sent=sent and shown_values.as_text(sent, with_texts=with_texts, is_body=True),
        with_texts=with_texts,
        has_texts=sent is not None and shown_values.has_texts(sent, is_body=True),
    )


@router.post("/webhooks/deliveries/{delivery_id}/replay")
async def replay(request: Request, visitor: SignedIn, delivery_id: str) -> Response:
    """Send a delivery once more."""
    own, _ = await _changing(request, visitor)
    await own.replay(delivery_id)
    return redirect(request, f"webhooks/deliveries/{delivery_id}")


def _own(request: Request, visitor: Visitor) -> TeamWebhooks:
    return services(request).webhooks_of(visitor.caller.team_id)


async def _changing(request: Request, visitor: Visitor) -> tuple[TeamWebhooks, Mapping[str, str]]:
    visitor.require_write()
    return _own(request, visitor), await read_own_form(request, visitor)


async def _webhooks_page(
    request: Request, visitor: Visitor, *, secret: SecretStr | None = None
) -> Response:
    own = _own(request, visitor)
    return show(
        request.scope,
        "webhooks.html",
        visitor=visitor,
        section="webhooks",
        webhooks=await own.list(),
        events=SUBSCRIBABLE,
        secret=secret.get_secret_value() if secret else None,
        callbacks=await _listed(request, own),
        states=DELIVERY,
    )


async def _webhook_page(
    request: Request, visitor: Visitor, webhook_id: str, *, secret: SecretStr | None = None
) -> Response:
    own = _own(request, visitor)
    return show(
        request.scope,
        "webhook.html",
        visitor=visitor,
        section="webhooks",
        webhook=await own.get(webhook_id),
        secret=secret.get_secret_value() if secret else None,
        deliveries=await _listed(request, own, webhook_id),
        states=DELIVERY,
    )


async def _listed(request: Request, own: TeamWebhooks, webhook_id: str | None = None) -> Listed:
    """Return the wanted deliveries to a webhook, or to callbacks; what is no filter is none."""
    query = request.query_params
    state = DeliveryState(query["state"]) if query.get("state") in set(DeliveryState) else None
    before = query.get("before")
    rows, more = await own.deliveries(
        webhook_id, limit=PAGE, before=before, state=state, callbacks_only=webhook_id is None
    )
    kept = {"state": state.value} if state else {}
    return Listed(
        rows=rows,
        state=state,
        newest=f"?{urlencode(kept)}" if before else None,
        older=f"?{urlencode({**kept, 'before': rows[-1].id})}" if more else None,
    )
