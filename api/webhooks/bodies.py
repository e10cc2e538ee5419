"""What clients send about webhooks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from api.refusals import InvalidField
from api.webhooks.targets import AddressRefused
from storage.webhooks import SUBSCRIBABLE, DisabledReason, EventType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.webhooks.targets import Targets
    from storage.webhooks import Webhook

CREATE_FIELDS = ("url", "event_types")
CHANGE_FIELDS = (*CREATE_FIELDS, "enabled")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook:
    """A new endpoint that has been checked."""

    url: str
    event_types: tuple[EventType, ...] | None

    @classmethod
    async def read(cls, sent: Mapping[str, Any], *, targets: Targets) -> CreateWebhook:
        """Check *sent*.

        Raises:
            InvalidField: the text names the field.
        """
        _require_known(sent, CREATE_FIELDS)
        event_types = _event_types(sent.get("event_types"))
        return cls(url=await _address(sent.get("url"), targets), event_types=event_types)


async def changed_webhook(
    webhook: Webhook, sent: Mapping[str, Any], *, targets: Targets
) -> Webhook:
    """Return *webhook* as *sent* wants it; what is left out stays.

    Raises:
        InvalidField: the text names the field.
    """
    _require_known(sent, CHANGE_FIELDS)
    if "event_types" in sent:
        webhook = replace(webhook, event_types=_event_types(sent["event_types"]))
    if "enabled" in sent:
        if not isinstance(sent["enabled"], bool):
            raise InvalidField("'enabled' must be true or false")
        reason = webhook.disabled_reason or DisabledReason.BY_REQUEST
        webhook = replace(webhook, disabled_reason=None if sent["enabled"] else reason)
    if "url" in sent:
        webhook = replace(webhook, url=await _address(sent["url"], targets))
    return webhook


def _require_known(sent: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if sent.keys() - set(known):
        listed = ", ".join(f"'{name}'" for name in known)
        raise InvalidField(f"The body has unknown fields; known are {listed}")


async def _address(sent: object, targets: Targets) -> str:
    if not isinstance(sent, str):
        raise InvalidField("'url' must be a string")
    try:
        await targets.checked(sent)
    except AddressRefused as error:
        raise InvalidField(f"'url' {error}") from error
    return sent


def _event_types(sent: object) -> tuple[EventType, ...] | None:
    if sent is None:
        return None
    if isinstance(sent, list) and sent and all(each in SUBSCRIBABLE for each in sent):
        return tuple(dict.fromkeys(map(EventType, sent)))
    listed = ", ".join(f"'{each}'" for each in SUBSCRIBABLE)
    raise InvalidField(f"'event_types' must be null, or a list of some of {listed}")
