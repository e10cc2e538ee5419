"""Whatever ConnectSafely's endpoints are sent: a clear answer, and nothing breaks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from api.connectsafely.endpoints import ENDPOINTS
from tests.api.test_hostile_input import INVISIBLE, NASTY, STRANGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from api.connectsafely.endpoint import Endpoint
    from tests.api.conftest import ConnectSafelyClient, World

_OWNER = "urn:li:fsd_profile:ACoAABCDEFG"
_VALID = {
    "profileId": "john-doe-123",
    "conversationUrn": f"urn:li:msg_conversation:({_OWNER},2-NzkzMDFlNzA=)",
    "messageUrn": f"urn:li:msg_message:({_OWNER},2-MTc3MTk1MDM0NjYw)",
}
WITH_BODY = [each for each in ENDPOINTS if each.examples]
WITHOUT_BODY = [each for each in ENDPOINTS if not each.examples]


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def fields_of(endpoint: Endpoint) -> list[str]:
    return [
        str(field.alias) for field in endpoint.body.model_fields.values() if field.alias is not None
    ]


def variants(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    """Yield the documented examples with one field each put into something strange."""
    for example in endpoint.examples.values():
        for field in fields_of(endpoint):
            for value in (*STRANGE, *NASTY[:6], *INVISIBLE[:3]):
                yield {**example, field: value}


def is_answer(answer: httpx.Response, endpoint: Endpoint) -> bool:
    """Tell whether it is accepted as a task, or refused in the vendor's shape."""
    body = answer.json()
    if answer.status_code == 202:
        return isinstance(body["taskId"], str) and body["success"] is False
    refused = 400 <= answer.status_code < 500
    success = None if endpoint.has_bare_errors else False
    return refused and body.get("success") is success and isinstance(body["error"], str)


def address(endpoint: Endpoint, values: dict[str, str]) -> str:
    """Fill in the path, escaped as clients have to."""
    path = endpoint.path.replace(":path}", "}")
    names = set(re.findall(r"{(\w+)}", path))
    filled = path.format(**{name: quote(values.get(name, "x"), safe="") for name in names})
    query = {name: value for name, value in values.items() if name not in names}
    return f"/linkedin{filled}?{urlencode(query, errors='replace')}"


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=name_of)
async def test_no_value_in_any_field_breaks_anything(
    endpoint: Endpoint, connectsafely: ConnectSafelyClient
) -> None:
    """Each is refused with a text, or accepted as the letters it is."""
    for body in variants(endpoint):
        answer = await connectsafely.http.request(
            endpoint.method,
            address(endpoint, _VALID),
            content=json.dumps(body),
            headers={"Prefer": "respond-async", "Content-Type": "application/json"},
        )

        assert is_answer(answer, endpoint), (body, answer.status_code, answer.text)


@pytest.mark.parametrize(
    "extra",
    [b"1e999", b"-1e400", *(b"[" * depth + b"]" * depth for depth in range(850, 1_000, 10))],
)
async def test_what_is_stored_of_a_body_can_be_written(
    connectsafely: ConnectSafelyClient, extra: bytes
) -> None:
    """A field that nobody asked for is too large a number, or as deep as can just be read."""
    answer = await connectsafely.http.post(
        "/linkedin/message",
        content=b'{"recipientProfileId": "jane-doe", "message": "Hi", "x": ' + extra + b"}",
        headers={"Prefer": "respond-async", "Content-Type": "application/json"},
    )

    assert answer.status_code in {202, 400}, answer.text


@pytest.mark.parametrize("endpoint", WITHOUT_BODY, ids=name_of)
async def test_no_value_in_any_query_or_path_breaks_anything(
    endpoint: Endpoint, connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The same for what is asked in an address; nothing is stored that was refused."""
    for field in fields_of(endpoint):
        for value in (*NASTY, *INVISIBLE, "-1", "1e9", "9" * 30, "true"):
            before = len(await world.tasks())
            answer = await connectsafely.http.request(
                endpoint.method,
                address(endpoint, {**_VALID, field: value}),
                headers={"Prefer": "respond-async"},
            )

            # An address whose path is another one's, or nobody's, is nothing of this endpoint.
            shaped = answer.status_code in {404, 405} or is_answer(answer, endpoint)
            assert shaped, (field, value, answer.status_code, answer.text)
            accepted = answer.status_code == 202
            assert accepted or len(await world.tasks()) == before
