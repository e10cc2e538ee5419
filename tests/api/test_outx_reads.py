"""OutX's endpoints that have something read, and what their tasks' outputs look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.outx.read_bodies import (
    NO_FILTER,
    FetchConnectionsBody,
    FetchProfileBody,
    SearchProfilesBody,
)
from api.refusals import InvalidField
from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    import httpx

    from api.outx.bodies import OutxBody
    from tests.api.conftest import OutxClient, World

PROFILE = {
    "profile_id": "ACoAABCDEFG",
    "profile_urn": "urn:li:fsd_profile:ACoAABCDEFG",
    "person_urn": "urn:li:person:ACoAABCDEFG",
    "vanity": "williamhgates",
    "profile_url": "https://www.linkedin.com/in/williamhgates",
    "full_name": "Bill Gates",
    "first_name": "Bill",
    "last_name": "Gates",
    "headline": "Co-chair",
    "location": "Seattle",
    "about": None,
    "degree": 2,
    "connections": 500,
    "followers": 35_000_000,
    "positions": [{"title": "Co-chair", "company_name": "Foundation", "is_current": True}],
    "education": [],
    "skills": ["Writing"],
    "incomplete": [],
}
_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


async def post(outx: OutxClient, endpoint: str, body: Any) -> httpx.Response:
    return await outx.http.post(f"/linkedin-agent/{endpoint}", json=body)


async def created(outx: OutxClient, endpoint: str, body: Any, message: str) -> str:
    answer = await post(outx, endpoint, body)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    task_id: str = said.pop("api_agent_task_id")
    assert said == {"success": True, "message": message}
    return task_id


async def data(outx: OutxClient, task_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = (await outx.status(task_id)).json()["data"]
    return shown


def refusal(body: type[OutxBody], sent: dict[str, Any]) -> str | None:
    try:
        body.read(sent).order()
        body.documented(sent)
    except InvalidField as refused:
        return str(refused)
    return None


async def finish(world: World, output: dict[str, Any]) -> None:
    lease, task = await world.claim()
    await world.store.queue.succeed(lease, task.id, output=output, evidence={"method": "page"})
    await world.store.leases.release(lease)


async def test_a_profile_satisfies_both_readings(outx: OutxClient, world: World) -> None:
    """The output is nested as clients read it, and flat as the older documentation has it."""
    task_id = await created(
        outx,
        "fetch-profile",
        {"profile_slug": "williamhgates"},
        "Profile fetch task created successfully",
    )
    task = await world.task(task_id)
    assert (task.is_write, task.input["person"]["vanity"]) == (False, "williamhgates")
    await finish(world, PROFILE)

    shown = await data(outx, task_id)

    assert shown["status"] == "completed"
    assert shown["task_input"] == {
        "task_type": "agent_profile_fetch",
        "profile_slug": "williamhgates",
    }
    output = shown["task_output"]
    assert output["profile"]["full_name"] == output["name"] == "Bill Gates"
    assert output["profile"]["profile_slug"] == "williamhgates"
    assert output["profile"]["profile_urn"] == "urn:li:fsd_profile:ACoAABCDEFG"
    assert output["profile"]["positions"] == output["experience"] == PROFILE["positions"]
    for name in ("headline", "location", "profile_url", "connections", "followers", "skills"):
        assert output[name] == output["profile"][name] == PROFILE[name]


async def test_a_search_shows_profiles_with_urns(outx: OutxClient, world: World) -> None:
    """What was found can be messaged, and the reason why it is not all is told."""
    body = {"title": "VP", "geo_urn": ["103644278"], "count": 400}
    task_id = await created(
        outx, "search-profiles", body, "Search profiles task created successfully"
    )
    assert (await world.task(task_id)).input["count"] == 50
    person = {name: PROFILE[name] for name in ("profile_id", "profile_urn", "vanity")} | {
        name: PROFILE[name] for name in ("profile_url", "full_name", "headline", "location")
    }
    found = {"people": [{**person, "degree": 2}], "cut_short": "commercial_use_limit"}
    await finish(world, found)

    shown = await data(outx, task_id)

    assert shown["task_input"] == {"task_type": "agent_search_profiles", **body}
    assert shown["task_output"]["cut_short"] == "commercial_use_limit"
    (profile,) = shown["task_output"]["profiles"]
    assert (profile["name"], profile["profile_urn"], profile["connection_degree"]) == (
        "Bill Gates",
        "urn:li:fsd_profile:ACoAABCDEFG",
        2,
    )


async def test_connections_are_shown_with_their_number(outx: OutxClient, world: World) -> None:
    """The defaults stand in the echo, and `total` is the number of this answer."""
    task_id = await created(
        outx, "fetch-connections", {}, "Fetch connections task created successfully"
    )
    names = ("full_name", "first_name", "last_name", "headline", "vanity", "profile_urn")
    connection = {name: PROFILE[name] for name in names} | {"profile_image_url": None}
    await finish(world, {"connections": [connection], "complete": True})

    shown = await data(outx, task_id)

    assert shown["task_input"] == {
        "task_type": "agent_fetch_connections",
        "count": 40,
        "start": 0,
    }
    assert shown["task_output"] == {
        "connections": [
            {
                "name": "Bill Gates",
                "first_name": "Bill",
                "last_name": "Gates",
                "headline": "Co-chair",
                "public_identifier": "williamhgates",
                "entity_urn": "urn:li:fsd_profile:ACoAABCDEFG",
                "profile_image_url": None,
            }
        ],
        "total": 1,
    }


async def test_a_failed_read_has_an_error_and_nothing_about_sending(
    outx: OutxClient, world: World
) -> None:
    """Nothing was to be sent, so nothing is said about it."""
    answer = await post(outx, "fetch-profile", {"profile_slug": "nobody-here"})
    lease, task = await world.claim()
    gone = TaskError(code=ErrorCode.PROFILE_NOT_FOUND, message="Not there.", retry_safe=True)
    await world.store.queue.fail(lease, task.id, error=gone)

    shown = await data(outx, answer.json()["api_agent_task_id"])

    assert shown["status"] == "failed"
    assert shown["task_output"] == {
        "error": {"code": "profile_not_found", "message": "Not there.", "retry_safe": True}
    }


async def test_a_task_of_our_own_contract_is_shown_as_if_asked_for_here(
    outx: OutxClient, world: World
) -> None:
    """Whichever contract a read came through, OutX's clients can poll it."""
    asked = [
        ("fetch_profile", {"person": "williamhgates"}, {"profile_slug": "williamhgates"}),
        (
            "search_profiles",
            {"keywords": "VP", "geo_urn": ["1"]},
            {"keywords": "VP", "geo_urn": ["1"], "count": 25},
        ),
        ("fetch_connections", {"keyword": " Ada "}, {"count": 40, "start": 0, "keyword": "Ada"}),
    ]
    for task_type, given_, echoed in asked:
        answer = await outx.http.post("/tasks", json={"task_type": task_type, "input": given_})
        assert answer.status_code == 201, answer.text

        shown = (await data(outx, answer.json()["id"]))["task_input"]

        assert {name: value for name, value in shown.items() if name != "task_type"} == echoed
        assert not (await world.task(answer.json()["id"])).is_write


@pytest.mark.parametrize(
    ("endpoint", "body", "text"),
    [
        ("fetch-profile", {}, "Missing or invalid 'profile_slug'"),
        ("fetch-profile", {"profile_slug": " "}, "Missing or invalid 'profile_slug'"),
        ("fetch-profile", {"profile_slug": 7}, "Missing or invalid 'profile_slug'"),
        ("search-profiles", {}, NO_FILTER),
        ("search-profiles", {"keywords": "  ", "geo_urn": []}, NO_FILTER),
        ("search-profiles", {"title": 7}, "Invalid 'title': must be a string"),
        (
            "search-profiles",
            {"geo_urn": ["Norway"]},
            "Invalid 'geo_urn': must be an array of LinkedIn's numbers",
        ),
        ("fetch-connections", {"keyword": 7}, "Invalid 'keyword': must be a string"),
        ("fetch-connections", {"sort_type": []}, "Invalid 'sort_type': must be a string"),
    ],
)
async def test_what_cannot_be_read_is_refused(
    outx: OutxClient, endpoint: str, body: Any, text: str
) -> None:
    """Each wrong field has its text, the documented one where there is one."""
    answer = await post(outx, endpoint, body)

    assert (answer.status_code, answer.json()) == (400, {"error": text})


@pytest.mark.parametrize(
    ("sent", "count", "start"),
    [
        ({"count": 1000, "start": 7}, 100, 7),
        ({"count": 0, "start": -1}, 1, 0),
        ({"count": "many", "start": None}, 40, 0),
        ({"count": True, "start": 1.5}, 40, 0),
    ],
)
def test_numbers_out_of_bounds_are_brought_into_them(
    sent: dict[str, Any], count: int, start: int
) -> None:
    """OutX documents no error for them."""
    order = FetchConnectionsBody.read(sent).order()

    assert (order.count, order.start) == (count, start)


@given(st.sampled_from([FetchProfileBody, SearchProfilesBody, FetchConnectionsBody]), st.data())
def test_any_body_becomes_an_order_or_a_documented_text(
    body: type[OutxBody], drawn: st.DataObject
) -> None:
    """No JSON value leads anywhere else."""
    fields = st.sampled_from(list(body.model_fields))
    sent = drawn.draw(st.dictionaries(fields, _any_json))

    assert refusal(body, sent) in {None, *body.REFUSALS.values()}
