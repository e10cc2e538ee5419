"""How the account stands with a member: the decision list and the traps around it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from executor.browser.part import Sighting
from executor.components.member import Member
from executor.components.relationship import (
    CARD_ELEMENTS,
    MENU_ELEMENTS,
    Relationship,
    by_card,
    by_menu,
)
from executor.locators import profile

if TYPE_CHECKING:
    from executor.browser.part import Sightings
    from executor.locators.element import Element

KOENIG = Member(profile_id="ACoAAKOENIG", vanity="dieter-könig", name="Dieter König")
ADA = Member(profile_id="ACoAADA", vanity="ada", name="Ada Lovelace")

Seen = dict["Element", list[Sighting]]


FIRST, SECOND = "· 1st", "· 2nd"


def sighting(href: str | None = None, *, text: str = "", label: str | None = None) -> Sighting:
    return Sighting(href=href, key=None, label=label, text=text)


def invite(vanity: str) -> Sighting:
    return sighting(f"/preload/custom-invite/?vanityName={vanity}", text="Connect")


def pending(who: str | None = None) -> Sighting:
    return sighting(None if who is None else f"/in/{who}/", text="Pending")


def message(profile_id: str) -> Sighting:
    urn = f"urn%3Ali%3Afsd_profile%3A{profile_id}"
    return sighting(
        f"/messaging/compose/?profileUrn={urn}&recipient={profile_id}&interop=msgOverlay",
        text="Message",
    )


BUTTON = sighting()
ITEM = sighting(text="Report / Block")


def on_card(seen: Seen | None = None) -> Sightings:
    return {element.name: (seen or {}).get(element, []) for element in CARD_ELEMENTS}


def in_menu(seen: Seen | None = None, *, readable: bool = True) -> Sightings:
    menu = {element.name: (seen or {}).get(element, []) for element in MENU_ELEMENTS}
    if readable:
        menu[profile.MENU_ITEM.name] = [ITEM]
        menu[profile.MENU_IN_ENGLISH.name] = [ITEM]
    return menu


def circles(owner: str, *network: str) -> Sighting:
    """Return a link to the connections of *owner* in these circles."""
    query = {"connectionOf": f'["{owner}"]', "network": json.dumps(network)}
    return sighting(f"/search/results/people/?{urlencode(query)}")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({profile.EDIT_INTRO: [sighting("/in/ada/edit/intro/")]}, Relationship.SELF),
        ({profile.PENDING: [pending("ada")]}, Relationship.PENDING),
        ({profile.CONNECT: [invite("ada")]}, Relationship.CONNECTABLE),
        ({profile.WITHDRAWN: [BUTTON]}, Relationship.REINVITE_BLOCKED),
        ({profile.ACCEPT: [BUTTON], profile.IGNORE: [BUTTON]}, Relationship.INCOMING),
        ({}, None),
        ({profile.MESSAGE: [message("ACoAADA")]}, None),
        ({profile.FOLLOW: [BUTTON]}, None),
        ({profile.FIRST_DEGREE: [BUTTON]}, None),
    ],
)
def test_the_card_decides(seen: Seen, expected: Relationship | None) -> None:
    """Each rule of the card stands for itself; the rest has to be read from the menu."""
    assert expected == by_card(on_card(seen), ADA)


@pytest.mark.parametrize(
    ("card", "menu", "expected"),
    [
        ({}, {profile.MENU_PENDING: [pending()]}, Relationship.PENDING),
        ({}, {profile.MENU_CONNECT: [invite("ada")]}, Relationship.CONNECTABLE),
        ({}, {profile.MENU_REMOVE_CONNECTION: [BUTTON]}, Relationship.CONNECTED),
        ({profile.FIRST_DEGREE: [circles("ACoAADA", "F", "S")]}, {}, Relationship.CONNECTED),
        ({profile.FIRST_DEGREE: [sighting("/mynetwork/x/")]}, {}, Relationship.CONNECTED),
        ({profile.FIRST_DEGREE: [circles("ACoAADA", "F")]}, {}, Relationship.UNKNOWN),
        ({profile.FIRST_DEGREE: [circles("ACoABOB", "F", "S")]}, {}, Relationship.UNKNOWN),
        ({profile.FOLLOW: [BUTTON]}, {}, Relationship.FOLLOW_ONLY),
        ({}, {profile.MENU_FOLLOW: [BUTTON]}, Relationship.UNKNOWN),
        ({profile.FOLLOW: [BUTTON], profile.PENDING: [pending("bob")]}, {}, Relationship.UNKNOWN),
        ({profile.MESSAGE: [message("ACoAADA")]}, {}, Relationship.UNKNOWN),
        (
            {profile.MESSAGE: [message("ACoAADA")], profile.DEGREE: [sighting(text=FIRST)]},
            {},
            Relationship.CONNECTED,
        ),
        (
            {
                profile.MESSAGE: [message("ACoAADA")],
                profile.DEGREE: [sighting(text=FIRST), sighting(text=SECOND)],
            },
            {},
            Relationship.UNKNOWN,
        ),
        (
            {
                profile.MESSAGE: [message("ACoAADA")],
                profile.DEGREE: [sighting(text=FIRST)],
                profile.CONNECT_BUTTON: [BUTTON],
            },
            {},
            Relationship.UNKNOWN,
        ),
        ({}, {}, Relationship.UNKNOWN),
    ],
)
def test_the_menu_decides(card: Seen, menu: Seen, expected: Relationship) -> None:
    """Each rule of the opened menu stands for itself; with none of them nobody knows."""
    assert expected == by_menu(on_card(card), in_menu(menu), ADA)


@pytest.mark.parametrize(
    "who", ["ada", "ADA", "ACoAADA", None], ids=["vanity", "capitals", "id", "no-link"]
)
def test_pending_may_name_the_member_in_any_way(who: str | None) -> None:
    """The Pending control leads to the member by vanity or id, or has no link at all."""
    assert by_card(on_card({profile.PENDING: [pending(who)]}), ADA) == Relationship.PENDING


def test_pending_may_lead_to_a_whole_address() -> None:
    """The link of Pending counts the same when it is an absolute address."""
    seen = on_card({profile.PENDING: [sighting("https://www.linkedin.com/in/ada/?x=1")]})

    assert by_card(seen, ADA) == Relationship.PENDING


def test_a_strangers_pending_in_the_card_is_ignored() -> None:
    """A wrapper may hold other members' badges; their Pending says nothing of this member."""
    assert by_card(on_card({profile.PENDING: [pending("bob"), pending("ACoABOB")]}), ADA) is None


def test_a_strangers_pending_does_not_hide_connect() -> None:
    """The member's own Connect counts although somebody else's Pending stands beside it."""
    seen = on_card({profile.PENDING: [pending("bob")], profile.CONNECT: [invite("ada")]})

    assert by_card(seen, ADA) == Relationship.CONNECTABLE


def test_an_unreadable_link_is_a_strangers() -> None:
    """A Pending whose address is no valid text names nobody, and does not stop the reading."""
    assert by_card(on_card({profile.PENDING: [pending("ada%ff")]}), ADA) is None


@pytest.mark.parametrize("vanity", ["bob", "ada-1", "ad", "ada/../bob", "", "ada&vanityName=bob"])
def test_connect_for_another_vanity_is_ignored(vanity: str) -> None:
    """Only a Connect whose address names exactly this member, once, may be used."""
    assert by_card(on_card({profile.CONNECT: [invite(vanity)]}), ADA) is None


def test_connect_without_a_link_is_ignored() -> None:
    """A Connect that leads nowhere invites nobody."""
    assert by_card(on_card({profile.CONNECT: [sighting(None)]}), ADA) is None


def test_pending_beats_a_stale_connect() -> None:
    """Just after inviting, both stand in the card for a moment; inviting again would be wrong."""
    seen = on_card({profile.CONNECT: [invite("ada")], profile.PENDING: [pending("ada")]})

    assert by_card(seen, ADA) == Relationship.PENDING


def test_the_own_profile_beats_everything() -> None:
    """Nobody is invited or written to from one's own profile, whatever else it shows."""
    everything = {element: [invite("ada")] for element in CARD_ELEMENTS}
    seen = on_card({**everything, profile.EDIT_INTRO: [sighting("/in/ada/edit/intro/")]})

    assert by_card(seen, ADA) == Relationship.SELF


def test_a_way_to_edit_somebody_elses_profile_makes_it_no_own_one() -> None:
    """The account's own such link may stand in an advertisement inside another member's card."""
    seen = on_card({profile.EDIT_INTRO: [sighting("/in/grace/edit/intro/")]})

    assert by_card(seen, ADA) == Relationship.UNKNOWN


def test_a_usable_connect_beats_the_withdrawn_button() -> None:
    """A Connect that leads somewhere means that the three weeks are over."""
    seen = on_card({profile.CONNECT: [invite("ada")], profile.WITHDRAWN: [BUTTON]})

    assert by_card(seen, ADA) == Relationship.CONNECTABLE


def test_withdrawn_beside_follow_is_still_blocked() -> None:
    """Follow and Message beside the withdrawn button change nothing about the block."""
    seen = on_card(
        {
            profile.WITHDRAWN: [BUTTON],
            profile.FOLLOW: [BUTTON],
            profile.MESSAGE: [message("ACoAADA")],
        }
    )

    assert by_card(seen, ADA) == Relationship.REINVITE_BLOCKED


@pytest.mark.parametrize(("accepts", "ignores"), [(1, 0), (0, 1), (2, 2), (2, 1), (1, 2)], ids=str)
def test_half_a_pair_is_no_incoming_invitation(accepts: int, ignores: int) -> None:
    """Exactly one Accept and one Ignore make an incoming invitation."""
    seen = on_card({profile.ACCEPT: [BUTTON] * accepts, profile.IGNORE: [BUTTON] * ignores})

    assert by_card(seen, ADA) is None


def test_an_incoming_invitation_has_no_message() -> None:
    """With a Message beside them, Accept and Ignore belong to something else."""
    seen = on_card(
        {
            profile.ACCEPT: [BUTTON],
            profile.IGNORE: [BUTTON],
            profile.MESSAGE: [message("ACoAADA")],
        }
    )

    assert by_card(seen, ADA) is None


def test_a_creators_card_is_not_an_incoming_invitation() -> None:
    """Follow, Save and More have the shape of the pair; the menu decides, here: follow only."""
    card = on_card({profile.FOLLOW: [BUTTON]})

    assert by_card(card, ADA) is None
    assert by_menu(card, in_menu(), ADA) == Relationship.FOLLOW_ONLY


def test_a_creators_connect_is_in_the_menu() -> None:
    """A card that puts Follow first hides Connect below More."""
    card = on_card({profile.FOLLOW: [BUTTON]})
    menu = in_menu({profile.MENU_CONNECT: [invite("ada")]})

    assert by_menu(card, menu, ADA) == Relationship.CONNECTABLE


def test_a_creators_pending_is_in_the_menu() -> None:
    """A card that puts Follow first hides Pending below More, even beside a stale Connect."""
    card = on_card({profile.FOLLOW: [BUTTON]})
    menu = in_menu({profile.MENU_PENDING: [pending()], profile.MENU_CONNECT: [invite("ada")]})

    assert by_menu(card, menu, ADA) == Relationship.PENDING


def test_remove_connection_beats_follow() -> None:
    """A connection that one does not follow is a connection."""
    card = on_card({profile.FOLLOW: [BUTTON]})
    menu = in_menu({profile.MENU_REMOVE_CONNECTION: [BUTTON], profile.MENU_FOLLOW: [BUTTON]})

    assert by_menu(card, menu, ADA) == Relationship.CONNECTED


def test_an_open_profile_is_no_connection() -> None:
    """A visible Message proves nothing while More still offers Connect."""
    card = on_card({profile.MESSAGE: [message("ACoAADA")]})
    menu = in_menu({profile.MENU_CONNECT: [invite("ada")]})

    assert by_card(card, ADA) is None
    assert by_menu(card, menu, ADA) == Relationship.CONNECTABLE


def test_an_open_profile_with_follow_is_no_connection() -> None:
    """Message beside Follow, without Connect anywhere, is somebody who can only be followed."""
    card = on_card({profile.MESSAGE: [message("ACoAADA")], profile.FOLLOW: [BUTTON]})

    assert by_menu(card, in_menu(), ADA) == Relationship.FOLLOW_ONLY


def test_message_to_somebody_else_proves_nothing() -> None:
    """A Message whose recipient is another id does not make this member a connection."""
    card = on_card({profile.MESSAGE: [message("ACoABOB"), sighting("/messaging/compose/?body=x")]})

    assert by_menu(card, in_menu(), ADA) == Relationship.UNKNOWN


def test_connect_for_somebody_else_in_the_menu_is_doubtful() -> None:
    """A menu that would invite another member belongs to somebody else: nothing is known."""
    card = on_card({profile.MESSAGE: [message("ACoAADA")], profile.FOLLOW: [BUTTON]})
    menu = in_menu({profile.MENU_CONNECT: [invite("bob")]})

    assert by_menu(card, menu, ADA) == Relationship.UNKNOWN


def test_an_unreadable_menu_decides_nothing() -> None:
    """Without a single item the menu was not read, so Message and Follow prove nothing."""
    card = on_card({profile.MESSAGE: [message("ACoAADA")], profile.FOLLOW: [BUTTON]})

    assert by_menu(card, in_menu(readable=False), ADA) == Relationship.UNKNOWN


@pytest.mark.parametrize(
    "vanity",
    ["dieter-k%C3%B6nig", "dieter-k%c3%b6nig", "dieter-könig", "dieter-ko%CC%88nig"],
    ids=["upper-hex", "lower-hex", "plain", "decomposed"],
)
def test_encoding_of_the_vanity_does_not_matter(vanity: str) -> None:
    """Links write the same name in several encodings; all of them mean the member."""
    connect = on_card({profile.CONNECT: [invite(vanity)]})
    waiting = on_card({profile.PENDING: [pending(vanity)]})
    menu = in_menu({profile.MENU_CONNECT: [invite(vanity)]})

    assert by_card(connect, KOENIG) == Relationship.CONNECTABLE
    assert by_card(waiting, KOENIG) == Relationship.PENDING
    assert by_menu(on_card(), menu, KOENIG) == Relationship.CONNECTABLE


def test_the_members_present_vanity_counts_after_a_rename() -> None:
    """The page's own word is compared: the new name invites, the stale one does not."""
    renamed = Member(profile_id="ACoAADA", vanity="ada-king", name="Ada King")

    assert (
        by_card(on_card({profile.CONNECT: [invite("ada-king")]}), renamed)
        == Relationship.CONNECTABLE
    )
    assert by_card(on_card({profile.CONNECT: [invite("ada")]}), renamed) is None
