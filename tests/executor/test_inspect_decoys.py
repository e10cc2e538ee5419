"""Pages that say two things, or look as if they said another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.executor.saved_profiles import (
    DIETER,
    ENGLISH,
    LANGUAGES,
    OTHER,
    PERSON,
    SITE,
    STRANGER,
    common_items,
    degrees,
    ember,
    follow,
    item,
    message,
    more,
    sdui,
)
from tests.executor.test_inspect_pages import POST, card, classic, event, thread
from tests.executor.test_inspect_pages import seen as seen_at
from tests.executor.test_inspect_profiles import seen, told

if TYPE_CHECKING:
    from executor.browser.saved_page import SavedPage

GERMAN = next(each for each in LANGUAGES if each.lang == "de")
PENDING = ENGLISH.pending_for.format(DIETER.name)
INVITE = ENGLISH.invite.format(DIETER.name)
THREAD = "/messaging/thread/2-abc==/"
SEARCH = "/search/results/people/?keywords=x"
REACT_STATE = (
    '<main><div id="expandedk1FeedType_FEED_DETAIL"><div componentkey="k1">'
    '<div data-testid="ReactionFacepileCollection-{}">3</div>'
    '<button aria-label="Reaction button state: {}"><svg id="{}" width="16" height="16"></svg>…'
    "</button></div></div></main>"
)


def classic_item(words: str, label: str, icon: str = "") -> str:
    return (
        f'<li><div class="artdeco-dropdown__item" role="button" aria-label="{label}">{icon}{words}'
        "</div></li>"
    )


def results(*cards: str) -> str:
    return f'<main><div componentkey="SearchResultsMainContent">{"".join(cards)}</div></main>'


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "on the item"])
async def test_pending_in_the_menu_is_told_by_its_label(
    saved_page: SavedPage, *, inside: bool
) -> None:
    """It may have neither key nor link, and is no reason to say that one can only follow."""
    label = f' aria-label="{PENDING}"'
    own = (
        item("Pending", inner=label)
        if inside
        else f'<div role="menuitem"{label}><p>Pending</p></div>'
    )
    second = degrees(ENGLISH, first=False, styled=True)

    report = await seen(
        saved_page, sdui(follow(), more(opened=True), degree=second, menu=own + common_items())
    )

    assert told(report) == ("profile", "pending", "more_menu")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (classic_item("Connect", INVITE), "connectable"),
        (classic_item("…", INVITE, '<svg><use href="#connect-medium"></use></svg>'), "connectable"),
        (classic_item("…", INVITE, '<li-icon type="connect"></li-icon>'), "connectable"),
        (classic_item("Pending", PENDING), "pending"),
        (classic_item("…", "…", '<svg><use href="#clock-medium"></use></svg>'), "unknown"),
    ],
    ids=["words", "use", "li-icon", "pending", "nobody-named"],
)
async def test_the_older_menu_is_told_without_icons_of_a_name(
    saved_page: SavedPage, items: str, expected: str
) -> None:
    """Its icons were drawn in three ways, and its English words are known."""
    html = ember(follow(), degree="2nd", dropdown=items)

    assert (await seen(saved_page, html))["relationship"] == expected


async def test_a_key_on_a_wrapper_makes_nothing_pending(saved_page: SavedPage) -> None:
    """Wrappers around Connect have had Pending's key; it counts on links and buttons only."""
    invite = f'<a href="{SITE}/preload/custom-invite/?vanityName={DIETER.slug}">Connect</a>'
    lying = f'<div role="menuitem"><div componentkey="x_pending">{invite}</div></div>'

    report = await seen(saved_page, sdui(follow(), more(opened=True), menu=lying + common_items()))

    assert told(report) == ("profile", "connectable", "more_menu")


async def test_words_without_link_or_icon_may_be_connect(saved_page: SavedPage) -> None:
    """In a language whose words are not known, an item that has only those may be anything."""
    plain = '<div role="menuitem"><p>Vernetzen</p></div>'
    second = degrees(GERMAN, first=False, styled=True)
    parts = (follow(words=GERMAN), more(GERMAN, opened=True))
    common = item("Als PDF speichern")

    told_by_icons = await seen(saved_page, sdui(*parts, words=GERMAN, degree=second, menu=common))
    open_to_doubt = await seen(
        saved_page, sdui(*parts, words=GERMAN, degree=second, menu=plain + common)
    )

    assert told(told_by_icons) == ("profile", "follow_only", "more_menu")
    assert told(open_to_doubt) == ("profile", "unknown", None)


async def test_a_way_to_write_that_names_two_people_is_no_ones(saved_page: SavedPage) -> None:
    """Its URN and its recipient have to be the same member's."""
    twisted = message().replace(f"fsd_profile%3A{DIETER.profile_id}", f"fsd_profile%3A{OTHER}")
    first = degrees(ENGLISH, first=True, styled=True)

    report = await seen(saved_page, sdui(twisted, more(), degree=first))

    assert twisted != message()
    assert report["can_message"] is not True


async def test_a_title_that_begins_like_the_name_is_somebody_elses(saved_page: SavedPage) -> None:
    """It may be left over from a page before, of somebody with a shorter name."""
    report = await seen(saved_page, sdui(message(), title="Dieter | LinkedIn"))

    assert report["name"] == DIETER.name


@pytest.mark.parametrize(
    "headline", ["CEO • 2x Founder", "Engineer • 10+ years", "Speaker · 1M+ views"]
)
async def test_a_bullet_in_a_headline_is_no_degree(saved_page: SavedPage, headline: str) -> None:
    """The person stays in the list, with the degree that stands beside the name."""
    cards = card("Ada Erdacht", "ada-erdacht", PERSON, "").replace("Head of Invention", headline)

    report = await seen_at(saved_page, SEARCH, results(cards))

    found = [(each["name"], each["degree"], each["headline"]) for each in report["cards"]]
    assert found == [("Ada Erdacht", 2, headline)]


async def test_a_hidden_members_shared_connection_is_no_result(saved_page: SavedPage) -> None:
    """A member without a link stands above; the only link is somebody's whom both know."""
    hidden = card("Ada Erdacht", "ada-erdacht", PERSON, "").replace(
        f'<p><a href="{SITE}/in/ada-erdacht/">Ada Erdacht</a></p>', "<p>LinkedIn Member</p>"
    )
    hidden = hidden.replace(f'<a href="{SITE}/in/ada-erdacht/"></a>', "")
    other = card("Bo Muster", "bo-muster", OTHER, "")

    report = await seen_at(saved_page, SEARCH, results(hidden, other))

    assert [each["name"] for each in report["cards"]] == ["Bo Muster"]


async def test_words_for_screen_readers_are_no_name(saved_page: SavedPage) -> None:
    """Whether somebody is online stands in the card's link, in a box of one pixel."""
    unseen = "position:absolute;width:1px;height:1px;overflow:hidden"
    status = f'<p style="{unseen}"><a href="{SITE}/in/ada-erdacht/">Status is offline</a></p>'
    cards = card("Ada Erdacht", "ada-erdacht", PERSON, "").replace(
        f'<a href="{SITE}/in/ada-erdacht/"></a>', status
    )

    report = await seen_at(saved_page, SEARCH, results(cards))

    assert [(each["name"], each["degree"]) for each in report["cards"]] == [("Ada Erdacht", 2)]


@pytest.mark.parametrize(
    "body",
    [
        REACT_STATE.format(POST, "Like", "thumbs-up-outline-small"),
        REACT_STATE.format(POST, "no reaction", "like-consumption-small"),
        classic("false", "Unreact Like"),
    ],
    ids=["said", "denied", "older"],
)
async def test_a_reaction_that_words_and_icon_deny_is_unknown(
    saved_page: SavedPage, body: str
) -> None:
    """The button is a toggle: pressed on the wrong word it takes a like away."""
    report = await seen_at(saved_page, f"/feed/update/{POST}/", body)

    assert report.get("reaction", "unknown") == "unknown"


async def test_the_original_of_a_shared_post_does_not_name_it(saved_page: SavedPage) -> None:
    """One post has one URN of a kind; another one on the page is the quoted post's."""
    body = REACT_STATE.format(
        "urn:li:activity:7000000000000000001", "no reaction", "thumbs-up-outline-small"
    )

    report = await seen_at(saved_page, f"/feed/update/{POST}/", body)

    assert POST.startswith("urn:li:activity:")
    assert report["post_urn"] == "unknown"


@pytest.mark.parametrize("after_own", [True, False], ids=["after own", "after another's"])
async def test_a_line_of_the_conversation_itself_is_nobodys(
    saved_page: SavedPage, *, after_own: bool
) -> None:
    """It looks like a message that follows in a group, and has neither sender nor mark."""
    own = event(2, "Ada named the conversation", by=PERSON, sent=True)
    link = f'<a href="/in/{PERSON}">Ada</a>'
    line = event(3, "Ada named the conversation").replace("<p ", f"{link}<p ")
    body = thread(event(1, "Hi", other=True, by=OTHER), own if after_own else "", line)

    report = await seen_at(saved_page, THREAD, body)

    shown = report["messages"][-1]
    assert (shown["direction"], shown["sender"]) == ("unknown", None)


async def test_a_mark_beside_another_message_says_nothing_of_a_line(saved_page: SavedPage) -> None:
    """Where items stand in one entry, each has its own mark."""
    both = (event(1, "Hi", by=PERSON, sent=True) + event(2, "Ada has joined")).replace(
        '</li><li class="msg-s-message-list__event">', ""
    )

    report = await seen_at(saved_page, THREAD, thread(both))

    assert [each["direction"] for each in report["messages"]] == ["outgoing", "unknown"]


BODY = '<p class="msg-s-event-listitem__body">{}</p>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<div>{BODY.format('Asked')}</div>{BODY.format('Answered')}", "Answered"),
        (
            f"<blockquote>{BODY.format('Asked')}</blockquote><div>{BODY.format('Answered')}</div>",
            "Answered",
        ),
        (
            (
                f'<div class="x__replied-to">{BODY.format("Asked")}</div>'
                f"<div>{BODY.format('Answered')}</div>"
            ),
            "Answered",
        ),
        (f"<blockquote>{BODY.format('Asked')}</blockquote>", None),
        (f"<div>{BODY.format('Asked')}</div><div>{BODY.format('Answered')}</div>", None),
    ],
    ids=["beside", "blockquote", "class", "alone", "open to doubt"],
)
async def test_what_an_answer_quotes_is_not_its_text(
    saved_page: SavedPage, inside: str, expected: str | None
) -> None:
    """The body that is not inside the quote is the message's own; of two such none is taken."""
    answer = event(1, "", sent=True).replace(BODY.format(""), f"<div>{inside}</div>")

    report = await seen_at(saved_page, THREAD, thread(answer))

    assert [each["text"] for each in report["messages"]] == [expected]


STRANGERS = f'<a href="/in/{STRANGER.slug}/">{STRANGER.name}</a>'


@pytest.mark.parametrize(
    "suggested",
    [
        f"<div>{STRANGERS}<p>· 1st</p></div>",
        f"<div><div>{STRANGERS}</div><div><span>· 1st</span></div></div>",
        f'<a href="/in/{STRANGER.slug}/"><p>{STRANGER.name}</p><p>· 1st</p></a>',
        f"<ul><li><p>{STRANGER.name}</p><p>· 1st</p></li></ul>",
        f'<a href="/mynetwork/x/" aria-label="Manage notifications about {STRANGER.name}">🔔</a>',
    ],
    ids=["line", "boxes", "link", "list", "notifications"],
)
async def test_how_another_person_is_connected_is_not_the_members(
    saved_page: SavedPage, suggested: str
) -> None:
    """People whom the card suggests stand inside it, and a way to write may be an InMail's."""
    closed = await seen(saved_page, sdui(message(), more(), inside=suggested))
    opened = await seen(
        saved_page, sdui(message(), more(opened=True), inside=suggested, menu=common_items())
    )

    assert (told(closed)[1], told(opened)[1]) == ("unknown", "unknown")


async def test_a_degree_beside_links_of_the_member_is_theirs(saved_page: SavedPage) -> None:
    """Only other people's links make a degree another person's."""
    own = f'<div><a href="{DIETER.address}">{DIETER.name}</a><p>· 1st</p></div>'

    report = await seen(saved_page, sdui(message(), more(), inside=own))

    assert told(report) == ("profile", "connected", "topcard")


@pytest.mark.parametrize(
    ("expander", "expected"),
    [
        (more(GERMAN, opened=True), "unknown"),
        ('<button aria-expanded="true" aria-label="Weitere Aktionen"></button>', "unknown"),
        ('<button aria-expanded="true"><svg width="16" height="16"></svg></button>', "incoming"),
    ],
    ids=["words", "label", "icon"],
)
async def test_two_labelled_buttons_beside_a_more_with_words_ask_for_nothing(
    saved_page: SavedPage, expander: str, expected: str
) -> None:
    """In other languages, a creator's buttons look like Accept and Ignore."""
    pair = "".join(
        f'<button aria-label="{DIETER.name} {word}">{word}</button>'
        for word in ("folgen", "abonnieren")
    )

    report = await seen(
        saved_page, sdui(pair, expander, words=GERMAN, menu=item("Als PDF speichern"))
    )

    assert report["relationship"] == expected


MUTUAL = f'<a href="{SITE}/in/a-mutual/">A Mutual</a>'
ADA = card("Ada Erdacht", "ada-erdacht", PERSON, "")
ONE_LINK = f'<a href="{SITE}/in/ada-erdacht/"><p>Ada Erdacht • 2nd</p></a>'
PICTURE_LINK = f'<a href="{SITE}/in/ada-erdacht/"></a>'


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        (ADA.replace(PICTURE_LINK, f"<p>{MUTUAL} is a shared connection</p>"), ["Ada Erdacht"]),
        (
            ADA.replace(
                PICTURE_LINK,
                f'<p><a href="{SITE}/in/a-mutual/">A Mutual is a shared connection</a></p>',
            ),
            [],
        ),
        (ADA.replace(PICTURE_LINK, f"<p>{MUTUAL}</p>"), []),
        (
            ADA.replace("<p>Berlin</p>", f'<ul><li role="listitem"><p>{MUTUAL}</p></li></ul>'),
            ["Ada Erdacht"],
        ),
        (
            ADA.replace("<p>Berlin</p>", f'<div role="listitem"><p>{MUTUAL}</p><p>· 1st</p></div>'),
            ["Ada Erdacht"],
        ),
        (f'<div role="listitem">{ADA}</div>', ["Ada Erdacht"]),
        (
            f'<div role="listitem"><p>LinkedIn Member</p><div role="listitem">{MUTUAL}</div></div>',
            [],
        ),
        (
            f'<div role="listitem"><p>{MUTUAL}</p><p>· 1st</p>{ONE_LINK}</div>',
            [],
        ),
    ],
    ids=["above", "a link", "by name", "nested", "degree", "around", "hidden", "two degrees"],
)
async def test_a_shared_connection_is_no_result(
    saved_page: SavedPage, cards: str, expected: list[str]
) -> None:
    """It may stand above the name, or in a list of its own inside the card."""
    report = await seen_at(saved_page, SEARCH, results(cards))

    assert [each["name"] for each in report["cards"]] == expected


@pytest.mark.parametrize(
    ("shown", "degree", "expected"),
    [
        ("Ada Erdacht · PhD", "<p>• 2nd</p>", "Ada Erdacht · PhD"),
        ("Ada Erdacht · PhD • 2nd", "", "Ada Erdacht · PhD"),
        ("Ada Erdacht • 2nd", "", "Ada Erdacht"),
        ("Ada Erdacht • الثانية", "", "Ada Erdacht"),
        ("Ada Erdacht • You", "", "Ada Erdacht"),
    ],
)
async def test_only_a_degree_is_cut_off_a_name(
    saved_page: SavedPage, shown: str, degree: str, expected: str
) -> None:
    """People write what they like behind a bullet."""
    cards = ADA.replace(">Ada Erdacht<", f">{shown}<").replace("<p>• 2nd</p>", degree)

    report = await seen_at(saved_page, SEARCH, results(cards))

    assert [each["name"] for each in report["cards"]] == [expected]
