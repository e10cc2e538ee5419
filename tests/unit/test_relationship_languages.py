"""How the account stands with a member when the page's words are nobody's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.components.relationship import (
    Relationship,
    by_card,
    by_menu,
    degree_in,
    is_positive,
)
from executor.locators import profile
from tests.unit.test_relationship import (
    ADA,
    BUTTON,
    FIRST,
    SECOND,
    in_menu,
    invite,
    message,
    on_card,
    sighting,
)

if TYPE_CHECKING:
    from executor.browser.part import Sightings
    from tests.unit.test_relationship import Seen


def in_another_language(seen: Seen | None = None) -> Sightings:
    """Return a menu whose words nobody knows."""
    return {**in_menu(seen), profile.MENU_IN_ENGLISH.name: []}


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("· 1st", 1),
        ("· 1.", 1),
        ("· 1er", 1),
        ("· 1º", 1),
        ("· 1次", 1),
        ("• 2nd", 2),
        ("· 3e et +", 3),
        ("· 3rd+", 3),
        ("· الأولى", None),
        ("· 500", None),
        ("· 1 mutual connection", None),
        ("1st", None),
        ("Consultant · 1st", None),
    ],
)
def test_the_degree_is_read_by_its_digit(text: str, degree: int | None) -> None:
    """A line of its own with one digit is the degree in every language; other lines are not."""
    assert degree_in(on_card({profile.DEGREE: [sighting(text=text)]}), ADA) == degree


def test_two_degrees_are_none() -> None:
    """A page that shows two degrees tells none."""
    shown = [sighting(text=FIRST), sighting(text=SECOND)]

    assert degree_in(on_card({profile.DEGREE: shown}), ADA) is None


def test_the_classic_badge_repeats_its_degree() -> None:
    """The badge says it once for the eye and once for the ear; both are the same."""
    badge = sighting(text="1st degree connection\n1st")

    assert degree_in(on_card({profile.DISTANCE_BADGE: [badge]}), ADA) == 1


@pytest.mark.parametrize(
    ("degree", "expected"),
    [
        ("· 1.", Relationship.CONNECTED),
        ("· 2.", Relationship.FOLLOW_ONLY),
        ("", Relationship.UNKNOWN),
    ],
)
def test_follow_in_an_unknown_language_needs_the_degree(
    degree: str, expected: Relationship
) -> None:
    """Beside Follow there may be a "Remove connection" that nobody can read."""
    card = on_card(
        {
            profile.MESSAGE: [message("ACoAADA")],
            profile.DEGREE: [sighting(text=degree)] if degree else [],
            profile.FOLLOW: [BUTTON],
        }
    )

    assert by_menu(card, in_another_language(), ADA) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Relationship.INCOMING),
        ({profile.MESSAGE: [message("ACoAADA")]}, Relationship.UNKNOWN),
        ({profile.CONNECT: [invite("bob")]}, Relationship.UNKNOWN),
        ({profile.FOLLOW: [BUTTON]}, Relationship.UNKNOWN),
    ],
)
def test_two_buttons_that_name_the_member_are_an_invitation(
    more: Seen, expected: Relationship
) -> None:
    """Accept and Ignore in any language, as long as nothing else stands beside them."""
    pair = [sighting(label=f"{verb} Ada Lovelace") for verb in ("Annehmen:", "Ignorieren:")]
    card = on_card({profile.LABELLED: pair, **more})

    assert by_menu(card, in_another_language(), ADA) == expected


def test_follow_and_save_are_no_invitation() -> None:
    """With Sales Navigator, two buttons name the member although nobody asked for anything."""
    pair = [sighting(label="Ada Lovelace folgen"), sighting(label="Ada Lovelace speichern")]
    menu = in_another_language({profile.MENU_SALES: [BUTTON]})

    assert by_menu(on_card({profile.LABELLED: pair}), menu, ADA) == Relationship.UNKNOWN


@pytest.mark.parametrize(
    ("href", "label", "expected"),
    [
        ("/in/ada/", "Ausstehend: Ada Lovelace", Relationship.SEEMS_PENDING),
        ("/in/ada/overlay/photo/", "Foto: Ada Lovelace", Relationship.UNKNOWN),
        ("/in/bob/", "Ausstehend: Ada Lovelace", Relationship.UNKNOWN),
        ("/in/ada/", "Ausstehend: Bob", Relationship.UNKNOWN),
    ],
)
def test_a_link_back_seems_pending(href: str, label: str, expected: Relationship) -> None:
    """A labelled link to the profile on itself is Pending's; it is not proof enough for more."""
    card = on_card({profile.LINK_BACK: [sighting(href, label=label)]})

    assert by_menu(card, in_another_language(), ADA) == expected
    assert not is_positive(card, in_another_language(), ADA)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Ada Lovelace einladen", Relationship.CONNECTABLE),
        ("Ada Lovelaceson einladen", None),
        ("Bob einladen", None),
    ],
)
def test_the_classic_connect_names_its_member(label: str, expected: Relationship | None) -> None:
    """A button without a link counts by its icon and by the whole name in its label."""
    assert by_card(on_card({profile.CONNECT_ICON: [sighting(label=label)]}), ADA) == expected
