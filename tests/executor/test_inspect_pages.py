"""Pages other than profiles that were saved to a file, and what stands in a page's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.saved_page import Saved
from executor.inspection.report import inspect_page
from tests.executor.saved_profiles import DIETER, OTHER, PERSON, SITE, connect, message, sdui

if TYPE_CHECKING:
    from executor.browser.saved_page import SavedPage

NAV = '<nav data-testid="primary-nav"><a href="/mynetwork/">N</a></nav>'
POST = "urn:li:activity:7377295390443982849"


async def seen(
    saved_page: SavedPage, path: str, body: str, *, framed: bool = True, scripts: bool = False
) -> dict[str, Any]:
    html = f"<html><head><title>x</title></head><body>{NAV if framed else ''}{body}</body></html>"
    saved = Saved(html=html.encode(), address=f"{SITE}{path}", scripts=scripts)
    await saved_page.show(saved)
    return (await inspect_page(saved_page.tab)).as_json()


SIGN_IN = '<form action="/uas/login-submit"><input name="session_key"></form>'
PIN = '<main><form><input name="pin"></form></main>'


@pytest.mark.parametrize(
    ("path", "body", "framed", "expected"),
    [
        ("/feed/", "<main></main>", True, ("feed", True, None)),
        ("/feed/", "<main></main>", False, ("unknown", None, None)),
        ("/login?session_redirect=%2Ffeed%2F", "<p>…</p>", False, ("login", False, "signed_out")),
        ("/authwall?trk=x", "<p>…</p>", False, ("login", False, "signed_out")),
        ("/feed/", SIGN_IN, False, ("login", False, "signed_out")),
        (
            "/feed/",
            '<div id="rememberme-div"><button>A</button></div>',
            False,
            ("login", False, "signed_out"),
        ),
        ("/feed/", SIGN_IN, True, ("feed", None, None)),
        ("/login", "<main></main>", True, ("unknown", None, None)),
        ("/checkpoint/challenge/AgH", "<p>…</p>", False, ("checkpoint", None, "challenge")),
        ("/in/somebody/", PIN, False, ("checkpoint", None, "challenge")),
        (
            "/flagship-web/login/login-restriction/",
            "<p>…</p>",
            False,
            ("restriction", None, "account_restricted"),
        ),
        ("/404/", "<main></main>", True, ("not_found", True, "not_found")),
        ("/in/not-404/", "<main></main>", True, ("unknown", True, None)),
        ("/mynetwork/", f"<main>{connect()}</main>", True, ("my_network", True, None)),
        ("/in/somebody/", f"<main>{connect()}</main>", True, ("unknown", True, None)),
        ("/in/somebody/", "<h1>HTTP ERROR 429</h1>", False, ("unknown", None, "rate_limited")),
        (
            "/in/somebody/",
            "<main>Please slow down</main>",
            True,
            ("unknown", True, None),
        ),
        ("/nowhere/", "<main></main>", True, ("unknown", True, None)),
    ],
)
async def test_obstacles_are_told_from_pages(
    saved_page: SavedPage, path: str, body: str, *, framed: bool, expected: tuple[Any, ...]
) -> None:
    """The path and the frame tell; where they deny each other, nothing is claimed."""
    report = await seen(saved_page, path, body, framed=framed)

    assert (report["page"], report["signed_in"], report["obstacle"]) == expected


async def test_nothing_of_a_saved_page_runs_or_leads_away(saved_page: SavedPage) -> None:
    """Its scripts are off, and it stays where it is; with --scripts they run and are cut off."""
    body = (
        '<noscript><div class="authwall">wall</div></noscript>'
        '<meta http-equiv="refresh" content="0;url=/login">'
        '<main></main><script>document.querySelector("nav").remove();'
        'fetch("/voyager/api/me").catch(() => {});</script>'
    )

    still = await seen(saved_page, "/feed/", body)
    lively = await seen(saved_page, "/feed/", body, scripts=True)

    assert (still["page"], still["signed_in"]) == ("feed", True)
    assert (lively["page"], lively["signed_in"]) == ("unknown", None)


def card(name: str, vanity: str, profile_id: str, control: str, *, degree: str = "2nd") -> str:
    return (
        f'<div role="listitem"><div componentkey="SearchResults{profile_id}">'
        f'<a href="{SITE}/in/{vanity}/"></a><p><a href="{SITE}/in/{vanity}/">{name}</a></p>'
        f"<p>• {degree}</p><p>Head of Invention</p><p>Berlin</p>"
        f'<p><a href="{SITE}/in/a-mutual/">A Mutual is a shared connection</a></p>{control}'
        "</div></div>"
    )


async def test_search_cards_are_told(saved_page: SavedPage) -> None:
    """Each card has its person, and what its control is for; a stranger's control is unknown."""
    search = "<a href='/preload/search-custom-invite/?vanityName={}'>Connect</a>"
    cards = (
        card("Ada Erdacht", "ada-erdacht", PERSON, search.format("ada-erdacht"))
        + card("Bo Muster", "bo-muster", OTHER, search.format("somebody-else"))
        + card("Cem Örnek", "cem", "ACoAAC", '<button componentkey="x_pending">Pending</button>')
        + card("Di Exemple", "di", DIETER.profile_id + "x", "<button>?</button>", degree="1er")
    )
    body = f'<main><div componentkey="SearchResultsMainContent">{cards}</div></main>'

    report = await seen(saved_page, "/search/results/people/?keywords=x", body)

    assert report["page"] == "people_search"
    assert [(each["name"], each["degree"], each["action"]) for each in report["cards"]] == [
        ("Ada Erdacht", 2, "connect"),
        ("Bo Muster", 2, "unknown"),
        ("Cem Örnek", 2, "pending"),
        ("Di Exemple", 1, "unknown"),
    ]
    assert report["cards"][0] | {"degree": None} == {
        "name": "Ada Erdacht",
        "vanity": "ada-erdacht",
        "profile_urn": f"urn:li:fsd_profile:{PERSON}",
        "degree": None,
        "headline": "Head of Invention",
        "location": "Berlin",
        "action": "connect",
    }


async def test_found_posts_are_told(saved_page: SavedPage) -> None:
    """Whose each of them is, past whoever has liked it, and its URN where the page has one."""
    liker = f'<a href="{SITE}/in/a-liker/">A Liker</a>'
    author = f'<a href="{SITE}/in/ada-erdacht/">Ada Erdacht</a>'
    found = (
        '<div role="listitem" componentkey="expandedxFeedType_FLAGSHIP_SEARCH">'
        f'<div componentkey="feed-headerx">{liker}</div><div componentkey="x">{author}</div></div>'
    )
    classic = (
        '<div class="search-results-container"><div data-urn="urn:li:activity:7123" role="article">'
        f'<div class="update-components-header">{liker}</div>{author}</div></div>'
    )
    author_told = {"author": "Ada Erdacht", "author_url": f"{SITE}/in/ada-erdacht"}
    for body, urn in ((found, None), (classic, "urn:li:activity:7123")):
        path = "/search/results/content/?keywords=x"
        report = await seen(saved_page, path, f"<main>{body}</main>")

        assert (report["page"], report["limit_notice"]) == ("post_search", False)
        assert report["posts"] == [{"post_urn": urn, **author_told}]


async def test_the_limit_in_place_of_found_posts_is_an_obstacle(saved_page: SavedPage) -> None:
    """As in a search for people."""
    body = '<main><div data-view-name="search-results-promo"><h2>Limit</h2></div></main>'

    report = await seen(saved_page, "/search/results/content/", body)

    assert (report["obstacle"], report["posts"]) == ("commercial_use_limit", [])


async def test_the_limit_in_place_of_results_is_an_obstacle(saved_page: SavedPage) -> None:
    """LinkedIn's commercial-use limit shows no people."""
    body = '<main><div data-view-name="search-results-promo"><h2>Limit</h2></div></main>'

    report = await seen(saved_page, "/search/results/people/", body)

    assert (report["obstacle"], report["cards"]) == ("commercial_use_limit", [])


def event(number: int, text: str, *, other: bool = False, sent: bool = False, by: str = "") -> str:
    urn = f"urn:li:msg_message:(urn:li:fsd_profile:{PERSON},2-{number})"
    side = " msg-s-event-listitem--other" if other else ""
    mark = "msg-s-event-with-indicator__sending-indicator--sent"
    name = f'<a href="/in/{by}"><span class="msg-s-message-group__name">{by}</span></a>'
    return (
        f'<li class="msg-s-message-list__event"><div class="msg-s-event-listitem{side}" '
        f'data-event-urn="{urn}">{name if by else ""}'
        f'<p class="msg-s-event-listitem__body">{text}</p>'
        f"{f'<span class={mark!r}>✓</span>' if sent else ''}</div></li>"
    )


COMPOSER = (
    '<form class="msg-form"><div class="msg-form__contenteditable" role="textbox" '
    'contenteditable="true"><p>{}</p></div></form>'
)


def thread(*events: str, draft: str = "<br>") -> str:
    link = f'<a class="msg-thread__link-to-profile" href="/in/{OTHER}"><h2>Bo Muster</h2></a>'
    return f"<main>{link}<ul>{''.join(events)}</ul>{COMPOSER.format(draft)}</main>"


async def test_a_thread_tells_who_wrote_what(saved_page: SavedPage) -> None:
    """Direction, sender and LinkedIn's mark are told for each message, grouped ones included."""
    body = thread(
        event(1, "Guten Tag", other=True, by=OTHER),
        event(2, "Noch etwas", other=True),
        event(3, "مرحبا", by=PERSON),
        event(4, "さようなら", sent=True),
    )

    report = await seen(saved_page, "/messaging/thread/2-abc==/", body)

    assert (report["page"], report["composer"]) == ("thread", "empty")
    assert report["recipient_urn"] == f"urn:li:fsd_profile:{OTHER}"
    assert [
        (each["direction"], each["sender"], each["text"], each["sent_indicator"])
        for each in report["messages"]
    ] == [
        ("incoming", OTHER, "Guten Tag", False),
        ("incoming", OTHER, "Noch etwas", False),
        ("outgoing", PERSON, "مرحبا", False),
        ("outgoing", PERSON, "さようなら", True),
    ]


async def test_a_link_beside_another_persons_pill_names_no_recipient(
    saved_page: SavedPage,
) -> None:
    """On the page for a new message the pill counts; a link to its bearer may stand beside it."""
    pill = '<button class="artdeco-pill--dismiss" aria-label="Remove {0}">{0}</button>'

    of_one, of_two = [
        await seen(saved_page, "/messaging/compose/", f"{thread()}<main>{pill.format(name)}</main>")
        for name in ("Bo Muster", "Ada Beispiel")
    ]

    assert of_one["recipient_urn"] == f"urn:li:fsd_profile:{OTHER}"
    assert (of_two["recipient_urn"], of_two["recipient"]) == (None, "Ada Beispiel")


async def test_a_thread_without_marks_says_no_direction(saved_page: SavedPage) -> None:
    """Where no message is marked as the other side's, absence of the mark proves nothing."""
    body = thread(event(1, "Guten Tag"), event(2, "Hallo", by=OTHER), draft="Entwurf")

    report = await seen(saved_page, "/messaging/thread/2-abc==/", body)

    assert [each["direction"] for each in report["messages"]] == ["unknown", "unknown"]
    assert report["composer"] == "occupied"


def react(icon: str, *, facepile: str = POST) -> str:
    counts = f'<div data-testid="ReactionFacepileCollection-{facepile}">3</div>' if facepile else ""
    return (
        '<main><div id="expandedk1FeedType_FEED_DETAIL"><div componentkey="k1">'
        f'{counts}<button aria-label="Status der Reaktion: …"><svg id="{icon}" width="16" '
        'height="16"></svg>…</button><button><svg id="comment-small" width="16" height="16"></svg>'
        "…</button></div></div></main>"
    )


def classic(pressed: str, label: str, *, comment: str = "") -> str:
    return (
        f'<main aria-label="Feed detail update"><div class="update-outlet"><div data-urn="{POST}" '
        'role="article"><div class="feed-shared-social-action-bar">'
        '<button aria-label="Open menu for switching identity">▾</button>'
        f'<span class="reactions-react-button"><button aria-pressed="{pressed}" '
        f'aria-label="{label}">Like</button></span>{comment}</div></div></div></main>'
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (react("thumbs-up-outline-small"), (POST, "not_liked", True)),
        (react("like-consumption-small"), (POST, "liked", True)),
        (react("praise-consumption-small"), (POST, "other", True)),
        (react("something-new"), (POST, "unknown", None)),
        (react("thumbs-up-outline-small", facepile=""), (POST, "not_liked", True)),
        (react("like-consumption-small", facepile=""), (POST, "unknown", True)),
        (classic("false", "React Like"), (POST, "not_liked", False)),
        (classic("true", "Unreact Like"), (POST, "liked", False)),
        (classic("true", "Unreact Celebrate"), (POST, "other", False)),
        (classic("true", "Reaktion zurücknehmen"), (POST, "unknown", False)),
        (
            classic("false", "…", comment='<button class="comment-button">C</button>'),
            (POST, "not_liked", True),
        ),
        (
            classic("false", "…", comment='<button class="comment-button" hidden>C</button>'),
            (POST, "not_liked", None),
        ),
    ],
)
async def test_a_post_tells_its_reaction(
    saved_page: SavedPage, body: str, expected: tuple[Any, ...]
) -> None:
    """Both kinds of page tell by icons and states; what only words tell is unknown."""
    report = await seen(saved_page, f"/feed/update/{POST}/", body)

    assert report["page"] == "post"
    found = (report["post_urn"], report["reaction"], report["can_comment"])
    assert found[:2] == expected[:2]
    assert found[2] is expected[2] or expected[1] == "unknown"


MODAL = (
    '<div role="{}" aria-labelledby="send-invite-modal"><h2 id="send-invite-modal">…</h2>{}</div>'
)
CHOICE = (
    '<button aria-label="x">×</button><button class="artdeco-button--secondary">…</button>'
    '<button class="artdeco-button--primary">…</button>'
)
LIMIT = '<div class="ip-fuse-limit-alert"><h2>…</h2>{}</div>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (MODAL.format("dialog", CHOICE), ("two_step", False)),
        (MODAL.format("alertdialog", CHOICE), ("two_step", False)),
        (
            MODAL.format("dialog", f'<textarea id="custom-message"></textarea>{CHOICE}'),
            ("note_step", False),
        ),
        (
            MODAL.format("dialog", f'<label>…<input type="email"></label>{CHOICE}'),
            ("email_gate", False),
        ),
        (
            LIMIT.format('<svg data-test-icon="locked" width="16" height="16"></svg>'),
            ("weekly_limit", True),
        ),
        (LIMIT.format("") + MODAL.format("dialog", CHOICE), ("two_step", True)),
        (LIMIT.format(""), ("unknown", True)),
        ('<dialog open><p>…</p><a href="/premium/products/">…</a></dialog>', ("note_quota", False)),
        (f"<dialog open><p>…</p>{CHOICE}</dialog>", ("unknown", False)),
    ],
)
@pytest.mark.parametrize("shadow", [False, True], ids=["page", "shadow"])
async def test_the_invite_page_tells_its_dialog(
    saved_page: SavedPage, body: str, expected: tuple[str, bool], *, shadow: bool
) -> None:
    """Dialogs are told by ids and shapes, also inside the shadow root that was saved along."""
    if shadow:
        body = (
            '<div id="interop-outlet" data-testid="interop-shadowdom">'
            f'<template shadowrootmode="open">{body}</template></div>'
        )

    report = await seen(
        saved_page, "/preload/custom-invite/?vanityName=ada", f"<main></main>{body}"
    )

    assert (report["page"], report["dialog"], report["limit_notice"]) == ("invite", *expected)


@pytest.mark.parametrize("side", ["sent", "received"])
async def test_invitation_lists_tell_their_cards(saved_page: SavedPage, side: str) -> None:
    """Cards with the invitation's key are read; an empty list is not told from a changed one."""
    keyed = (
        '<div role="listitem" componentkey="urn:li:invitation:42"><a href="/in/ada-erdacht/">'
        "<p>Ada Erdacht</p></a><p>…</p></div>"
    )

    full = await seen(saved_page, f"/mynetwork/invitation-manager/{side}/", f"<main>{keyed}</main>")
    empty = await seen(saved_page, f"/mynetwork/invitation-manager/{side}/", "<main></main>")

    assert full["page"] == empty["page"] == f"{side}_invitations"
    assert [(each["vanity"], each["invitation_urn"]) for each in full["cards"]] == [
        ("ada-erdacht", "urn:li:invitation:42")
    ]
    assert empty["cards"] is None


async def test_connections_are_told(saved_page: SavedPage) -> None:
    """Who can be written to is a connection; two links lead to each of them."""
    body = (
        f'<main><div data-testid="lazy-column"><div><a href="{DIETER.address}"></a>'
        f'<a href="{DIETER.address}"><p>Dieter König</p></a><p>Erfinder</p>{message()}</div>'
        "</div></main>"
    )

    report = await seen(saved_page, "/mynetwork/invite-connect/connections/", body)

    assert [(each["name"], each["profile_urn"]) for each in report["cards"]] == [
        ("Dieter König", f"urn:li:fsd_profile:{PERSON}")
    ]


async def test_an_encoding_of_its_own_is_respected(saved_page: SavedPage) -> None:
    """A file that is not UTF-8 is read as it says of itself."""
    html = sdui(connect()).replace("<head>", '<head><meta charset="windows-1252">')
    await saved_page.show(
        Saved(html=html.replace("✎", "").encode("cp1252"), address=DIETER.address)
    )
    report = (await inspect_page(saved_page.tab)).as_json()

    assert report["name"] == "Dieter König"
