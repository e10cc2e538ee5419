"""Read what a company's page tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.company import CompanySlug, company_address, company_urn
from executor.models import StrictModel

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.company import CompanyPage
    from executor.pages.linkedin import LinkedIn


class FetchCompanyInput(StrictModel):
    """Which company's page to read."""

    company: CompanySlug


class FetchCompanyOutput(StrictModel):
    """What the page shows to the acting account; null is what it does not tell."""

    company_id: str | None
    """LinkedIn's number of the company."""
    company_urn: str | None
    """`urn:li:fsd_company:…`, as LinkedIn's own pages name it."""
    organization_urn: str | None
    """The same company as `urn:li:organization:…`."""
    slug: str
    company_url: str
    name: str
    tagline: str | None
    description: str | None
    website: str | None
    industry: str | None
    """In the language of the acting account, as all words that LinkedIn chooses."""
    employee_count: int | None
    """Members who say that they work there."""
    employee_range: str | None
    """The size that the company gives itself, as `51-200` or `10001+`."""
    employee_min: int | None
    employee_max: int | None
    """Null for the largest size."""
    headquarters: str | None
    """City and region."""
    country: str | None
    """The headquarters' country in two letters."""
    founded: int | None
    specialties: list[str]
    followers: int | None
    logo_url: str | None
    """LinkedIn lets such addresses expire."""


class FetchCompany(Action[FetchCompanyInput, FetchCompanyOutput]):
    """Open a company's About and read it."""

    task_type = "fetch_company"
    input_model = FetchCompanyInput
    output_model = FetchCompanyOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchCompanyInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchCompanyOutput]:
        page = await linkedin.open_company(order.company)
        return Done(output=_output(page), evidence={"method": "page"})


def _output(page: CompanyPage) -> FetchCompanyOutput:
    number, told = page.company.number, page.facts
    least, most = told.employee_range or (None, None)
    size = None if least is None else f"{least}+" if most is None else f"{least}-{most}"
    return FetchCompanyOutput(
        company_id=number,
        company_urn=company_urn(number) if number else None,
        organization_urn=f"urn:li:organization:{number}" if number else None,
        slug=page.company.slug,
        company_url=company_address(page.company.slug),
        name=told.name,
        tagline=told.tagline,
        description=told.description,
        website=told.website,
        industry=told.industry,
        employee_count=told.employee_count,
        employee_range=size,
        employee_min=least,
        employee_max=most,
        headquarters=told.headquarters,
        country=told.country,
        founded=told.founded,
        specialties=told.specialties,
        followers=told.followers,
        logo_url=told.logo_url,
    )
