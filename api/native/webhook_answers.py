"""What clients get about webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import ConfigDict

from executor.models import Documented
from storage.webhooks import DeliveryError, DeliveryState, DisabledReason, EventType

if TYPE_CHECKING:
    from pydantic import SecretStr

    from storage.webhooks import Delivery, Webhook


class _Answer(Documented):
    model_config = ConfigDict(frozen=True, from_attributes=True, extra="forbid")


class WebhookAnswer(_Answer):
    """An endpoint that is told what happens."""

    id: str
    url: str
    event_types: list[EventType] | None
    """What it is told; null: everything, also what later releases add."""
    enabled: bool
    created_at: datetime
    disabled_at: datetime | None
    disabled_reason: DisabledReason | None
    """`by_request`; or `gone`, when it has answered 410."""


class SecretWebhookAnswer(WebhookAnswer):
    """An endpoint with its secret, which is shown this once."""

    secret: str
    """Signs what the endpoint is told, by Standard Webhooks 1.0."""


class CallbackSecretAnswer(_Answer):
    """The team's secret for callbacks."""

    secret: str


class WebhookList(_Answer):
    """The team's endpoints, the oldest first."""

    webhooks: list[WebhookAnswer]


class DeliveryAnswer(_Answer):
    """An event on its way to an endpoint."""

    id: str
    webhook_id: str | None
    """Null for a task's callback."""
    event_id: str
    """What receivers get as `webhook-id`; the same in every attempt and replay."""
    event_type: EventType
    event_at: datetime
    task_id: UUID | None
    url: str
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    """When it is tried next; null once it is delivered or dead."""
    last_at: datetime | None
    last_status: int | None
    """The receiver's HTTP status; null when there was no answer."""
    last_error: DeliveryError | None


class DeliveryPage(_Answer):
    """Deliveries, the newest first."""

    deliveries: list[DeliveryAnswer]
    next_cursor: str | None
    """What to pass as `cursor` for the deliveries before these; null when there are none."""


def shown(webhook: Webhook) -> dict[str, Any]:
    return WebhookAnswer(**_values(webhook)).model_dump(mode="json")


def shown_with_secret(webhook: Webhook, secret: SecretStr) -> dict[str, Any]:
    answer = SecretWebhookAnswer(**_values(webhook), secret=secret.get_secret_value())
    return answer.model_dump(mode="json")


def delivery(found: Delivery) -> dict[str, Any]:
    return DeliveryAnswer.model_validate(found).model_dump(mode="json")


def page(found: list[Delivery], *, more: bool) -> dict[str, Any]:
    """Return deliveries.

    Args:
        more: whether there are earlier ones.
    """
    return {
        "deliveries": [delivery(each) for each in found],
        "next_cursor": found[-1].id if more else None,
    }


def _values(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": webhook.url,
        "event_types": webhook.event_types,
        "enabled": webhook.disabled_at is None,
        "created_at": webhook.created_at,
        "disabled_at": webhook.disabled_at,
        "disabled_reason": webhook.disabled_reason,
    }
