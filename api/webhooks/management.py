"""What a team's people and programs may do with its webhooks, whichever way they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.refusals import (
    DeliveryNotFound,
    InvalidField,
    TooManyWebhooks,
    WebhookDisabled,
    WebhookNotFound,
)
from api.webhooks.bodies import CreateWebhook, changed_webhook
from storage.errors import NoRoom, TransitionRefused
from storage.secrets import new_webhook_secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import SecretStr

    from api.webhooks.targets import Targets
    from storage.ports import Webhooks
    from storage.webhooks import Delivery, DeliveryState, Webhook

OLD_SECRET_KEPT_FOR = timedelta(hours=24)
"""How long a secret that was replaced signs beside the new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWebhooks:
    """One team's webhooks; whoever uses it has let its user in."""

    webhooks: Webhooks
    targets: Targets
    team_id: str

    async def add(self, sent: Mapping[str, Any]) -> tuple[Webhook, SecretStr]:
        """Add an endpoint, and return it with its secret, which nobody can read afterwards.

        Raises:
            InvalidField: the text names the field.
            TooManyWebhooks: the team has as many as it may.
        """
        wanted = await CreateWebhook.read(sent, targets=self.targets)
        secret = new_webhook_secret()
        try:
            webhook = await self.webhooks.add(
                self.team_id, url=wanted.url, event_types=wanted.event_types, secret=secret
            )
        except NoRoom as error:
            raise TooManyWebhooks from error
        return webhook, secret

    async def list(self) -> Sequence[Webhook]:
        return await self.webhooks.list(self.team_id)

    async def get(self, webhook_id: str) -> Webhook:
        """Return a webhook.

        Raises:
            WebhookNotFound: the team has none with this id; so in all that follows.
        """
        return _webhook(await self.webhooks.get(webhook_id, team_id=self.team_id))

    async def change(self, webhook: Webhook, sent: Mapping[str, Any]) -> Webhook:
        """Change what *sent* names.

        Raises:
            InvalidField: the text names the field.
        """
        wanted = await changed_webhook(webhook, sent, targets=self.targets)
        return _webhook(await self.webhooks.change(wanted))

    async def remove(self, webhook_id: str) -> None:
        if not await self.webhooks.remove(webhook_id, team_id=self.team_id):
            raise WebhookNotFound

    async def rotate_secret(self, webhook_id: str) -> tuple[Webhook, SecretStr]:
        """Replace the secret, and return the new one."""
        secret = new_webhook_secret()
        changed = await self.webhooks.rotate_secret(
            webhook_id,
            team_id=self.team_id,
            secret=secret,
            old_kept_for=OLD_SECRET_KEPT_FOR,
        )
        return _webhook(changed), secret

    async def callback_secret(self) -> SecretStr:
        """Return the secret that signs what the team's callbacks are sent."""
        return await self.webhooks.callback_secret(self.team_id)

    async def rotate_callback_secret(self) -> SecretStr:
        """Replace that secret, and return the new one."""
        secret = new_webhook_secret()
        await self.webhooks.rotate_callback_secret(
            self.team_id, secret=secret, old_kept_for=OLD_SECRET_KEPT_FOR
        )
        return secret

    async def send_test(self, webhook_id: str) -> Delivery:
        """Send an event that says nothing else.

        Raises:
            WebhookDisabled: it is switched off.
        """
        try:
            sent = await self.webhooks.send_test(webhook_id, team_id=self.team_id)
        except TransitionRefused as error:
            raise WebhookDisabled from error
        if sent is None:
            raise WebhookNotFound
        return sent

    async def deliveries(
        self,
        webhook_id: str | None = None,
        *,
        limit: int,
        before: str | None = None,
        state: DeliveryState | None = None,
        task_id: str | None = None,
        callbacks_only: bool = False,
    ) -> tuple[Sequence[Delivery], bool]:
        """Return deliveries, the newest first, and whether there are earlier ones.

        Args:
            webhook_id: only to this webhook; else to all of the team's, and to its callbacks.

        Raises:
            InvalidField: *before* is no delivery of the team's.
        """
        if webhook_id is not None:
            await self.get(webhook_id)
        if before is not None and await self._delivery(before) is None:
            raise InvalidField("'cursor' must be a 'next_cursor' of an earlier answer")
        # One more than is shown tells whether there are more.
        found = await self.webhooks.deliveries(
            webhook_id,
            team_id=self.team_id,
            limit=limit + 1,
            before=before,
            state=state,
            task_id=task_id,
            callbacks_only=callbacks_only,
        )
        return found[:limit], len(found) > limit

    async def delivery(self, delivery_id: str) -> Delivery:
        """Return a delivery.

        Raises:
            DeliveryNotFound: the team has none with this id.
        """
        found = await self._delivery(delivery_id)
        if found is None:
            raise DeliveryNotFound
        return found

    async def replay(self, delivery_id: str) -> Delivery:
        """Send a delivery once more, from the beginning of its schedule.

        Raises:
            DeliveryNotFound: the team has none with this id.
            WebhookDisabled: its webhook is switched off.
        """
        try:
            replayed = await self.webhooks.replay(delivery_id, team_id=self.team_id)
        except TransitionRefused as error:
            raise WebhookDisabled from error
        if replayed is None:
            raise DeliveryNotFound
        return replayed

    async def _delivery(self, delivery_id: str) -> Delivery | None:
        return await self.webhooks.delivery(delivery_id, team_id=self.team_id)


def _webhook(found: Webhook | None) -> Webhook:
    if found is None:
        raise WebhookNotFound
    return found
