"""What LinkedIn's own data tells of a company: each field is right, or left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.tasks import JsonObject

_URN_PREFIX = "urn:li:fsd_company:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFacts:
    """What a company's page tells; `None` is what it does not."""

    name: str
    tagline: str | None = None
    description: str | None = None
    website: str | None = None
    industry: str | None = None
    employee_count: int | None = None
    """Members who say that they work there."""
    employee_range: tuple[int, int | None] | None = None
    """Between which sizes the company says it is; without an end for the largest."""
    headquarters: str | None = None
    country: str | None = None
    """Two letters."""
    founded: int | None = None
    specialties: list[str] = field(default_factory=list)
    followers: int | None = None
    logo_url: str | None = None


def number_of(told: JsonObject) -> str | None:
    """Return the company's number out of its URN."""
    urn = text_of(told.get("entityUrn")) or ""
    number = urn.removeprefix(_URN_PREFIX)
    return number if urn.startswith(_URN_PREFIX) and number.isdecimal() else None


def slug_of(told: JsonObject) -> str | None:
    return text_of(told.get("universalName"))


def facts_of(told: JsonObject) -> CompanyFacts | None:
    """Read a company out of the data; `None` when it does not even have a name."""
    name = text_of(told.get("name"))
    if name is None:
        return None
    address = _object(_object(told.get("headquarter")).get("address"))
    place = [text_of(address.get(part)) for part in ("city", "geographicArea")]
    return CompanyFacts(
        name=name,
        tagline=text_of(told.get("tagline")),
        description=text_of(told.get("description")),
        website=text_of(told.get("websiteUrl")),
        industry=_industry(told),
        employee_count=_number(told.get("employeeCount")),
        employee_range=_range(_object(told.get("employeeCountRange"))),
        headquarters=", ".join(part for part in place if part) or None,
        country=text_of(address.get("country")),
        founded=_number(_object(told.get("foundedOn")).get("year")),
        specialties=[text for each in _list(told.get("specialities")) if (text := text_of(each))],
        followers=_number(_object(told.get("followingState")).get("followerCount")),
        logo_url=_logo(told),
    )


def text_of(value: object) -> str | None:
    """Return a text that is one, or stands in a model of one."""
    if isinstance(value, dict):
        value = value.get("text")
    return value.strip() or None if isinstance(value, str) else None


def _industry(told: JsonObject) -> str | None:
    for name in ("industryV2Taxonomy", "industry"):
        for each in _list(told.get(name)):
            if found := text_of(_object(each).get("name")):
                return found
    return None


def _range(told: JsonObject) -> tuple[int, int | None] | None:
    least, most = _number(told.get("start")), _number(told.get("end"))
    return None if least is None else (least, most)


def _logo(told: JsonObject) -> str | None:
    for name in ("logoResolutionResult", "logo"):
        image = _object(_object(told.get(name)).get("vectorImage"))
        root = text_of(image.get("rootUrl"))
        sizes = [_object(each) for each in _list(image.get("artifacts"))]
        largest = max(sizes, key=lambda each: _number(each.get("width")) or 0, default={})
        end = text_of(largest.get("fileIdentifyingUrlPathSegment"))
        if root and end:
            return root + end
    return None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
