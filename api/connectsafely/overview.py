"""`POST /v1/messages`, which nothing but the vendor's overview page shows (2026-10).

No client of it is known, and its answers are not documented. The mapping to `/linkedin/message`,
and that it answers like it, is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.connectsafely import described as of_calls
from api.connectsafely.endpoints import ENDPOINTS
from api.described import content

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT_HEADER = "X-Account-Id"

MESSAGE = next(each for each in ENDPOINTS if each.path == "/message")

_NAMES = {"recipientId": "recipientProfileUrn", "text": "message"}
"""Its names for fields of `/linkedin/message`."""


def as_message(sent: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """Return what would have asked `/linkedin/message` for the same."""
    renamed = {_NAMES.get(name, name): value for name, value in sent.items()}
    account = headers.get(ACCOUNT_HEADER)
    return {**renamed, "accountId": account} if account else renamed


def described() -> dict[str, Any]:
    """Describe the endpoint, as keyword arguments of a route."""
    told = of_calls.call(MESSAGE)
    extra = told["openapi_extra"]
    return {
        **told,
        "summary": "Send a message, as the vendor's overview page shows it",
        "description": "`POST /linkedin/message` under other names; the mapping is ours.",
        "openapi_extra": {
            "parameters": [
                *extra["parameters"],
                {
                    "name": ACCOUNT_HEADER,
                    "in": "header",
                    "required": False,
                    "schema": {"type": "string"},
                    "description": "The account that acts.",
                },
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["recipientId", "text"],
                            "properties": {
                                "recipientId": {"type": "string", "minLength": 1},
                                "text": {"type": "string", "minLength": 1, "maxLength": 10_000},
                            },
                        },
                        **content(
                            {
                                "a message": {
                                    "recipientId": "urn:li:person:ACoAA...",
                                    "text": "Hey Sarah — loved your post on RAG evals.",
                                }
                            }
                        )["application/json"],
                    }
                },
            },
        },
    }
