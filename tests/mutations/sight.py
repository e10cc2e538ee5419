"""What the executor sees on a page, and what is so, told in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from executor.components.member import Member
from executor.components.relationship import Relationship
from executor.errors import ExecutorError
from executor.inspection.report import inspect_page
from executor.pages.activity import read_activity
from executor.pages.conversation import ConversationPage
from executor.pages.post import OwnReaction, PostPage
from executor.pages.profile import ProfilePage
from executor.person import Person
from tests.executor.office import JANE, STRANGER
from tests.matrix.writes import POST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from executor.browser.tab import Tab
    from executor.sandbox.people import Person as Invented
    from executor.sandbox.world import World

Sight = dict[str, Any]
"""By element; what stands behind `#` tells one of several from the others. What is left open is not
there."""

_LISTS = {"cards": "card", "messages": "message"}
_LOOKED_AT = {
    *("page", "signed_in", "obstacle"),
    *("profile_urn", "vanity", "name", "relationship", "can_message"),
    *("degree", "headline", "location", "action", "invitation_urn"),
    *("recipient_urn", "urn", "text", "direction"),
    *("post_urn", "reaction", "can_comment"),
}
"""Facts of a report that can be right or wrong; the others are there for people to look at."""
_OPEN: tuple[object, ...] = (None, "unknown")


async def see(tab: Tab, world: World, path: str) -> Sight:
    """Open a page, and read it as `inspect` does."""
    await tab.open(path)
    # What is not parsed yet would pass for missing.
    await tab.whole.run("until_loaded", {"timeout": tab.step_seconds * 1000})
    return dict(_flat((await inspect_page(tab)).as_json(), world))


async def see_profile(tab: Tab, world: World, path: str) -> Sight:
    """Read a profile, and then as it is read before something is sent, with More clicked."""
    seen = await see(tab, world, path)
    try:
        # By its vanity, so that the id is the page's word alone.
        page = await ProfilePage.open(tab, Person(vanity=world.people[STRANGER].vanity))
        seen["asked: profile id"] = page.member.profile_id
        shown = await page.relationship()
        if shown is not Relationship.UNKNOWN:
            seen["asked: relationship"] = shown.value
    except ExecutorError:
        return seen
    return seen


async def see_thread(tab: Tab, world: World, path: str) -> Sight:
    """Read a conversation, and see whether it would pass for the one with somebody else."""
    seen = await see(tab, world, path)
    for profile_id in (JANE, STRANGER):
        try:
            await ConversationPage.open(tab, _member(world.people[profile_id]))
        except ExecutorError:
            continue
        seen["asked: recipient"] = profile_id
    return seen


async def see_post(tab: Tab, world: World, path: str) -> Sight:
    """Read a post, and then as it is read before a like."""
    seen = await see(tab, world, path)
    try:
        shown = await (await PostPage.open(tab, POST)).reaction()
    except ExecutorError:
        return seen
    if shown is not OwnReaction.UNCLEAR:
        seen["asked: reaction"] = shown.value
    return seen


async def see_activity(tab: Tab, world: World, _path: str) -> Sight:
    """Read what a member has posted."""
    seen: Sight = {}
    try:
        shown = await read_activity(tab, _member(world.people[JANE]))
    except ExecutorError:
        return seen
    for number, each in enumerate(shown):
        # What has no URN is told apart by its words, and then has to be one of hers.
        by_words = [post.urn for post in world.posts.written_by(JANE) if post.text == each.text]
        urn = each.urn or next(iter(by_words), f"nothing {number}")
        told = {"urn": each.urn, "text": each.text, "author": each.author_url}
        seen |= {f"post.{name} #{urn}": value for name, value in told.items() if value}
    return seen


def _flat(report: dict[str, Any], world: World) -> Iterator[tuple[str, Any]]:
    for name, told in report.items():
        if name in _LISTS:
            for number, each in enumerate(told or ()):
                # Somebody who is shown twice is told of twice, in the same words.
                who = _key(each, world) or f"nobody {number}"
                for fact, value in _told(each):
                    yield f"{_LISTS[name]}.{fact} #{who}", value
    yield from _told(report)


def _told(facts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        if name in _LOOKED_AT and value not in _OPEN:
            yield name, value


def _key(listed: dict[str, Any], world: World) -> str | None:
    """Return what an entry of a list is told apart by: a message's URN, or a member's id."""
    if "direction" in listed:
        return listed["urn"] or None
    urn = listed["profile_urn"] or ""
    known = world.person_at(listed["vanity"] or urn.rpartition(":")[2])
    return known.id if known else None


def _member(person: Invented) -> Member:
    return Member(profile_id=person.id, vanity=person.vanity, name=person.name)
