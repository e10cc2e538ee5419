"""Reading companies and their posts through OutX's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    from tests.api.conftest import Connect, NativeClient, OutxClient, World

COMPANY = "/linkedin-agent/fetch-company"
POSTS = "/linkedin-agent/fetch-company-posts"
URN = "urn:li:fsd_company:1035"
POST = "urn:li:activity:7123456789012345678"
READ = {
    "company_id": "1035",
    "company_urn": URN,
    "organization_urn": "urn:li:organization:1035",
    "slug": "northwind-tools",
    "company_url": "https://www.linkedin.com/company/northwind-tools",
    "name": "Northwind Tools",
    "tagline": None,
    "description": "We make tools.",
    "website": None,
    "industry": "Machinery",
    "employee_count": 1873,
    "employee_range": "1001-5000",
    "employee_min": 1001,
    "employee_max": 5000,
    "headquarters": "Bergen, Vestland",
    "country": "NO",
    "founded": 1974,
    "specialties": ["Repair"],
    "followers": 48210,
    "logo_url": "https://media.example/logo",
}
READ_POSTS = {
    "company_urn": URN,
    "slug": "northwind-tools",
    "posts": [
        {
            "post_urn": POST,
            "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
            "author_url": "https://www.linkedin.com/company/northwind-tools",
            "is_own": True,
            "text": "News.",
            "reactions": 12,
            "comments": None,
            "reposts": 3,
        }
    ],
    "unclear": False,
}


async def create(outx: OutxClient, path: str, slug: str, message: str) -> str:
    answer = await outx.http.post(path, json={"company_slug": slug})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    task_id: str = said.pop("api_agent_task_id")
    assert said == {"success": True, "message": message}
    return task_id


async def end(world: World, output: dict[str, Any]) -> None:
    lease, task = await world.claim()
    assert not task.is_write
    await world.store.queue.succeed(lease, task.id, output=output, evidence={"method": "page"})


async def shown(outx: OutxClient, task_id: str) -> dict[str, Any]:
    data: dict[str, Any] = (await outx.status(task_id)).json()["data"]
    return data


async def test_a_company_is_shown_nested_and_flat(outx: OutxClient, world: World) -> None:
    """What was asked for is echoed as it came, a pasted address included."""
    pasted = "https://www.linkedin.com/company/Northwind-Tools/about/"
    task_id = await create(outx, COMPANY, pasted, "Fetch company task created successfully")
    assert (await world.task(task_id)).input == {"company": "northwind-tools"}
    await end(world, READ)

    data = await shown(outx, task_id)

    assert data["task_input"] == {"task_type": "agent_fetch_company", "company_slug": pasted}
    output = data["task_output"]
    told = output.pop("company")
    assert output == told
    assert told["company_slug"] == "northwind-tools"
    assert told["logo"] == "https://media.example/logo"
    names = ("name", "industry", "employee_count", "description", "headquarters", "company_urn")
    assert {name: told[name] for name in names} == {name: READ[name] for name in names}


async def test_posts_are_shown_with_what_others_did(outx: OutxClient, world: World) -> None:
    """Each has the URN that `like-post` takes, and counts in OutX's words."""
    task_id = await create(outx, POSTS, "1035", "Fetch company posts task created successfully")
    await end(world, READ_POSTS)

    data = await shown(outx, task_id)

    assert data["task_input"] == {
        "task_type": "agent_fetch_company_posts",
        "company_slug": "1035",
    }
    assert data["task_output"] == {
        "posts": [
            {
                "social_urn": POST,
                "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
                "text": "News.",
                "author_url": "https://www.linkedin.com/company/northwind-tools",
                "is_own": True,
                "company_urn": URN,
                "likes": 12,
                "comments": None,
                "shares": 3,
            }
        ],
        "total": 1,
        "company_urn": URN,
        "unclear": False,
    }


async def test_an_unknown_company_fails_the_task(outx: OutxClient, world: World) -> None:
    """The reason has a code of its own, and nothing is said about sending."""
    task_id = await create(outx, COMPANY, "nobody", "Fetch company task created successfully")
    lease, task = await world.claim()
    gone = TaskError(code=ErrorCode.COMPANY_NOT_FOUND, message="Not there.", retry_safe=True)
    await world.store.queue.fail(lease, task.id, error=gone)

    data = await shown(outx, task_id)

    assert (data["status"], data["task_output"]) == (
        "failed",
        {"error": {"code": "company_not_found", "message": "Not there.", "retry_safe": True}},
    )


@pytest.mark.parametrize("path", [COMPANY, POSTS])
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"company_slug": None},
        {"company_slug": 1035},
        {"company_slug": " "},
        {"company_slug": "two words"},
        {"company_slug": "https://www.linkedin.com/in/ada"},
        {"company_slug": "https://elsewhere.example/company/acme"},
    ],
    ids=str,
)
async def test_what_names_no_company_is_refused(
    outx: OutxClient, path: str, body: dict[str, Any]
) -> None:
    """The text is formed like the documented ones."""
    answer = await outx.http.post(path, json=body)

    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "Missing or invalid 'company_slug'"},
    )


@pytest.mark.parametrize("path", [COMPANY, POSTS])
async def test_a_key_is_needed(connect: Connect, path: str) -> None:
    """As everywhere, before the body is looked at."""
    answer = await connect(key=None).http.post(path, json={})

    assert (answer.status_code, answer.json()) == (401, {"error": "Missing API Key"})


async def test_a_task_of_our_own_contract_is_shown_as_if_asked_for_here(
    outx: OutxClient, native: NativeClient
) -> None:
    """Whichever contract it came through, OutX's clients can poll it."""
    for task_type in ("fetch_company", "fetch_company_posts"):
        answer = await native.create({"task_type": task_type, "input": {"company": URN}})
        assert answer.status_code == 201, answer.text

        data = await shown(outx, answer.json()["id"])

        assert data["task_input"]["company_slug"] == "1035"
