"""The pages that are mutated: where each is, how its world is arranged, and what is so on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from executor.sandbox.casting import NewPost, NewThread, SeededMessage
from executor.sandbox.people import Relation
from executor.sandbox.posts import Reaction
from tests.executor.office import JANE, STRANGER
from tests.matrix.writes import POST
from tests.mutations import sight, truth

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from executor.browser.tab import Tab
    from executor.sandbox.client import SandboxClient
    from executor.sandbox.world import World
    from tests.mutations.sight import Sight
    from tests.mutations.truth import Truth

_LINES = (("them", "Shall we talk?"), ("me", "Gladly, on Tuesday."), ("them", "Tuesday it is."))
_CARD = {"sdui": 'section[componentkey$="Topcard"]', "ember": "section[data-member-id]"}
_MENU = {"sdui": '[role="menu"]', "ember": ".artdeco-dropdown__content"}
_MORE = {
    "sdui": 'section[componentkey$="Topcard"] button[aria-expanded]',
    "ember": ".artdeco-dropdown__trigger",
}
_POSTS = {"sdui": '[data-testid="mainFeed"]', "ember": "main.scaffold-layout__main"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One page of the sandbox in one state."""

    page: str
    """What kind of page it is."""
    name: str
    path: str
    toggles: dict[str, Any]
    arrange: Callable[[SandboxClient], Awaitable[object]]
    truth: Truth
    see: Callable[[Tab, World, str], Awaitable[Sight]] = sight.see
    scope: str
    """Where the controls and marks stand that a reader may rest on."""
    ready: str
    """What is there when the page is complete."""
    opens: str = ""
    """What is clicked before the page is written down."""
    decoys: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Groups of decoys, and the places for them: a selector and a position."""


def profile(relation: Relation, front_end: str, language: str = "en") -> Specimen:
    """Return the profile of somebody to whom the account stands in a relation."""
    card, more = _CARD[front_end], _MORE[front_end]

    has_menu = front_end == "sdui" or relation is not Relation.INCOMING
    return Specimen(
        page=f"profile, {front_end}",
        name=f"profile, {relation}, {front_end}, {language}",
        path="/in/oskar-fjeldgren/",
        toggles={"generation": front_end, "language": language},
        arrange=lambda client: client.set_relation(STRANGER, relation),
        truth=truth.profile(relation, front_end),
        see=sight.see_profile,
        scope=f"{card}, {_MENU[front_end]}",
        ready=f"{card} button",
        opens=more if has_menu else "",
        decoys={
            front_end: (
                (card, "afterbegin"),
                (card, "beforeend"),
                (card, "beforebegin"),
                (card, "afterend"),
                (f"{card} :is(a, button)", "beforebegin"),
                (_MENU[front_end], "afterbegin"),
                (_MENU[front_end], "beforeend"),
            )
        },
    )


def search(cards: str, language: str = "en") -> Specimen:
    """Return a page of people search with cards of one kind."""
    card = {
        "bare": '[componentkey^="SearchResultsACoA"]',
        "legacy": "li.reusable-search__result-container",
    }.get(cards, '[role="listitem"]')
    return Specimen(
        page="people search",
        name=f"people search, {cards}, {language}",
        path=f"/search/results/people/?keywords={truth.KEYWORDS}&origin=FACETED_SEARCH&page=1",
        toggles={"search_cards": cards, "language": language},
        arrange=_nothing,
        truth=truth.search(cards),
        scope=card,
        ready=card,
        decoys={"sdui": ((card, "afterbegin"), (card, "beforeend"), (card, "afterend"))},
    )


def thread(lands: str, language: str = "en") -> Specimen:
    """Return the messenger with a conversation open."""

    async def arrange(client: SandboxClient) -> None:
        lines = tuple(SeededMessage(sender=who, text=text) for who, text in _LINES)
        await client.seed_thread(NewThread(person=JANE, messages=lines))

    recipient = quote(f"urn:li:fsd_profile:{JANE}", safe="")
    return Specimen(
        page="conversation",
        name=f"conversation, {lands}, {language}",
        path=f"/messaging/compose/?profileUrn={recipient}&recipient={JANE}",
        toggles={"compose_lands": lands, "language": language},
        arrange=arrange,
        truth=truth.thread(lands),
        see=sight.see_thread,
        scope="main",
        ready="main .msg-form__contenteditable, main [data-event-urn]",
        decoys={
            "thread": (
                ("main", "afterbegin"),
                ("main .msg-thread__link-to-profile", "afterend"),
                ("body", "beforeend"),
            )
        },
    )


def post(reaction: Reaction | None, front_end: str, language: str = "en") -> Specimen:
    """Return a single post to which the account has reacted in some way, or not at all."""
    place = {
        "sdui": 'main div[id$="FeedType_FEED_DETAIL"] div[componentkey]:has(> button)',
        "ember": f'main [data-urn="{POST}"]',
    }[front_end]
    return Specimen(
        page=f"post, {front_end}",
        name=f"post, {reaction or 'no reaction'}, {front_end}, {language}",
        path=f"/feed/update/{POST}/",
        toggles={"post_generation": front_end, "language": language},
        arrange=lambda client: client.react(POST, reaction),
        truth=truth.post(reaction),
        see=sight.see_post,
        scope=place,
        ready=place,
        decoys={
            f"post_{front_end}": (
                (place, "afterbegin"),
                (place, "beforeend"),
                (place, "beforebegin"),
                (place, "afterend"),
                (f"{place} button", "beforebegin"),
            )
        },
    )


def activity(front_end: str, language: str = "en") -> Specimen:
    """Return the list of a member's posts."""
    return Specimen(
        page=f"activity, {front_end}",
        name=f"activity, {front_end}, {language}",
        path="/in/jane-mercer-tully/recent-activity/all/",
        toggles={"post_generation": front_end, "language": language},
        arrange=lambda client: client.put_post(
            NewPost(author=JANE, text="What we have learnt.", reactions=2)
        ),
        truth=truth.activity,
        see=sight.see_activity,
        scope=_POSTS[front_end],
        ready=f"{_POSTS[front_end]} button",
        decoys={
            f"post_{front_end}": (
                (f"{_POSTS[front_end]} > *", "afterbegin"),
                (f"{_POSTS[front_end]} > *", "beforeend"),
            )
        },
    )


def listing(page: str, path: str, tell: Truth, language: str = "en") -> Specimen:
    """Return a list of connections or invitations."""
    card = {
        "connections": '[data-testid="lazy-column"] [componentkey]',
        "sent_invitations": '[role="listitem"]',
        "received_invitations": '[role="listitem"]',
    }[page]
    return Specimen(
        page=page,
        name=f"{page}, {language}",
        path=path,
        toggles={"language": language},
        arrange=_nothing,
        truth=tell,
        scope=card,
        ready=card,
        decoys={"sdui": ((card, "afterbegin"), (card, "beforeend"), (card, "afterend"))},
    )


async def _nothing(_: SandboxClient) -> None:
    """Leave the world as it is."""


SPECIMENS: tuple[Specimen, ...] = (
    *(profile(relation, front_end) for relation in Relation for front_end in ("sdui", "ember")),
    *(
        profile(relation, front_end, language)
        for relation in (Relation.CONNECTED, Relation.CONNECTABLE, Relation.PENDING)
        for front_end in ("sdui", "ember")
        for language in ("de", "ar")
    ),
    *(search(cards) for cards in ("listitem", "wrapped", "bare", "legacy")),
    search("listitem", "ja"),
    *(thread(lands) for lands in ("thread", "compose")),
    thread("thread", "tr"),
    *(
        post(reaction, front_end)
        for reaction in (None, Reaction.LIKE, Reaction.PRAISE)
        for front_end in ("sdui", "ember")
    ),
    *(post(Reaction.LIKE, front_end, "de") for front_end in ("sdui", "ember")),
    *(activity(front_end) for front_end in ("sdui", "ember")),
    listing("connections", "/mynetwork/invite-connect/connections/", truth.connections),
    *(
        listing(
            f"{side}_invitations",
            f"/mynetwork/invitation-manager/{side}/",
            truth.invitations(f"{side}_invitations", relation),
            language,
        )
        for side, relation in (("sent", Relation.PENDING), ("received", Relation.INCOMING))
        for language in ("en", "ja")
    ),
)
