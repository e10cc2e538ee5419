"""Every toggle can be set to every value, and the pages still answer."""

from typing import Any, Literal, get_args, get_origin

import httpx
import pytest
from pydantic import create_model

from executor.models import Documented
from executor.sandbox import RunningSandbox, Toggles
from tests.executor.sandbox.test_control import cookies

PATHS = [
    "/feed/",
    "/in/ida-norr/",
    "/in/john-doe-123/",
    "/in/avery-lindqvist/",
    "/preload/custom-invite/?vanityName=ida-norr",
    "/preload/custom-invite/modal?vanityName=ida-norr",
    "/messaging/",
    "/messaging/compose/?recipient=ACoAABCDEFG",
    "/in/ida-norr/details/experience/",
    "/search/results/people/?keywords=engineer",
    "/search/results/content/?keywords=week",
    "/mynetwork/",
    "/mynetwork/invite-connect/connections/",
    "/mynetwork/invitation-manager/sent/",
    "/mynetwork/invitation-manager/received/",
]


def _values() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("language", "de"), ("language", "ar")]
    for name, field in Toggles.model_fields.items():
        if field.annotation is bool:
            found += [(name, True), (name, False)]
        elif get_origin(field.annotation) is Literal:
            found += [(name, value) for value in get_args(field.annotation)]
    return found


@pytest.mark.parametrize(("name", "value"), _values())
async def test_pages_answer_with_this_toggle(
    sandbox: RunningSandbox, name: str, value: object
) -> None:
    """No combination with the defaults breaks a template."""
    await sandbox.client.toggle(**{name: value})
    state = await sandbox.client.storage_state()
    token = next(c["value"] for c in state["cookies"] if c["name"] == "JSESSIONID").strip('"')
    headers = {"cookie": cookies(state), "csrf-token": token}
    async with httpx.AsyncClient(
        base_url=sandbox.url, headers=headers, follow_redirects=True
    ) as http:
        for path in PATHS:
            assert (await http.get(path)).status_code == 200, path


def test_every_toggle_says_what_it_does() -> None:
    """The dated sentence under each field is its documentation."""
    described = create_model("Described", __base__=(Documented, Toggles))
    source = described.model_json_schema()

    assert set(source["properties"]) == set(Toggles.model_fields)
    assert all("description" in field for field in source["properties"].values())
