"""What is so on the pages that are mutated, in the words of `sight.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.relationship import Relationship
from executor.pages.post import OwnReaction
from executor.person import profile_address
from executor.sandbox import ids
from executor.sandbox.people import Relation
from tests.executor.office import JANE, STRANGER
from tests.matrix import truth
from tests.matrix.reads import SHOWN
from tests.matrix.writes import POST

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from executor.sandbox.posts import Reaction
    from executor.sandbox.world import World
    from tests.mutations.sight import Sight

    Truth = Callable[[World], Sight]

KEYWORDS = "Copperline"
AT_ONCE = 10
"""Entries that a page of a list begins with."""
_OFFERED = {
    Relation.CONNECTED: "message",
    Relation.PENDING: "pending",
    Relation.FOLLOW_ONLY: "follow",
}
_WORDS = {OwnReaction.NONE: "not_liked", OwnReaction.LIKE: "liked"}


def profile(relation: Relation, front_end: str) -> Truth:
    """Say what is so on the stranger's profile."""
    shown = SHOWN[relation]
    if front_end == "ember" and relation is Relation.BLOCKED_REINVITE:
        shown = Relationship.CONNECTABLE

    def tell(world: World) -> Sight:
        person = world.people[STRANGER]
        return {
            **_page("profile"),
            "profile_urn": person.urn,
            "vanity": person.vanity,
            "name": person.name,
            "relationship": shown.value,
            "can_message": relation is Relation.CONNECTED,
            "asked: profile id": person.id,
            "asked: relationship": shown.value,
        }

    return tell


def search(cards: str) -> Truth:
    """Say what is so on the first page of results."""

    def tell(world: World) -> Sight:
        account = world.accounts[1]
        people = truth.found(world, account, KEYWORDS, AT_ONCE)
        sight = _page("people_search") | _cards(
            people, "profile_urn", "degree", "headline", "location"
        )
        if cards != "legacy":  # Nobody has described the controls of the older cards.
            for each in people:
                relation = world.tie(account, world.people[each["profile_id"]]).relation
                action = _OFFERED.get(relation, "connect")
                sight[f"card.action #{each['profile_id']}"] = action
        return sight

    return tell


def connections(world: World) -> Sight:
    """Say what is so on the list of connections."""
    people = truth.connections(world, world.accounts[1], 40)
    return _page("connections") | _cards(people, "profile_urn", "headline")


def invitations(page: str, relation: Relation) -> Truth:
    """Say what is so on a list of invitations."""

    def tell(world: World) -> Sight:
        listed = truth.invitations(world, world.accounts[1], relation)[:AT_ONCE]
        return _page(page) | _cards(listed, "invitation_urn")

    return tell


def thread(page: str) -> Truth:
    """Say what is so in the account's conversation with Jane."""

    def tell(world: World) -> Sight:
        account = world.accounts[1]
        sight = {
            **_page(page),
            "recipient_urn": world.people[JANE].urn,
            "asked: recipient": JANE,
        }
        found = world.thread_with(account, JANE)
        for each in found.messages if found else ():
            urn = ids.message_urn(account.profile, each.id)
            sight[f"message.urn #{urn}"] = urn
            sight[f"message.text #{urn}"] = each.text
            sight[f"message.direction #{urn}"] = "incoming" if each.sender == JANE else "outgoing"
        return sight

    return tell


def post(reaction: Reaction | None) -> Truth:
    """Say what is so on a post to which the account has reacted like this."""
    own = OwnReaction.NONE if reaction is None else OwnReaction(reaction.lower())
    word = _WORDS.get(own, "other")
    told = {"post_urn": POST, "reaction": word, "can_comment": True, "asked: reaction": own.value}
    return lambda _: _page("post") | told


def activity(world: World) -> Sight:
    """Say what is so on Jane's list of posts."""
    author = profile_address(world.people[JANE].vanity)
    sight: Sight = {}
    for each in world.posts.written_by(JANE):
        told = {"urn": each.urn, "text": each.text, "author": author}
        sight |= {f"post.{name} #{each.urn}": value for name, value in told.items()}
    return sight


def _page(kind: str) -> Sight:
    return {"page": kind, "signed_in": True}


def _cards(people: list[dict[str, Any]], *facts: str) -> Sight:
    sight: Sight = {}
    for each in people:
        told = {"name": each["full_name"], "vanity": each["vanity"]}
        told |= {fact: each[fact] for fact in facts}
        sight |= {f"card.{name} #{each['profile_id']}": value for name, value in told.items()}
    return sight
