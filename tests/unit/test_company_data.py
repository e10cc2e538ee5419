"""Hostile and half data of a company's page: each field is right, or left out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from executor.components.company_data import facts_of, number_of

_ANY: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
_FIELDS = (
    *("tagline", "description", "websiteUrl", "employeeCount", "employeeCountRange"),
    *("headquarter", "foundedOn", "specialities", "logoResolutionResult", "logo"),
    *("followingState", "industry", "industryV2Taxonomy", "entityUrn"),
)


@given(st.dictionaries(st.sampled_from(_FIELDS), _ANY))
def test_strange_data_is_left_out(strange: dict[str, Any]) -> None:
    """Whatever LinkedIn may put there one day, reading it does not fail."""
    facts = facts_of({"name": "Acme", **strange})

    assert facts is not None
    assert facts.name == "Acme"
    number_of(strange)


def test_nothing_is_read_of_a_company_without_a_name() -> None:
    """A mention that tells no name is no company's page."""
    assert facts_of({"entityUrn": "urn:li:fsd_company:1"}) is None


def test_only_a_companys_urn_has_its_number() -> None:
    """Other URNs end in numbers, too."""
    assert number_of({"entityUrn": "urn:li:fsd_company:1035"}) == "1035"
    assert number_of({"entityUrn": "urn:li:fsd_school:1035"}) is None
    assert number_of({"entityUrn": "urn:li:fsd_company:1035,x"}) is None


def test_texts_may_stand_in_models() -> None:
    """LinkedIn wraps texts in objects now and then."""
    facts = facts_of({"name": {"text": "Acme"}, "description": {"text": " We make things. "}})

    assert facts is not None
    assert (facts.name, facts.description) == ("Acme", "We make things.")
