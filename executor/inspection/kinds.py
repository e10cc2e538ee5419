"""Which of LinkedIn's pages a page is, by its address and by what no other page has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from executor.locators import (
    activity,
    company,
    connections,
    invite,
    messaging,
    people_search,
    post,
    post_search,
    profile,
    sent_invitations,
    shell,
)

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.locators.element import Element


class Page(StrEnum):
    """A page that the executor knows."""

    ACTIVITY = "activity"
    CHECKPOINT = "checkpoint"
    COMPANY = "company"
    COMPOSE = "compose"
    CONNECTIONS = "connections"
    FEED = "feed"
    INBOX = "inbox"
    INVITE = "invite"
    LOGIN = "login"
    MY_NETWORK = "my_network"
    NOT_FOUND = "not_found"
    PEOPLE_SEARCH = "people_search"
    POST = "post"
    POST_SEARCH = "post_search"
    PREMIUM = "premium"
    PROFILE = "profile"
    RECEIVED_INVITATIONS = "received_invitations"
    RESTRICTION = "restriction"
    SENT_INVITATIONS = "sent_invitations"
    THREAD = "thread"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What makes a page one of its kind, and which elements are looked for on it."""

    page: Page
    path: str
    """A pattern of the address's whole path."""
    marks: tuple[Element, ...]
    """One of these has to be visible: lists that may be empty have only the navigation for it."""
    groups: tuple[str, ...]
    """Whose elements they are: the first part of their names."""


_MESSENGER = (messaging.COMPOSER, messaging.INMAIL, messaging.UNAVAILABLE)
_DIALOGS = (
    invite.DIALOG,
    invite.LIMIT_ALERT,
    invite.EMAIL_GATE,
    invite.NOTE_UPSELL,
    invite.UNMARKED_DIALOG,
)
_FRAME = (shell.NAVIGATION,)

KINDS: tuple[Kind, ...] = (
    Kind(
        page=Page.ACTIVITY,
        path=r"/in/[^/]+/recent-activity(/.*)?",
        marks=(activity.ITEM,),
        groups=("activity",),
    ),
    Kind(
        page=Page.PROFILE,
        path=r"/in/[^/]+(/[a-z]{2}|/overlay/.*)?/?",
        marks=(profile.TOP_CARD,),
        groups=("profile", "profile_sections"),
    ),
    Kind(
        page=Page.PEOPLE_SEARCH,
        path=r"/search/results/people/?",
        marks=(people_search.CARD, people_search.LIMIT, people_search.NO_RESULTS),
        groups=("people_search",),
    ),
    Kind(
        page=Page.POST_SEARCH,
        path=rf"{post_search.PATHS[0]}/?",
        marks=(post_search.ITEM, post_search.LIMIT, post_search.NO_RESULTS),
        groups=("post_search",),
    ),
    Kind(
        page=Page.COMPOSE,
        path=r"/messaging/(compose|thread/new)/?",
        marks=(*_MESSENGER, messaging.CONVERSATION),
        groups=("messaging",),
    ),
    Kind(
        page=Page.THREAD,
        path=messaging.THREAD_PATH,
        marks=(messaging.ITEM, *_MESSENGER),
        groups=("messaging",),
    ),
    Kind(
        page=Page.INBOX,
        path=r"/messaging/?",
        marks=(messaging.CONVERSATION,),
        groups=("messaging",),
    ),
    Kind(
        page=Page.POST,
        path=r"/(feed/update|posts)/[^/]+/?",
        marks=(post.CLASSIC, post.SHELL),
        groups=("post", "post_comments"),
    ),
    Kind(
        page=Page.COMPANY,
        path=r"/company/[^/]+(/about)?/?",
        marks=(company.TOP_CARD,),
        groups=("company",),
    ),
    Kind(page=Page.FEED, path=r"/feed/?", marks=_FRAME, groups=()),
    Kind(
        page=Page.INVITE,
        path=r"/preload/(search-)?custom-invite/?",
        marks=_DIALOGS,
        groups=("invite",),
    ),
    Kind(
        page=Page.SENT_INVITATIONS,
        path=rf"{sent_invitations.PATHS[0]}(/.*)?",
        marks=_FRAME,
        groups=("sent_invitations",),
    ),
    Kind(
        page=Page.RECEIVED_INVITATIONS,
        path=r"/mynetwork/invitation-manager(/received(/.*)?)?/?",
        marks=_FRAME,
        groups=("received_invitations",),
    ),
    Kind(
        page=Page.CONNECTIONS,
        path=rf"{connections.PATHS[0]}/?",
        marks=_FRAME,
        groups=("connections",),
    ),
    Kind(page=Page.MY_NETWORK, path=r"/mynetwork(/grow)?/?", marks=_FRAME, groups=()),
    Kind(page=Page.PREMIUM, path=r"/premium(/.*)?", marks=_FRAME, groups=()),
)


async def kind_of(tab: Tab) -> Kind | None:
    """Return what kind of page it is; `None` unless address and content say the same."""
    for kind in KINDS:
        if re.fullmatch(kind.path, tab.path):
            return kind if await tab.shows(*kind.marks) is not None else None
    return None
