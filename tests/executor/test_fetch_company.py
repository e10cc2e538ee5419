"""What a company's page tells, read whole or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.companies import Company
from storage.tasks import ErrorCode, TaskStatus

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

NORTHWIND = "northwind-tools"
LANGUAGES = ["en", "de", "ar", "ja"]


async def read(office: Office, company: str) -> Task:
    return await office.read("fetch_company", company=company)


async def known(office: Office, slug: str) -> Company:
    return next(each for each in await office.sandbox.client.companies() if each.slug == slug)


def expected(company: Company) -> dict[str, Any]:
    """Return what the world knows of a company, as the output tells it."""
    least, most = company.size_from, company.size_to
    return {
        "company_id": company.id,
        "company_urn": f"urn:li:fsd_company:{company.id}",
        "organization_urn": f"urn:li:organization:{company.id}",
        "slug": company.slug,
        "name": company.name,
        "tagline": company.tagline or None,
        "description": company.description or None,
        "website": company.website or None,
        "industry": company.industry or None,
        "employee_count": company.members,
        "employee_range": None if least is None else f"{least}-{most}" if most else f"{least}+",
        "employee_min": least,
        "employee_max": most,
        "headquarters": company.place or None,
        "country": company.country or None,
        "founded": company.founded,
        "specialties": list(company.specialties),
        "followers": company.followers,
    }


@pytest.mark.parametrize("slug", [NORTHWIND, "harbour-&-pine", "granite-loop"])
async def test_a_company_is_read_as_the_world_knows_it(office: Office, slug: str) -> None:
    """Everything that it tells, and null for what it does not; a read leaves nothing behind."""
    company = await known(office, slug)

    task = await read(office, slug)

    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    output = dict(task.output or {})
    assert output.pop("company_url").startswith("https://www.linkedin.com/company/")
    assert "/company-logo_400_400/" in output.pop("logo_url")
    assert output == expected(company)
    assert await office.delivered() == []


@pytest.mark.parametrize("language", ["ar", "ja"])
async def test_every_language_tells_the_same(office: Office, language: str) -> None:
    """The page's own data has no words that follow the account's language."""
    await office.sandbox.client.toggle(language=language, decoys=False)

    task = await read(office, NORTHWIND)

    told = expected(await known(office, NORTHWIND))
    assert {name: (task.output or {}).get(name) for name in told} == told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_without_its_data_a_page_is_read_by_shapes(office: Office, language: str) -> None:
    """What only a term in a language that nobody has noted could tell stays null."""
    await office.sandbox.client.toggle(company_data="absent", language=language)
    worded = {"industry", "headquarters", "specialties", "followers"}
    told = {**expected(await known(office, NORTHWIND)), "employee_count": None, "country": None}
    if language != "en":
        told.update(dict.fromkeys(worded), specialties=[])

    task = await read(office, NORTHWIND)

    assert {name: (task.output or {}).get(name) for name in told} == told


async def test_a_link_that_names_subsidiaries_gives_no_number(office: Office) -> None:
    """Which of several numbers is the company's own is not known, so none is told."""
    await office.sandbox.client.toggle(company_data="absent")

    task = await read(office, "harbour-&-pine")

    output = task.output or {}
    assert (output["company_id"], output["company_urn"]) == (None, None)
    assert (output["name"], output["employee_range"]) == ("Harbour & Pine", "10001+")


@pytest.mark.parametrize(
    ("asked", "stays"), [("2400101", False), ("2400101", True), ("northwind-handtools", False)]
)
async def test_other_names_of_a_company_lead_to_it(
    office: Office, asked: str, *, stays: bool
) -> None:
    """A number, whether its address stays or not, and a slug that the company used to have."""
    await office.sandbox.client.toggle(company_ids_stay=stays)

    task = await read(office, asked)

    assert (task.output or {})["slug"] == NORTHWIND
    assert (task.output or {})["company_id"] == "2400101"


async def test_a_number_counts_only_with_proof(office: Office) -> None:
    """A page that LinkedIn leads on to, and that tells another number, is not that company's."""
    client = office.sandbox.client
    company = await known(office, NORTHWIND)
    await client.put_company(company.model_copy(update={"former_slugs": ("777",)}))

    task = await read(office, "777")

    assert task.error is not None
    assert task.error.code is ErrorCode.RECIPIENT_MISMATCH


@pytest.mark.parametrize("slug", ["no-such-company", "gone", "404"])
async def test_a_missing_company_fails_the_task(office: Office, slug: str) -> None:
    """An unknown company has a code of its own, and so has one that is gone."""
    gone = Company(id="9", slug="gone", name="Gone & Co", gone=True)
    await office.sandbox.client.put_company(gone)

    task = await read(office, slug)

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.COMPANY_NOT_FOUND, True)


async def test_a_card_that_mounts_late_is_waited_for(office: Office) -> None:
    """Without its data, nothing is on the page at first."""
    await office.sandbox.client.toggle(
        company_data="absent", action_row_delay_ms=700, section_delay_ms=700
    )

    task = await read(office, NORTHWIND)

    assert (task.output or {})["founded"] == 1974


async def test_a_page_without_a_card_is_refused(office: Office) -> None:
    """What is laid out differently is not guessed at."""
    await office.sandbox.client.toggle(action_row_delay_ms=60_000)

    task = await read(office, NORTHWIND)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
