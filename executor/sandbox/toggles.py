"""How the sandbox's LinkedIn looks and behaves today.

Each field is one of the differences that public sources have measured between accounts or dates;
the date says when. Defaults are the newest measured behaviour, with short delays.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Toggles(BaseModel):
    """Switches for the whole server; an account's `language` goes before the one here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = "en"
    """Interface language, a file of `labels/`; follows the account, never the browser."""
    generation: Literal["sdui", "ember"] = "sdui"
    """Front-end of profiles: SDUI since 2026-02/03, the classic Ember page before."""
    post_generation: Literal["sdui", "ember"] = "sdui"
    """Front-end of a single post, chosen for each account (2026-08-05)."""
    post_calls: Literal["sdui", "graphql", "legacy"] = "sdui"
    """How the post's page asks for reactions; only React's server requests carry comments in
    another way than the others (2026)."""
    post_flips: Literal["at_once", "when_answered"] = "at_once"
    """Whether the reaction button changes before the server has answered; not measured."""
    reactions_menu: Literal["button", "hover"] = "button"
    """How React's menu of reactions is opened: by a button beside the trigger, or, as on classic
    pages, by resting on it (2026-08-05)."""
    post_missing: Literal["notice", "not_found"] = "notice"
    """What stands in a dead post's place: a notice, or `/404/`; not measured."""
    company_data: Literal["embedded", "absent"] = "embedded"
    """Whether a company's page brings its own data along as JSON (2026); reached by a click in
    the page it may not."""
    company_ids_stay: bool = False
    """A company that is opened by its number stays at that address; else the slug takes its
    place."""
    comment_draft: str = ""
    """Words that stand in the comment box when it opens; not measured."""
    comments_more: Literal["wheel", "button"] = "wheel"
    """How React brings more comments: to a turn of the mouse wheel alone, and what was passed is
    taken from the page (2026-08); or by a button, as the classic page does and as is told of React
    as well (2026-05)."""
    post_counts: Literal["words", "controls"] = "words"
    """Where React tells how many comments a post has: in words (2026-09-19), or as a figure on the
    control that comments (2026-08 to 11)."""
    long_texts: Literal["whole", "folded"] = "whole"
    """Whether React folds the words of posts and comments that are longer than a line, with a
    button at their end that unfolds them (2026-08)."""
    action_row_delay_ms: int = Field(default=150, ge=0)
    """The card's controls mount this long after the name; really 2 to 15 s (2026)."""
    section_delay_ms: int = Field(default=50, ge=0)
    """Sections further down mount this long after they were scrolled near (2026)."""
    modal_delay_ms: int = Field(default=200, ge=0)
    """The invitation dialog mounts this late; 1 to 3 s on the real page (2026-05-20)."""
    composer_delay_ms: int = Field(default=100, ge=0)
    """The message composer mounts this long after the history."""
    send_delay_ms: int = Field(default=0, ge=0)
    """Time between the client's placeholder and its createMessage request."""
    decoys: bool = True
    """Strangers' controls, hidden duplicates, closed dialogs, the open bubble (2026-03 to 10)."""
    stranger_bubble: bool = True
    """A conversation with somebody else stands open in the overlay of SDUI pages (2026-09)."""
    wrapper_section: bool = True
    """An outer section holds the top card and other members' cards (2026-09)."""
    self_profile_suffix: bool = False
    """Profile addresses get `?isSelfProfile=false` appended (2026-09-30)."""
    me_redirects: bool = True
    """`/in/me/` leads to the account's slug; else it stays and the canonical link tells."""
    ids_stay: bool = False
    """A profile that is opened by its id stays at that address, and its head names no other, as
    `/in/me/` does at times."""
    controls_in_more: bool = False
    """Connect and Pending are only in the More menu, for everybody (2026-09-29)."""
    sales_navigator: bool = False
    """The card has "Save in Sales Navigator", and More has another name (2026-09-15)."""
    connect_anchors: bool = True
    """Profiles have invitation anchors; an account without any was seen on 2026-08-26."""
    connect_key: Literal["_connect", "_conn", "absent"] = "_connect"
    """Suffix of the Connect control's componentkey; absent in captures of 2026-03."""
    pending_key: bool = True
    """The Pending control carries a componentkey (2026-10-09); else only link and label tell."""
    connection_extras: bool = True
    """First-degree cards link to their connections and to notifications about the member
    (2026-10); without them the degree is the only mark in some languages."""
    menu_follow_key: bool = False
    """Follow in the More menu carries the key that it has in the card."""
    follow_icons: bool = True
    """Follow in the card, and below More where it has its key, carries a plus (2026); the check of
    the other state was not measured."""
    follow_calls: Literal["sdui", "framed", "voyager"] = "sdui"
    """How React pages ask to follow: by a server request as JSON (2026-05-07), in a form that
    nobody can read, or by the older call (2026-09-09), which classic pages use as well."""
    unfollow_asks: bool = False
    """Whoever stops following is asked once more (2026-10-09)."""
    connect_click: Literal["modal", "nothing", "navigate"] = "modal"
    """What a click on a Connect anchor does: reports differ; navigating always works (2026)."""
    message_click: Literal["overlay", "navigate"] = "overlay"
    """What a click on Message does: a bubble in the shadow root (2026-08), or the full page."""
    relation_lag_seconds: float = Field(default=0, ge=0)
    """Profiles show the former relation this long after an invitation (2026)."""
    commercial_limit: bool = False
    """Profiles silently land on `/mynetwork/`, full of strangers' Connect (2026-05-22)."""
    group_cards: Literal["sdui", "ember"] = "sdui"
    """Cards of a group's members: plain list items (2026-09), or the older ones."""
    group_search: bool = True
    """The list of a group's members has a field to search it."""
    search_cards: Literal["listitem", "wrapped", "bare", "named", "legacy"] = "listitem"
    """Cards of people search: list items, items that one link wraps, no list role at all (2026),
    those that `data-view-name` named (late 2025 to early 2026), or the older markup (still live for
    some on 2026-05)."""
    search_limit: Literal["notice", "partial", "hidden", "redirect"] = "notice"
    """What stands in the results' place past the commercial-use limit (2026): a notice, a notice
    below a few people, nothing, or another page."""
    search_pages_allowed: int = Field(default=1000, ge=0)
    """Pages of results until the commercial-use limit is reached."""
    invite_dialog: Literal["artdeco", "alertdialog", "native", "native_testid"] = "artdeco"
    """Shape of dialogs: Ember, Ember as role=alertdialog (2026-05-20), native `<dialog>` (2026-03),
    native without a role and with data-testid (2026-09-14, 2026-10-09)."""
    invite_steps: Literal["gate", "three_buttons"] = "gate"
    """Two-button gate since 2026-05-20; the older dialog has Dismiss, Add a note and Send."""
    invite_outlet: Literal["interop", "artdeco"] = "interop"
    """Where Ember dialogs mount: the interop shadow root, or `#artdeco-modal-outlet`."""
    interop_root: Literal["open", "closed"] = "open"
    """Mode of the interop shadow root: open in six captures, closed in one report (2026-07)."""
    invite_dialog_missing: bool = False
    """The custom-invite address shows no dialog at all."""
    limit_warning: Literal["after_sending", "in_dialog"] = "after_sending"
    """Where the weekly limit's mere warning stands: behind a sent invitation, or in the dialog
    that sends it; both were told of (2026)."""
    reinvite_refusal: Literal["server", "page"] = "server"
    """Who refuses an invitation within three weeks of a withdrawn one: the server, or the page by
    its toast alone (2026-10-09)."""
    invitation_keys: bool = True
    """Cards of the invitation lists carry the invitation's URN (2026); the sent list was described
    by its links and Withdraw alone (2026-10-09)."""
    invitation_notes: Literal["boxed", "stuck", "classic", "plain"] = "boxed"
    """How a received invitation's card shows its note: in the box of React pages' longer texts
    (that it is this one is inferred), the same where nothing unfolds it, as cards did until 2025,
    or as a line among others."""
    invitation_calls: Literal["sdui", "framed", "voyager"] = "sdui"
    """How React pages ask to withdraw or answer an invitation: by a server request as JSON
    (2026-06), in a form that nobody can read, or by the older call."""
    withdraw_dialog: Literal["native", "alertdialog"] = "native"
    """Shape of the confirmation before a withdrawal: a native dialog (2026-10-09), or an older one
    with the same words (2026-05-20)."""
    withdraw_dialog_missing: bool = False
    """The control that withdraws does nothing, as while its page is not alive yet (2026-09)."""
    hover_delay_ms: int = Field(default=100, ge=0)
    """A message's controls mount this long after the mouse came over it; not measured."""
    recall_dialog: Literal["artdeco", "alertdialog", "native", "native_testid"] = "alertdialog"
    """Shape of the confirmation before a message is deleted; not measured, so that it is one of
    those that dialogs have (2026-03 to 2026-10-09)."""
    recall_dialog_missing: bool = False
    """Delete in a message's menu does nothing."""
    dead_accepts: Literal["some", "all", "none"] = "some"
    """Whose Accept in the list is a link that leads back to it and does nothing: that of every
    fourth inviter, "who follows you" (2026-04)."""
    take_care: bool = False
    """Accept in the list asks "Take care when connecting" first (2026-04)."""
    toasts: Literal["artdeco", "sdui"] = "artdeco"
    """Success notices: Ember toast in the shadow root, or the SDUI region (2026-10-09)."""
    compose_lands: Literal["thread", "compose"] = "thread"
    """Where composing to a known person ends: its thread's address, or "New message" with the
    whole history under it (both 2026-10-04)."""
    compose_opens: Literal["page", "overlay"] = "page"
    """Where the message box of a compose address is: on the full page, or only in the overlay's
    bubble inside the interop shadow root (2026-08)."""
    compose_keeps_query: bool = False
    """The compose address keeps its query; usually it is stripped (2026-10-04)."""
    not_connected_compose: Literal["premium_redirect", "inmail_gate", "notice"] = "premium_redirect"
    """What composing to somebody who is not connected shows to an account without Premium."""
    drag_overlay: bool = False
    """The attachment drop zone lies over the composer and takes its clicks."""
    thread_links_fail: bool = False
    """Thread addresses opened cold show "Something went wrong" (2026-08-09)."""
    messaging_answers: Literal["graphql", "normalized"] = "graphql"
    """Shape of the messaging reads: nested, or elements by URN with `included`."""
    sales_answers: Literal["plain", "normalized"] = "plain"
    """Shape of Sales Navigator's reads: everything nested, or below `data` with the people in
    `included` (as public clients record it, 2026-11-22)."""
    sales_opens: Literal["first", "nothing"] = "first"
    """Whether Sales Navigator's inbox opens its first conversation by itself; not measured."""
    sales_contracts: bool = False
    """Sales Navigator asks first which contract to use (one report, 2026-11-22)."""
    sales_draft: str = ""
    """Words that stand in Sales Navigator's message box when it opens; not measured."""
    sales_value: Literal["object", "data", "text"] = "object"
    """What Sales Navigator answers a message with: both ids in an object, the same below `data`, or
    a bare text (as public clients record it, 2026-11-22)."""
    sales_sends: Literal["once", "twice", "elsewhere", "by_itself"] = "once"
    """What Send does: what it should, the same twice, the same into another conversation; or the
    page sends without it. Not measured: no page is to be trusted with that."""
    sales_thread_missing: Literal["empty", "inbox"] = "empty"
    """What the address of a conversation that is not there shows: an empty pane, or the inbox in
    its place; not measured."""
    sales_message_delay_ms: int = 0
    """How late a lead's page offers its Message; up to 15 s were seen (2026-09-30)."""
    sales_form: Literal["hashed", "classic"] = "hashed"
    """Classes of the form on a lead's page: today's, or those of some years ago."""
    sales_dialog_names: bool = True
    """Whether the dialog's head links to the lead (one report, 2026-11-22)."""
    login_form: Literal["classic", "react", "remember_me"] = "classic"
    """Named inputs, generated ids (2026), or the account picker in their place."""
    signed_out_lands: Literal["login", "authwall", "in_place"] = "login"
    """Where a page without a session leads; `in_place` shows the account picker at the page's own
    address (2026)."""
    challenge_lands: Literal["checkpoint", "in_place"] = "checkpoint"
    """Where a security check is shown; in the page's place its address tells nothing (2026)."""
    captcha_frame: bool = False
    """A benign captcha's frame stands on every React page (2026-08)."""
