"""Where a request wants its task's end to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.refusals import InvalidField
from api.webhooks.targets import URL_MAX, AddressRefused
from storage.webhooks import Callback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.webhooks.targets import Targets

_TOLD = (
    "Where the task's end is told, as a webhook is, signed with the team's secret for callbacks. "
    "An https address. A request that is found to be a repeated one adds its own."
)


async def callback_in(sent: Mapping[str, Any], field: str, *, targets: Targets) -> Callback | None:
    """Return what *field* of the body says, if it is there.

    Raises:
        InvalidField: it is not an address that callbacks may go to.
    """
    text = sent.get(field)
    if text is None:
        return None
    if not isinstance(text, str):
        raise InvalidField(f"Invalid '{field}': must be a string")
    try:
        target = await targets.checked(text)
    except AddressRefused as error:
        raise InvalidField(f"Invalid '{field}': {error}") from error
    return Callback(url=text, target=target.origin)


def callback_schema() -> dict[str, Any]:
    """Describe the field."""
    return {
        "anyOf": [
            {"type": "string", "format": "uri", "maxLength": URL_MAX, "pattern": "^https://"},
            {"type": "null"},
        ],
        "default": None,
        "description": _TOLD,
    }


def with_callback(schema: Mapping[str, Any], field: str) -> dict[str, Any]:
    """Return a body's schema with the field."""
    return {**schema, "properties": {**schema["properties"], field: callback_schema()}}
