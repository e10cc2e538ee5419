"""What every signed-in page is told: the account, counts, strangers, and the scripts' facts."""

from typing import Any

from executor.sandbox import ids, sessions
from executor.sandbox.accounts import Account
from executor.sandbox.labels import labels
from executor.sandbox.people import Person, Relation
from executor.sandbox.stage import Stage

_TOLD_TO_SCRIPTS = {
    "modal_delay_ms",
    "section_delay_ms",
    "action_row_delay_ms",
    "composer_delay_ms",
    "send_delay_ms",
    "connect_click",
    "message_click",
    "invite_outlet",
    "interop_root",
    "toasts",
    "compose_lands",
    "compose_keeps_query",
    "drag_overlay",
    "invite_dialog_missing",
    "messaging_answers",
    "comment_draft",
    "comments_more",
    "post_calls",
    "post_flips",
    "reactions_menu",
    "invitation_calls",
    "follow_calls",
    "unfollow_asks",
    "take_care",
    "withdraw_dialog_missing",
    "hover_delay_ms",
    "sales_answers",
    "sales_opens",
    "sales_draft",
    "sales_sends",
    "sales_message_delay_ms",
    "recall_dialog",
    "recall_dialog_missing",
}


def shell(stage: Stage, account: Account, *, page: str, apart_from: str = "") -> dict[str, Any]:
    """Gather what the shell templates and scripts of *page* need.

    Args:
        apart_from: Profile id that must not appear among the strangers.
    """
    world = stage.world
    owner = world.owner(account)
    words = labels(world.language(account))
    toggles = world.toggles
    strangers = strangers_of(stage, account, apart_from=apart_from)
    bubble = None
    if toggles.decoys and toggles.stranger_bubble:
        bubble = next((p for p in strangers["connected"][1:]), None)
    return {
        "account": account,
        "owner": owner,
        "toggles": toggles,
        "unread": world.unread(account),
        "strangers": strangers,
        "bubble": bubble,
        "boot": {
            "page": page,
            "account": account.id,
            "me": {"id": owner.id, "urn": owner.urn, "name": owner.name},
            "csrf": sessions.csrf_token(account),
            "pressEnterToSend": account.press_enter_to_send,
            "language": words.language,
            "toggles": toggles.model_dump(include=_TOLD_TO_SCRIPTS),
            "words": words.words,
            "hooks": stage.look.hooks(),
            "build": stage.look.build,
            "bubble": partner(stage, account, bubble) if bubble else None,
        },
    }


def strangers_of(stage: Stage, account: Account, *, apart_from: str) -> dict[str, list[Person]]:
    """Choose the other members whose controls stand about on pages, a few of each relation."""
    found: dict[str, list[Person]] = {"connectable": [], "pending": [], "connected": []}
    if not stage.world.toggles.decoys:
        return found
    wanted = {Relation.CONNECTABLE: 6, Relation.PENDING: 2, Relation.CONNECTED: 3}
    for relation, number in wanted.items():
        for person, _ in stage.world.related(account, relation):
            plain = not (person.gone or person.email_required or person.creator)
            # The special members keep out of sight: tests choose them as targets.
            ordinary = person.id.startswith("ACoAA") and person.member > _LAST_SPECIAL
            if plain and ordinary and person.id != apart_from and len(found[relation]) < number:
                found[relation].append(person)
    return found


_LAST_SPECIAL = 410_000_017 + 60 * 7919
"""Members numbered above this are ordinary ones, beyond the usual targets of tests."""


def partner(stage: Stage, account: Account, person: Person) -> dict[str, Any]:
    """Tell the messaging scripts about the other side of a conversation."""
    thread = stage.world.thread_with(account, person.id)
    return {
        "id": person.id,
        "urn": person.urn,
        "name": person.name,
        "firstName": person.first_name,
        "headline": person.headline,
        "connected": stage.world.tie(account, person).relation is Relation.CONNECTED,
        "conversationUrn": ids.conversation_urn(account.profile, thread.id) if thread else None,
    }


def facts_about(person: Person) -> dict[str, str]:
    """Tell the invitation scripts what the server wants to hear about the other side."""
    return {
        "id": person.id,
        "vanity": person.vanity,
        "first": person.first_name,
        "last": person.last_name,
    }
