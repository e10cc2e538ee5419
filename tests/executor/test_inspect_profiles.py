"""Profiles that were saved to a file: right, or unknown, and never wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.saved_page import Saved
from executor.inspection.elements import elements_of
from executor.inspection.report import inspect_page
from tests.executor.saved_profiles import (
    CARD,
    DIETER,
    ENGLISH,
    LANGUAGES,
    OTHER,
    PERSON,
    SITE,
    STRANGER,
    circles,
    common_items,
    connect,
    degrees,
    ember,
    follow,
    item,
    message,
    more,
    pending,
    sdui,
    withdrawn,
)

if TYPE_CHECKING:
    from executor.browser.saved_page import SavedPage
    from tests.executor.saved_profiles import Words

URN = f"urn:li:fsd_profile:{PERSON}"
EVERY_LANGUAGE = pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)


async def seen(saved_page: SavedPage, html: str, address: str = DIETER.address) -> dict[str, Any]:
    await saved_page.show(Saved(html=html.encode(), address=address))
    return (await inspect_page(saved_page.tab)).as_json()


def told(report: dict[str, Any]) -> tuple[Any, ...]:
    return report["page"], report.get("relationship"), report.get("read_from")


@EVERY_LANGUAGE
@pytest.mark.parametrize("styled", [True, False], ids=["styled", "bare"])
async def test_the_card_tells_in_every_language(
    saved_page: SavedPage, words: Words, *, styled: bool
) -> None:
    """Pending, Connect and the withdrawn button are told without words, with or without styles."""
    second = degrees(words, first=False, styled=styled)
    expected = {
        pending(words=words): "pending",
        connect(words=words): "connectable",
        withdrawn(words=words): "reinvite_blocked",
    }

    found = {
        control: told(await seen(saved_page, sdui(message(), control, more(words), degree=second)))
        for control in expected
    }

    assert found == {
        control: ("profile", relationship, "topcard") for control, relationship in expected.items()
    }


@EVERY_LANGUAGE
async def test_a_connection_is_told_by_its_links(saved_page: SavedPage, words: Words) -> None:
    """Both degrees look visible without styles; the link that only connections get decides."""
    both = degrees(words, first=True, styled=False)

    report = await seen(
        saved_page,
        sdui(message(), more(words), words=words, degree=both, inside=circles(DIETER, "F", "S")),
    )

    assert told(report) == ("profile", "connected", "topcard")
    assert (report["profile_urn"], report["vanity"], report["name"]) == (
        URN,
        "dieter-könig",
        "Dieter König",
    )
    assert (report["signed_in"], report["can_message"]) == (True, True)
    assert any("style sheets" in note for note in report["notes"])


@pytest.mark.parametrize(
    ("label", "inside", "expected"),
    [
        ("Manage notifications about Dieter König", "", ("profile", "connected", "topcard")),
        (
            "Benachrichtigungen zu Dieter König verwalten",
            circles(DIETER, "F", "S"),
            ("profile", "connected", "topcard"),
        ),
        ("Benachrichtigungen zu Dieter König verwalten", "", ("profile", "unknown", None)),
    ],
    ids=["english", "with-circles", "words-alone"],
)
async def test_notifications_about_a_connection(
    saved_page: SavedPage, label: str, inside: str, expected: tuple[Any, ...]
) -> None:
    """Their link may lead back to the profile, as Pending's does; only known words explain it."""
    bell = f'<a href="{DIETER.address}" aria-label="{label}">🔔</a>'
    both = degrees(ENGLISH, first=True, styled=False)

    report = await seen(saved_page, sdui(message(), bell, more(), degree=both, inside=inside))

    assert told(report) == expected


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            sdui(message(), more(), degree=degrees(ENGLISH, first=False, styled=True)),
            id="message-on-second-degree",
        ),
        pytest.param(
            sdui(message(), more(), degree=degrees(ENGLISH, first=True, styled=False)),
            id="both-degrees-without-styles",
        ),
        pytest.param(
            sdui(message(), more(), inside=circles(DIETER, "F")), id="mutual-connections-link"
        ),
        pytest.param(
            sdui(message(), connect(), more(), inside=circles(DIETER, "F", "S")),
            id="connection-with-a-connect-that-looks-visible",
        ),
        pytest.param(
            sdui(message(), pending(), more(), inside=circles(DIETER, "F", "S")),
            id="connection-with-a-pending-that-looks-visible",
        ),
        pytest.param(
            sdui(
                follow(),
                f'<button aria-label="Save {DIETER.name} in Sales Navigator">Save</button>',
                more(),
            ),
            id="creator",
        ),
        pytest.param(sdui(follow(), message(), more()), id="open-profile"),
        pytest.param(sdui(connect(STRANGER), more()), id="somebody-elses-connect-in-the-card"),
        pytest.param(sdui(pending(STRANGER), more()), id="somebody-elses-pending-in-the-card"),
        pytest.param(sdui(withdrawn(STRANGER), more()), id="somebody-elses-withdrawn"),
        pytest.param(sdui(message(), more(), around=connect(STRANGER)), id="stranger-in-wrapper"),
        pytest.param(
            sdui(
                message(),
                more(),
                inside='<div componentkey="ConnectButtonstate:invitation:urn:li:member:4711'
                '_pending"><span>Connect</span></div>',
            ),
            id="pending-wrapper",
        ),
    ],
)
async def test_a_closed_menu_leaves_it_open(saved_page: SavedPage, html: str) -> None:
    """What the card does not prove, or denies itself, stays unknown."""
    assert told(await seen(saved_page, html)) == ("profile", "unknown", None)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (item("Connect", href=f"{SITE}/preload/custom-invite/?vanityName={DIETER.slug}"), True),
        (item("Connect", href=f"{SITE}/preload/custom-invite/?vanityName=olga-fremd"), None),
        (item("Connect"), None),
    ],
    ids=["own", "strangers", "without-a-link"],
)
async def test_connect_in_the_opened_menu(
    saved_page: SavedPage, items: str, expected: bool | None
) -> None:
    """A popover that was open when the page was saved is read; Connect has to name the member."""
    html = sdui(follow(), more(opened=True), menu=items + common_items())

    wanted = ("profile", "connectable", "more_menu") if expected else ("profile", "unknown", None)

    assert told(await seen(saved_page, html)) == wanted


@EVERY_LANGUAGE
async def test_pending_in_the_opened_menu(saved_page: SavedPage, words: Words) -> None:
    """Pending in the menu is told by its clock, which Verifications beside it does not have."""
    items = item(words.pending, href=DIETER.address, icon="clock-medium") + common_items()

    report = await seen(saved_page, sdui(follow(words=words), more(opened=True), menu=items))

    assert told(report) == ("profile", "pending", "more_menu")


async def test_a_creators_menu_says_follow_only(saved_page: SavedPage) -> None:
    """A menu that is read whole and offers neither Connect nor Pending leaves Follow alone."""
    html = sdui(
        follow(),
        more(opened=True),
        degree=degrees(ENGLISH, first=False, styled=True),
        menu=common_items(),
    )

    report = await seen(saved_page, html)

    assert told(report) == ("profile", "follow_only", "more_menu")
    assert report["can_message"] is False


async def test_removing_a_connection_takes_one(saved_page: SavedPage) -> None:
    """ "Remove connection" stands in the menus of connections only."""
    html = sdui(message(), more(opened=True), menu=item(ENGLISH.remove) + common_items())

    assert told(await seen(saved_page, html)) == ("profile", "connected", "more_menu")


async def test_a_menu_that_the_card_did_not_open_is_not_read(saved_page: SavedPage) -> None:
    """A menu that belongs to something else on the page says nothing about the member."""
    html = sdui(message(), more(), menu=item(ENGLISH.remove) + common_items())

    assert told(await seen(saved_page, html)) == ("profile", "unknown", None)


async def test_ones_own_profile(saved_page: SavedPage) -> None:
    """The pencil beside the name is on one's own profile only."""
    html = sdui(f'<a href="{DIETER.address}edit/intro/" aria-label="Edit intro">✎</a>')

    report = await seen(saved_page, html)

    assert told(report) == ("profile", "self", "topcard")
    assert report["can_message"] is False


async def test_an_incoming_invitation(saved_page: SavedPage) -> None:
    """Accept and Ignore that name the member are an invitation; a stranger's pair is not."""
    pair = (
        '<button aria-label="Accept {0}’s invitation">Accept</button>'
        '<button aria-label="Ignore an invitation to connect from {0}">Ignore</button>'
    )

    own = await seen(saved_page, sdui(pair.format(DIETER.name), more()))
    strangers = await seen(saved_page, sdui(pair.format(STRANGER.name), more()))

    assert told(own) == ("profile", "incoming", "topcard")
    assert told(strangers) == ("profile", "unknown", None)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/dieter-k%C3%B6nig/",
        "https://www.linkedin.com/in/dieter-k%c3%b6nig",
        "https://de.linkedin.com/in/dieter-k%C3%B6nig/?isSelfProfile=false",
        f"https://www.linkedin.com/in/{PERSON}/",
        "https://www.linkedin.com/in/a-former-name/",
        "https://www.linkedin.com/in/dieter-k%C3%B6nig/de/",
    ],
)
async def test_the_address_may_be_written_in_many_ways(saved_page: SavedPage, address: str) -> None:
    """Encodings, countries, ids and former names lead to the same member and present vanity."""
    report = await seen(saved_page, sdui(connect(), more()), address)

    assert told(report) == ("profile", "connectable", "topcard")
    assert (report["profile_urn"], report["vanity"]) == (URN, "dieter-könig")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            sdui(connect()).replace("</main>", f"{sdui(who=STRANGER).split('<main')[1]}", 1),
            id="two-top-cards",
        ),
        pytest.param(
            sdui(connect()).replace(f"{CARD}{PERSON}About", f"{CARD}{OTHER}About"),
            id="cards-of-two-people",
        ),
        pytest.param(sdui(connect()).replace(CARD, "com.linkedin.other"), id="no-card"),
        pytest.param("<html><body><p>Nothing</p></body></html>", id="nothing"),
    ],
)
async def test_a_page_that_is_not_one_profile_is_unknown(saved_page: SavedPage, html: str) -> None:
    """Two cards with different ids, or none, are no profile that could be acted on."""
    report = await seen(saved_page, html)

    assert (report["page"], "relationship" in report) == ("unknown", False)


async def test_a_title_that_was_left_behind_names_nobody(saved_page: SavedPage) -> None:
    """The title may still be the page's before; the card's own heading counts."""
    report = await seen(saved_page, sdui(connect(), title="Olga Fremd | LinkedIn"))

    assert report["name"] == "Dieter König"


ICON = '<button class="artdeco-button" aria-label="{}"><svg data-test-icon="{}"></svg>{}</button>'


@EVERY_LANGUAGE
async def test_the_older_page_is_told_by_its_icons(saved_page: SavedPage, words: Words) -> None:
    """Its buttons lead nowhere; icons and the label's name tell them."""
    invites = ICON.format(words.invite.format(DIETER.name), "connect-small", words.connect)
    waits = ICON.format(words.pending_for.format(DIETER.name), "clock-small", words.pending)

    connectable = await seen(saved_page, ember(invites, words=words, degree=words.second))
    waiting = await seen(saved_page, ember(waits, words=words, degree=words.second))
    connected = await seen(saved_page, ember(message(words=words), words=words, degree=words.first))

    assert told(connectable) == ("profile", "connectable", "topcard")
    assert told(waiting) == ("profile", "pending", "topcard")
    assert connected["profile_urn"] == URN
    # Where the degree has no digit, nothing on the card proves it.
    assert connected["relationship"] == ("unknown" if words.lang == "ar" else "connected")


async def test_elements_say_which_candidate_matched(saved_page: SavedPage) -> None:
    """Each element of the page is listed with its candidate, looked for where it belongs."""
    html = sdui(message(), more())
    await saved_page.show(Saved(html=html.encode(), address=DIETER.address))
    elements = {each.name: each for each in await elements_of(saved_page.tab, ["profile"])}

    assert (elements["profile.top_card"].match, elements["profile.name"].count) == ("first", 1)
    assert (elements["profile.message"].candidate, elements["profile.message"].count) == (0, 1)
    assert elements["profile.connect"].match == "none"
    assert elements["shell.navigation"].match == "first"
