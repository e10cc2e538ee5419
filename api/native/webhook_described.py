"""How the endpoints about webhooks appear in the API's description."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.described import content
from api.native.described import query, refusals
from api.native.queries import LONGEST_PAGE, USUAL_PAGE
from api.native.webhook_answers import (
    CallbackSecretAnswer,
    DeliveryAnswer,
    DeliveryPage,
    SecretWebhookAnswer,
    WebhookAnswer,
    WebhookList,
)
from api.refusals import (
    BodyTooLarge,
    DeliveryNotFound,
    InvalidField,
    MalformedJson,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    TooManyWebhooks,
    WebhookDisabled,
    WebhookNotFound,
)
from api.webhooks.targets import URL_MAX
from storage.webhooks import SUBSCRIBABLE, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.refusals import Refusal

_PROPERTIES: Mapping[str, Any] = MappingProxyType(
    {
        "url": {
            "type": "string",
            "format": "uri",
            "pattern": "^https://",
            "maxLength": URL_MAX,
            "description": "Where events are posted to: an https address on the internet.",
        },
        "event_types": {
            "type": ["array", "null"],
            "items": {"type": "string", "enum": [each.value for each in SUBSCRIBABLE]},
            "minItems": 1,
            "description": "Which events; null: all.",
        },
    }
)
_BODY = (BodyTooLarge, NotJsonContent, MalformedJson, NotAJsonObject, InvalidField)
_EXAMPLE = {"url": "https://hooks.example.com/linkedin", "event_types": ["task.unconfirmed"]}


def _body(
    properties: Mapping[str, Any], required: tuple[str, ...], examples: Mapping[str, Any]
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    if required:
        schema["required"] = list(required)
    media = {"schema": schema, **content(examples)["application/json"]}
    return {"requestBody": {"required": True, "content": {"application/json": media}}}


def creation() -> dict[str, Any]:
    return {
        "status_code": HTTPStatus.CREATED,
        "response_model": SecretWebhookAnswer,
        "response_description": "It is told what happens from now on.",
        "responses": {
            HTTPStatus.CREATED.value: {
                "headers": {
                    "Location": {
                        "description": "The webhook's path.",
                        "schema": {"type": "string"},
                    }
                }
            },
            **refusals(ReadOnlyKey, *_BODY, TooManyWebhooks),
        },
        "openapi_extra": _body(_PROPERTIES, ("url",), {"what needs a person": _EXAMPLE}),
    }


def listing() -> dict[str, Any]:
    return {
        "response_model": WebhookList,
        "response_description": "The team's webhooks.",
        "responses": refusals(),
    }


def reading() -> dict[str, Any]:
    return {
        "response_model": WebhookAnswer,
        "response_description": "The webhook.",
        "responses": refusals(WebhookNotFound),
    }


def changing() -> dict[str, Any]:
    return {
        "response_model": WebhookAnswer,
        "response_description": "The webhook as it is now.",
        "responses": refusals(ReadOnlyKey, *_BODY, WebhookNotFound),
        "openapi_extra": _body(
            {**_PROPERTIES, "enabled": {"type": "boolean", "description": "Whether it is told."}},
            (),
            {"everything": {"event_types": None}, "on again": {"enabled": True}},
        ),
    }


def removing() -> dict[str, Any]:
    return {
        "status_code": HTTPStatus.NO_CONTENT,
        "response_description": "It is told nothing any more.",
        "responses": refusals(ReadOnlyKey, WebhookNotFound),
    }


def testing() -> dict[str, Any]:
    return {
        "status_code": HTTPStatus.ACCEPTED,
        "response_model": DeliveryAnswer,
        "response_description": "It is on its way.",
        "responses": refusals(ReadOnlyKey, WebhookNotFound, WebhookDisabled),
    }


def rotating() -> dict[str, Any]:
    return {
        "response_model": SecretWebhookAnswer,
        "response_description": "The webhook with its new secret.",
        "responses": refusals(ReadOnlyKey, WebhookNotFound),
    }


def deliveries() -> dict[str, Any]:
    return _deliveries(WebhookNotFound)


def all_deliveries() -> dict[str, Any]:
    return _deliveries()


def _deliveries(*missing: type[Refusal]) -> dict[str, Any]:
    return {
        "response_model": DeliveryPage,
        "response_description": "Deliveries, the newest first.",
        "responses": refusals(InvalidField, *missing),
        "openapi_extra": {
            "parameters": [
                query("task_id", {"type": "string"}, "Only what tells the end of this task."),
                query(
                    "state",
                    {"type": "string", "enum": [each.value for each in DeliveryState]},
                    "Only those that have come so far.",
                ),
                query(
                    "limit",
                    {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": LONGEST_PAGE,
                        "default": USUAL_PAGE,
                    },
                    "At most so many.",
                ),
                query("cursor", {"type": "string"}, "The `next_cursor` of an earlier answer."),
            ]
        },
    }


def replaying() -> dict[str, Any]:
    return {
        "status_code": HTTPStatus.ACCEPTED,
        "response_model": DeliveryAnswer,
        "response_description": "It is on its way again.",
        "responses": refusals(ReadOnlyKey, DeliveryNotFound, WebhookDisabled),
    }


def callback_secret() -> dict[str, Any]:
    return {
        "response_model": CallbackSecretAnswer,
        "response_description": "The secret that signs callbacks.",
        "responses": refusals(ReadOnlyKey),
    }
