"""How a company may be named."""

from __future__ import annotations

import pytest

from executor.company import company_path, company_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("microsoft", "microsoft"),
        (" Microsoft ", "microsoft"),
        ("1035", "1035"),
        ("urn:li:fsd_company:1035", "1035"),
        ("urn:li:organization:1035", "1035"),
        ("https://www.linkedin.com/company/microsoft", "microsoft"),
        ("linkedin.com/company/microsoft/about/?trk=x", "microsoft"),
        ("https://no.linkedin.com/company/1035/posts/", "1035"),
        ("caf%C3%A9-nord", "café-nord"),
        ("harbour-&-pine", "harbour-&-pine"),
    ],
)
def test_a_company_is_named_in_many_ways(text: str, slug: str) -> None:
    """What people paste is understood."""
    assert company_slug(text) == slug


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "..",
        "two words",
        "a\nb",
        "x" * 101,
        "a%2Fb",
        "urn:li:fsd_profile:ACoAABCDEFG",
        "urn:li:fsd_company:x",
        "https://www.linkedin.com/in/ada",
        "https://www.linkedin.com/school/somewhere/",
        "https://www.linkedin.com/company/",
        "https://linkedin.com.example/company/microsoft",
        "https://ada@linkedin.com/company/microsoft",
        7,
        None,
    ],
)
def test_what_names_no_company_is_refused(text: object) -> None:
    """Nothing that could lead elsewhere comes through."""
    with pytest.raises(ValueError, match=r"company|linkedin"):
        company_slug(text)


def test_a_slug_cannot_leave_its_place_in_the_path() -> None:
    """Signs that mean something in an address are written as themselves."""
    assert company_path("harbour-&-pine", "about/") == "/company/harbour-%26-pine/about/"
