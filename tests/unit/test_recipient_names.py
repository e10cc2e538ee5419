"""Comparing the name on a recipient's pill with the name on the profile."""

from __future__ import annotations

import pytest

from executor.components.member import names


@pytest.mark.parametrize(
    "label",
    [
        "Remove Ann Lee",
        "Ann Lee entfernen",
        "Ann  Lee",
        "Ann Leeさんを削除",
        "إزالة Ann Lee",
        "Retirer Ann Lee (She/Her)",
    ],
)
def test_a_label_in_any_language_names_its_person(label: str) -> None:
    """Words around the name do not matter, nor missing spaces in scripts without letter case."""
    assert names(label, "Ann Lee")


@pytest.mark.parametrize(
    "label", ["Remove Joann Lee", "Remove Ann Leeson", "Remove Ann", "Remove", "ann lee", ""]
)
def test_a_longer_or_other_name_is_somebody_elses(label: str) -> None:
    """A name that merely contains the one that is looked for is refused."""
    assert not names(label, "Ann Lee")
