"""Reading a JSON object from a request, in the order that the contracts check it."""

from __future__ import annotations

import json
from math import isinf
from typing import TYPE_CHECKING, Any, NoReturn

from api.refusals import MalformedJson, NotAJsonObject, NotJsonContent

if TYPE_CHECKING:
    from starlette.requests import Request

_DEEPEST = 100
"""Levels of objects and lists; the documented bodies have three."""


async def read_object(request: Request) -> dict[str, Any]:
    """Return the request's body; of a key that occurs twice the last value counts.

    A missing content type is taken for JSON. `NaN` and infinities, which are not JSON, are
    refused, and so is what is nested deeper than a hundred levels.

    Raises:
        NotJsonContent: another content type is declared.
        BodyTooLarge: see `api.body_limit`.
        MalformedJson: it is not JSON in UTF-8, or none that can be kept.
        NotAJsonObject: it is JSON, but no object.
    """
    if not _declares_json(request.headers.get("content-type")):
        raise NotJsonContent
    body = await request.body()
    try:
        value = _DECODER.decode(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise MalformedJson from error
    if not isinstance(value, dict):
        raise NotAJsonObject
    if _is_too_deep(value):
        raise MalformedJson
    return value


def _declares_json(content_type: str | None) -> bool:
    if not content_type:
        return True
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (
        media_type.startswith("application/") and media_type.endswith("+json")
    )


def _is_too_deep(value: object) -> bool:
    """Tell whether it is nested deeper than whoever stores or compares it may be able to follow."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise ValueError(f"{text} is too large a number")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
