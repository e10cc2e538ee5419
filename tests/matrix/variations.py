"""Which of the sandbox's toggles concern which pages, and the values that are tried."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args

from executor.sandbox.toggles import Toggles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Variation = dict[str, Any]
"""Toggles that are not at their defaults."""


class Page(StrEnum):
    """Something that a flow comes across."""

    PROFILE = "profile"
    SECTIONS = "profile's sections"
    INVITATION = "invitation"
    WITHDRAWAL = "withdrawal"
    ANSWER = "answer to an invitation"
    FOLLOW = "follow"
    INVITATIONS = "lists of invitations"
    CONVERSATION = "conversation"
    INBOX = "list of conversations"
    THREAD = "conversation that is there"
    SEARCH = "people search"
    CONNECTIONS = "connections"
    INMAIL = "box of an InMail"
    GROUP = "members of a group"
    POST = "post"
    REACTION = "reaction"
    COMMENT = "comment"
    COMMENTS = "comments"
    COMPANY = "company"
    MESSAGE = "message and its controls"
    DELETION = "deletion of a message"
    SALES = "Sales Navigator's inbox"
    LEAD = "lead in Sales Navigator"


_FRAME = ("decoys", "stranger_bubble", "interop_root", "captcha_frame")

CONCERNED: Mapping[Page, tuple[str, ...]] = {
    Page.PROFILE: (
        *_FRAME,
        "action_row_delay_ms",
        "wrapper_section",
        "self_profile_suffix",
        "ids_stay",
        "controls_in_more",
        "sales_navigator",
        "connect_anchors",
        "connect_key",
        "pending_key",
        "connection_extras",
        "menu_follow_key",
        "commercial_limit",
    ),
    Page.SECTIONS: ("section_delay_ms",),
    Page.INVITATION: (
        *_FRAME,
        "modal_delay_ms",
        "relation_lag_seconds",
        "invite_dialog",
        "invite_steps",
        "invite_outlet",
        "invite_dialog_missing",
        "invitation_keys",
        "toasts",
    ),
    Page.WITHDRAWAL: (
        "modal_delay_ms",
        "invitation_keys",
        "invitation_calls",
        "withdraw_dialog",
        "withdraw_dialog_missing",
        "toasts",
    ),
    Page.ANSWER: ("invitation_keys", "invitation_calls", "dead_accepts", "take_care", "toasts"),
    Page.FOLLOW: ("follow_icons", "follow_calls", "unfollow_asks"),
    Page.INVITATIONS: (*_FRAME, "invitation_keys", "invitation_notes", "dead_accepts"),
    Page.CONVERSATION: (
        *_FRAME,
        "composer_delay_ms",
        "send_delay_ms",
        "compose_lands",
        "compose_opens",
        "compose_keeps_query",
        "drag_overlay",
        "thread_links_fail",
        "messaging_answers",
    ),
    Page.INBOX: (*_FRAME, "messaging_answers"),
    Page.THREAD: (
        *_FRAME,
        "composer_delay_ms",
        "drag_overlay",
        "thread_links_fail",
        "messaging_answers",
    ),
    Page.SEARCH: (*_FRAME, "search_cards", "search_limit"),
    Page.CONNECTIONS: (*_FRAME, "section_delay_ms"),
    Page.INMAIL: (
        *_FRAME,
        "composer_delay_ms",
        "send_delay_ms",
        "compose_keeps_query",
        "drag_overlay",
        "messaging_answers",
    ),
    Page.GROUP: (
        *_FRAME,
        "composer_delay_ms",
        "send_delay_ms",
        "drag_overlay",
        "messaging_answers",
        "group_cards",
        "group_search",
        "section_delay_ms",
    ),
    Page.POST: (*_FRAME, "wrapper_section", "post_counts", "long_texts"),
    Page.REACTION: ("post_calls", "post_flips", "reactions_menu"),
    Page.COMMENT: ("post_calls", "comment_draft"),
    Page.COMMENTS: ("comments_more", "section_delay_ms"),
    Page.COMPANY: (*_FRAME, "company_data"),
    Page.MESSAGE: ("hover_delay_ms",),
    Page.SALES: (
        "decoys",
        "composer_delay_ms",
        "sales_answers",
        "sales_opens",
        "sales_contracts",
        "sales_draft",
        "sales_value",
        "sales_sends",
    ),
    Page.LEAD: (
        "sales_message_delay_ms",
        "sales_form",
        "sales_dialog_names",
    ),
    Page.DELETION: ("modal_delay_ms", "recall_dialog", "recall_dialog_missing"),
}

UNCONCERNED: Mapping[str, str] = {
    "language": "every combination has one",
    "generation": "every combination has one",
    "post_generation": "every combination has one",
    "post_missing": "every post that is asked for is there",
    "connect_click": "nobody clicks Connect: its address is opened",
    "message_click": "nobody clicks Message: its address is opened",
    "me_redirects": "no flow opens /in/me/",
    "search_pages_allowed": "comes with search_limit, which says nothing without it",
    "limit_warning": "nobody has few invitations left",
    "reinvite_refusal": "nobody who is invited was invited before",
    "company_ids_stay": "the company is opened by its slug",
    "not_connected_compose": "everybody who is written to is connected",
    "login_form": "every account is signed in",
    "sales_thread_missing": "every conversation that is asked for is there",
    "signed_out_lands": "every account is signed in",
    "challenge_lands": "no account is challenged",
}
"""Toggles that make no combination of their own, and why."""

_VALUES: Mapping[str, tuple[Any, ...]] = {
    "action_row_delay_ms": (1500,),
    "section_delay_ms": (500,),
    "modal_delay_ms": (1500,),
    "composer_delay_ms": (1000,),
    "send_delay_ms": (400,),
    "hover_delay_ms": (1000,),
    "sales_message_delay_ms": (1500,),
    "relation_lag_seconds": (2.0,),
    "comment_draft": ("Somebody's draft",),
    "sales_draft": ("Somebody's draft",),
}
_FRONT_ENDS = {
    Page.PROFILE: "generation",
    Page.POST: "post_generation",
}


def front_ends(pages: Iterable[Page]) -> list[Variation]:
    """Return the front ends in which these pages exist, as toggles."""
    chosen = [_FRONT_ENDS[page] for page in pages if page in _FRONT_ENDS]
    known = _values("generation", also_default=True) if chosen else ("sdui",)
    return [{"generation": each} | dict.fromkeys(chosen, each) for each in known]


def variations(pages: Iterable[Page]) -> Iterator[Variation]:
    """Return the defaults, and then one toggle at a time that concerns these pages."""
    yield {}
    for name in dict.fromkeys(name for page in pages for name in CONCERNED[page]):
        for value in _values(name, also_default=name == "search_limit"):
            limit = {"search_pages_allowed": 1} if name == "search_limit" else {}
            yield {name: value, **limit}


def _values(name: str, *, also_default: bool = False) -> tuple[Any, ...]:
    if name in _VALUES:
        return _VALUES[name]
    field = Toggles.model_fields[name]
    choices = (True, False) if field.annotation is bool else get_args(field.annotation)
    return tuple(each for each in choices if also_default or each != field.default)
