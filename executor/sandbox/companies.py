"""Companies of the sandbox world, and how LinkedIn's own data words them."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from executor.sandbox import ids

_TYPE = "com.linkedin.voyager.dash.organization.Company"


class Company(BaseModel):
    """An invented company; what is empty, its page does not tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9]{1,20}$")
    """The number in `urn:li:fsd_company:<N>`."""
    slug: str
    """As a person reads it, not percent-encoded."""
    name: str
    tagline: str = ""
    description: str = ""
    website: str = ""
    industry: str = ""
    members: int | None = None
    """How many members say that they work there."""
    size_from: int | None = None
    size_to: int | None = None
    """None with a beginning is the largest size, which has no end."""
    city: str = ""
    region: str = ""
    country: str = ""
    """Two letters."""
    founded: int | None = None
    specialties: tuple[str, ...] = ()
    followers: int | None = None
    subsidiaries: tuple[str, ...] = ()
    """Numbers of companies that the link to its employees names as well (2026-10-02)."""
    former_slugs: tuple[str, ...] = ()
    """Old slugs, which redirect to the present one."""
    gone: bool = False

    @property
    def urn(self) -> str:
        return f"urn:li:fsd_company:{self.id}"

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.city, self.region) if part)

    @property
    def employers(self) -> str:
        """What the search for its employees is asked for."""
        return json.dumps([self.id, *self.subsidiaries], separators=(",", ":"))

    def logo(self, origin: str) -> dict[str, Any]:
        """Write the logo as an image of several sizes."""
        sizes = [
            {
                "width": size,
                "height": size,
                "fileIdentifyingUrlPathSegment": f"{size}_{size}/{ids.token(12, self.id, size)}",
            }
            for size in (200, 100, 400)
        ]
        return {"vectorImage": {"rootUrl": f"{origin}/dms/image/company-logo_", "artifacts": sizes}}

    def embedded(self, origin: str) -> list[dict[str, Any]]:
        """Write the company and what it refers to, as its page's own data has them (2026)."""
        following = f"urn:li:fsd_followingState:urn:li:fsd_company:{self.id}"
        industry = f"urn:li:fsd_industryV2:{ids.token(4, self.industry)}"
        size = {"start": self.size_from, "end": self.size_to}
        address = {"city": self.city, "geographicArea": self.region, "country": self.country}
        return [
            {
                "$type": _TYPE,
                "entityUrn": self.urn,
                "universalName": self.slug,
                "name": self.name,
                "url": f"{origin}/company/{self.slug}/",
                "tagline": self.tagline or None,
                "description": self.description or None,
                "websiteUrl": self.website or None,
                "employeeCount": self.members,
                "employeeCountRange": size if self.size_from is not None else None,
                "headquarter": {"address": address} if self.place else None,
                "foundedOn": {"year": self.founded} if self.founded else None,
                "specialities": list(self.specialties),
                "logoResolutionResult": self.logo(origin),
                "*followingState": following,
                "*industryV2Taxonomy": [industry] if self.industry else [],
            },
            {
                "$type": "com.linkedin.voyager.dash.feed.FollowingState",
                "entityUrn": following,
                "followerCount": self.followers,
            },
            {
                "$type": "com.linkedin.voyager.dash.common.IndustryV2",
                "entityUrn": industry,
                "name": self.industry,
            },
        ]

    @property
    def mention(self) -> dict[str, Any]:
        """The same company in a second piece of data, which tells less of it."""
        bare = {"$type": _TYPE, "entityUrn": self.urn, "universalName": self.slug}
        return {**bare, "name": self.name, "description": None, "specialities": []}


class CompanyRegister:
    """Every company by its number."""

    def __init__(self) -> None:
        self.known: dict[str, Company] = {}

    def put(self, company: Company) -> None:
        self.known[company.id] = company

    def at(self, slug_or_number: str) -> Company | None:
        """Find a company by number, or by present or former slug."""
        if found := self.known.get(slug_or_number):
            return found
        wanted = slug_or_number.lower()
        return next(
            (each for each in self.known.values() if wanted in (each.slug, *each.former_slugs)),
            None,
        )

    def others(self, company: Company) -> list[Company]:
        return [each for each in self.known.values() if each.id != company.id and not each.gone]
