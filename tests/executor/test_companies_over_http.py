"""A company asked for over HTTP, read in a browser, and polled, compared with the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from api.app import create_app
from api.settings import ApiSettings
from executor.sandbox.casting import NewPost
from executor.sandbox.companies import Company
from storage.secrets import digest_key, new_api_key
from storage.teams import Scope

if TYPE_CHECKING:
    from tests.executor.office import Office

COMPANY = Company(
    id="31415",
    slug="quantaleaf",
    name="Quantaleaf",
    description="Leaves, counted.",
    website="https://quantaleaf.example/",
    industry="Horticulture",
    members=17,
    size_from=11,
    size_to=50,
    city="Porto",
    country="PT",
    founded=2011,
    specialties=("Leaves",),
    followers=1203,
)


async def ask(office: Office, endpoint: str) -> dict[str, Any]:
    """Have an endpoint's task performed, and return what OutX's clients see of it."""
    key = new_api_key()
    await office.store.keys.add(
        office.team.id, name="test", digest=digest_key(key), hint=key[:6], scope=Scope.FULL
    )
    app = create_app(office.store, ApiSettings(_env_file=None), clock=office.clock)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://test/linkedin-agent",
        headers={"x-api-key": key},
    ) as client:
        address = f"https://www.linkedin.com/company/{COMPANY.slug}/"
        answer = await client.post(f"/{endpoint}", json={"company_slug": address})
        task = {"api_agent_task_id": answer.json()["api_agent_task_id"]}
        await office.runner().run_once()
        data: dict[str, Any] = (await client.get("/get-task-status", params=task)).json()["data"]
        return data


async def test_a_company_is_what_the_world_was_given(office: Office) -> None:
    """Each field that OutX describes, and those that are ours."""
    await office.sandbox.client.put_company(COMPANY)

    data = await ask(office, "fetch-company")

    output = data["task_output"]
    assert data["status"] == "completed"
    assert output["logo"].startswith(f"{office.sandbox.url}/dms/image/company-logo_400_400/")
    assert {
        "name": COMPANY.name,
        "company_slug": COMPANY.slug,
        "company_urn": COMPANY.urn,
        "organization_urn": "urn:li:organization:31415",
        "description": COMPANY.description,
        "website": COMPANY.website,
        "industry": COMPANY.industry,
        "employee_count": COMPANY.members,
        "employee_range": "11-50",
        "headquarters": "Porto",
        "country": "PT",
        "founded": 2011,
        "specialties": ["Leaves"],
        "followers": 1203,
    }.items() <= output.items()
    assert output["company"].items() <= output.items()


async def test_a_companys_posts_are_what_the_world_was_given(office: Office) -> None:
    """With the figures of what others did, and the URN that `like-post` takes."""
    client = office.sandbox.client
    await client.put_company(COMPANY)
    post = await client.put_post(
        NewPost(author=COMPANY.slug, text="We grow.", reactions=1203, reposts=4)
    )

    data = await ask(office, "fetch-company-posts")

    assert data["task_output"] == {
        "posts": [
            {
                "social_urn": post.urn,
                "post_url": f"https://www.linkedin.com/feed/update/{post.urn}/",
                "text": "We grow.",
                "author_url": "https://www.linkedin.com/company/quantaleaf",
                "is_own": True,
                "company_urn": COMPANY.urn,
                "likes": 1203,
                "comments": None,
                "shares": 4,
            }
        ],
        "total": 1,
        "company_urn": COMPANY.urn,
        "unclear": False,
    }
