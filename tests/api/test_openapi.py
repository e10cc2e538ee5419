"""The API's description and the page that shows it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from api.outx.words import TEXTS
from storage.limits import HoldReason
from tests.api.conftest import served, world_in

if TYPE_CHECKING:
    from tests.api.conftest import Connect, NativeClient, OutxClient, World

MESSAGE = "/linkedin-agent/send-message"
INVITATION = "/linkedin-agent/send-connection-request"
POLL = "/linkedin-agent/get-task-status"
TASK_ID = "550e8400-e29b-41d4-a716-446655440000"


@pytest.fixture(scope="module")
async def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Ask for it once: it is the same in every world, and takes a second to make."""
    async with (
        world_in(tmp_path_factory.mktemp("described")) as world,
        served(world.app()) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as http,
    ):
        description: dict[str, Any] = (await http.get("/openapi.json")).json()
    return description


def examples(operation: dict[str, Any], status: str) -> list[Any]:
    content = operation["responses"][status]["content"]["application/json"]
    return [example["value"] for example in content["examples"].values()]


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    """An independent validator accepts it."""
    validate(described)


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))
    return set[str]().union(*map(references, part)) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    """They count from the whole description, also where they stand in a body's own schema."""
    named = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    assert references(described) - named == set()


def test_the_vendors_request_examples_are_shown(described: dict[str, Any]) -> None:
    """The bodies are those of OutX's own pages."""
    message = described["paths"][MESSAGE]["post"]["requestBody"]["content"]["application/json"]
    invitation = described["paths"][INVITATION]["post"]["requestBody"]["content"][
        "application/json"
    ]

    assert [example["value"] for example in message["examples"].values()] == [
        {
            "recipient_urn": "urn:li:person:ACoAABCDEFG",
            "message": "Hi Jane, great connecting with you! I'd love to chat about your work "
            "at TechCorp.",
        }
    ]
    assert [example["value"] for example in invitation["examples"].values()] == [
        {"profile_urn": "urn:li:fsd_profile:ACoAABCDEF123"},
        {
            "profile_urn": "urn:li:fsd_profile:ACoAABCDEF123",
            "note": "Hi, I came across your work and would love to connect.",
        },
    ]


def test_the_vendors_answer_examples_are_shown(described: dict[str, Any]) -> None:
    """The answers are those of OutX's own pages."""
    assert examples(described["paths"][MESSAGE]["post"], "200") == [
        {
            "success": True,
            "api_agent_task_id": TASK_ID,
            "message": "Send message task created successfully",
        }
    ]
    assert examples(described["paths"][INVITATION]["post"], "200") == [
        {
            "success": True,
            "api_agent_task_id": TASK_ID,
            "message": "Send connection request task created successfully",
        }
    ]
    assert examples(described["paths"][POLL]["get"], "200")[0] == {
        "success": True,
        "data": {
            "id": TASK_ID,
            "status": "completed",
            "task_input": {
                "task_type": "agent_send_message",
                "recipient_urn": "urn:li:person:ACoAABCDEFG",
                "message": "Hi Jane, great connecting with you! I'd love to chat about...",
            },
            "task_output": {"sent": True},
        },
    }


@pytest.mark.parametrize(
    ("path", "method", "status", "text"),
    [
        (MESSAGE, "post", "400", "Missing or invalid 'recipient_urn'"),
        (MESSAGE, "post", "400", "Missing or invalid 'message'"),
        (MESSAGE, "post", "400", "Message text is too long (max 10000 characters)"),
        (MESSAGE, "post", "401", "Missing API Key"),
        (MESSAGE, "post", "401", "Invalid API Key"),
        (MESSAGE, "post", "404", "No admin user found in the team"),
        (INVITATION, "post", "400", "Missing or invalid 'profile_urn'"),
        (INVITATION, "post", "400", "Invalid 'note': must be a string"),
        (INVITATION, "post", "400", "Invalid 'note': must be 300 characters or fewer"),
        (INVITATION, "post", "401", "Missing API Key"),
        (INVITATION, "post", "404", "No admin user found in the team"),
        (INVITATION, "post", "429", "LinkedIn invitation limit reached"),
        (POLL, "get", "400", "Missing or invalid 'api_agent_task_id'"),
        (POLL, "get", "401", "Invalid API Key"),
        (POLL, "get", "404", "Agent task not found"),
    ],
)
def test_every_documented_error_is_shown(
    described: dict[str, Any], path: str, method: str, status: str, text: str
) -> None:
    """Each row of OutX's error tables has its example."""
    assert {"error": text} in examples(described["paths"][path][method], status)


@pytest.mark.parametrize(
    ("path", "method"), [(MESSAGE, "post"), (INVITATION, "post"), (POLL, "get")]
)
def test_the_48_hour_rule_is_shown_in_full(
    described: dict[str, Any], path: str, method: str
) -> None:
    """The 403 stands with its whole text on every endpoint."""
    shown = examples(described["paths"][path][method], "403")

    assert shown[0]["error"].startswith("Plugin installation required: Please install the OutX")
    assert shown[0]["error"] in TEXTS.values()


def test_every_example_fits_its_schema(described: dict[str, Any]) -> None:
    """Request and answer examples are what the schemas promise."""
    for path in described["paths"].values():
        for operation in path.values():
            contents = [operation.get("requestBody", {}).get("content", {})]
            contents += [answer.get("content", {}) for answer in operation["responses"].values()]
            for content in contents:
                media = content.get("application/json", {})
                schema = {**media.get("schema", {}), "components": described["components"]}
                for example in media.get("examples", {}).values():
                    OAS31Validator(schema).validate(example["value"])


def test_the_key_is_described_as_a_header(described: dict[str, Any]) -> None:
    """Swagger UI can ask for the key."""
    schemes = described["components"]["securitySchemes"]

    key = schemes["x-api-key"]
    assert (key["type"], key["in"], key["name"]) == ("apiKey", "header", "x-api-key")
    assert (schemes["bearer"]["type"], schemes["bearer"]["scheme"]) == ("http", "bearer")
    assert described["paths"][MESSAGE]["post"]["security"] == [{"x-api-key": []}]
    assert described["paths"]["/tasks"]["post"]["security"] == [{"x-api-key": []}, {"bearer": []}]


def test_every_operation_has_a_summary_and_an_id_of_its_own(described: dict[str, Any]) -> None:
    """Generated clients get readable, unambiguous names."""
    operations = [item for path in described["paths"].values() for item in path.values()]

    assert all(operation["summary"] for operation in operations)
    assert len({operation["operationId"] for operation in operations}) == len(operations)


async def test_the_real_answers_fit_the_described_schemas(
    outx: OutxClient, described: dict[str, Any]
) -> None:
    """What the app answers is what its description promises."""
    created = await outx.send_connection_request({"profile_urn": "ACoAABCDEFG", "note": None})
    polled = await outx.status(created.json()["api_agent_task_id"])

    for answer, path, method in ((created, INVITATION, "post"), (polled, POLL, "get")):
        media = described["paths"][path][method]["responses"]["200"]["content"]
        schema = {**media["application/json"]["schema"], "components": described["components"]}
        OAS31Validator(schema).validate(answer.json())


async def test_our_own_answers_fit_the_described_schemas(
    native: NativeClient, world: World, described: dict[str, Any]
) -> None:
    """Accepting, repeating, showing, listing and withdrawing, before and after the end."""
    body = {"task_type": "send_message", "input": {"recipient": "jane-doe", "message": "Hi"}}
    created, repeated = await native.create(body), await native.create(body)
    task = "/tasks/{task_id}"
    answers = [(created, "/tasks", "post", "201"), (repeated, "/tasks", "post", "200")]
    await world.hold(HoldReason.GAP, None, seconds=60)
    answers.append((await native.task(created.json()["id"]), task, "get", "200"))
    world.clock.advance(timedelta(minutes=2))
    done = await world.succeed()
    withdrawn = await native.cancel(await native.create_message())
    answers += [
        (await native.task(done), task, "get", "200"),
        (withdrawn, f"{task}/cancel", "post", "200"),
        (await native.cancel(done), f"{task}/cancel", "post", "409"),
        (await native.list(limit=1), "/tasks", "get", "200"),
    ]

    for answer, path, method, status in answers:
        assert str(answer.status_code) == status
        media = described["paths"][path][method]["responses"][status]["content"]
        schema = {**media["application/json"]["schema"], "components": described["components"]}
        OAS31Validator(schema).validate(answer.json())


async def test_the_page_works_without_the_internet(outx: OutxClient) -> None:
    """Everything that /docs loads comes from our own address, and is there."""
    start = await outx.http.get("/")
    page = await outx.http.get("/docs")

    assert start.status_code == 307
    assert start.headers["location"] == "./docs"
    assert page.status_code == 200
    assert "//" not in re.sub(r"<!--.*?-->", "", page.text).replace("// ", "")
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert (await outx.http.get(address)).status_code == 200


async def test_the_page_can_be_switched_off(connect: Connect, world: World) -> None:
    """An operator may keep the description to themselves."""
    closed = connect(docs=False).http

    for path in ("/", "/docs", "/openapi.json", "/docs/assets/swagger-ui.css"):
        assert (await closed.get(path)).status_code == 404
    assert world.settings.docs
