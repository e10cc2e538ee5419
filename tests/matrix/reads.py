"""Flows that only look; each is right when it tells what is so in the sandbox's world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.relationship import Relationship
from executor.errors import ExecutorError
from executor.pages.profile import ProfilePage
from executor.person import Person
from executor.sandbox.casting import NewPost, SeededComment
from executor.sandbox.people import Relation
from tests.executor.office import JANE, STRANGER
from tests.matrix import truth
from tests.matrix.flow import asked
from tests.matrix.judgement import RIGHT, judge, refused, wrong
from tests.matrix.writes import GROUP, POST

if TYPE_CHECKING:
    from tests.executor.office import Office
    from tests.matrix.flow import Played
    from tests.matrix.judgement import Judgement
    from tests.matrix.playing import Booth

_COMPANY = "northwind-tools"
_KEYWORDS = "Copperline"
_TOPIC = "Lanternfish"
_LONG = "So many words that a page folds them, and shows a button behind: number"
_FOUND, _LISTED, _INVITED, _MEMBERS = 15, 45, 5, 30
_COMMENTS, _FOUND_POSTS = 14, 8

SHOWN = {
    Relation.CONNECTED: Relationship.CONNECTED,
    Relation.CONNECTABLE: Relationship.CONNECTABLE,
    Relation.PENDING: Relationship.PENDING,
    Relation.BLOCKED_REINVITE: Relationship.REINVITE_BLOCKED,
    Relation.INCOMING: Relationship.INCOMING,
    Relation.FOLLOW_ONLY: Relationship.FOLLOW_ONLY,
}
"""What profiles show of each relation."""


def relationship(relation: Relation) -> Played:
    """Look how the account stands with somebody."""

    async def play(booth: Booth) -> Judgement:
        await booth.sandbox.client.set_relation(STRANGER, relation)
        expected = SHOWN[relation]
        is_classic = booth.sandbox.stage.world.toggles.generation == "ember"
        if is_classic and relation is Relation.BLOCKED_REINVITE:
            # The classic page shows the same button; it is LinkedIn's answer that refuses.
            expected = Relationship.CONNECTABLE
        return await _look(booth, STRANGER, expected)

    return play


async def own_profile(booth: Booth) -> Judgement:
    """Look at the account's own profile."""
    owner = booth.sandbox.stage.world.accounts[1].profile
    return await _look(booth, owner, Relationship.SELF)


async def _look(booth: Booth, profile_id: str, expected: Relationship) -> Judgement:
    try:
        page = await ProfilePage.open(booth.tab, Person(profile_id=profile_id))
        shown = await page.relationship()
    except ExecutorError as error:
        return refused(error.code)
    if page.member.profile_id != profile_id:
        return wrong(f"the profile of {page.member.profile_id}")
    weaker = {Relationship.UNKNOWN}
    if expected is Relationship.PENDING:
        weaker.add(Relationship.SEEMS_PENDING)
    if shown in weaker:
        return refused(shown)
    return RIGHT if shown is expected else wrong(f"{shown}, not {expected}")


async def _fetch_profile(office: Office) -> Judgement:
    world = office.sandbox.stage.world
    told = truth.profile(world, world.accounts[1], world.people[STRANGER])
    task = await office.read("fetch_profile", person={"profile_id": STRANGER})
    return judge(task, await office.delivered(), told=told)


async def _search(office: Office) -> Judgement:
    world = office.sandbox.stage.world
    people = truth.found(world, world.accounts[1], _KEYWORDS, _FOUND)
    task = await office.read("search_profiles", keywords=_KEYWORDS, count=_FOUND)
    if task.output and task.output["cut_short"]:
        # What it says to be a part has to be a part.
        people = people[: len(task.output["people"])]
    return judge(task, await office.delivered(), told={"people": people})


async def _connections(office: Office) -> Judgement:
    world = office.sandbox.stage.world
    listed = truth.connections(world, world.accounts[1], _LISTED)
    task = await office.read("fetch_connections", count=_LISTED)
    told = {"connections": listed, "complete": True}
    return judge(task, await office.delivered(), told=told)


async def _posts(office: Office) -> Judgement:
    client, world = office.sandbox.client, office.sandbox.stage.world
    newer = await client.put_post(NewPost(author=JANE, text="What we have learnt.", reactions=2))
    older = world.posts.get(POST)
    assert older is not None
    task = await office.read("fetch_profiles_posts", profiles=[{"profile_id": JANE}])
    told = {"posts": truth.posts(world.people[JANE], newer, older), "unclear": []}
    return judge(task, await office.delivered(), told=told)


async def _post(office: Office) -> Judgement:
    client, world = office.sandbox.client, office.sandbox.stage.world
    comment = SeededComment(author=STRANGER, text="9 reposts", reactions=3)
    wanted = NewPost(author=JANE, text="50 comments", reactions=7, reposts=2, comments=(comment,))
    post = await client.put_post(wanted)
    told = truth.post(world.people[JANE], post)
    return judge(
        await office.read("fetch_post", post=post.urn), await office.delivered(), told=told
    )


async def _found_posts(office: Office) -> Judgement:
    client, world = office.sandbox.client, office.sandbox.stage.world
    for number in range(_FOUND_POSTS):
        text = f"{_TOPIC}, 5 comments, number {number}"
        await client.put_post(NewPost(author=JANE, text=text, reactions=2 + number, reposts=number))
    told = truth.found_posts(world, _TOPIC, _FOUND_POSTS)
    task = await office.read("search_posts", keywords=_TOPIC, count=_FOUND_POSTS)
    return judge(task, await office.delivered(), told={"posts": told, "cut_short": None})


async def _comments(office: Office) -> Judgement:
    client, world = office.sandbox.client, office.sandbox.stage.world
    answer = SeededComment(author=STRANGER, text="Thanks!", reactions=2)
    comments = [
        SeededComment(author=JANE, text=f"{_LONG} {each}", reactions=each, replies=(answer,))
        for each in range(_COMMENTS)
    ]
    post = await client.put_post(NewPost(author=JANE, reactions=2, comments=tuple(comments)))
    told = {"post_urn": post.urn, "can_comment": True, "total": 2 * _COMMENTS, "has_more": False}
    listed = truth.comments(world, post)
    task = await office.read("fetch_comments", post=post.urn)
    if task.output and task.output["has_more"] is None:
        # What it says may be a part has to be a part.
        told["has_more"] = None
        listed = listed[: len(task.output["comments"])]
    return judge(task, await office.delivered(), told={**told, "comments": listed})


async def _company(office: Office) -> Judgement:
    company = office.sandbox.stage.world.companies.at(_COMPANY)
    assert company is not None
    task = await office.read("fetch_company", company=_COMPANY)
    if task.output and not task.output["specialties"]:
        # A list has no null: an empty one leaves it open.
        company = company.model_copy(update={"specialties": ()})
    return judge(task, await office.delivered(), told=truth.company(company))


async def _company_posts(office: Office) -> Judgement:
    world = office.sandbox.stage.world
    company = world.companies.at(_COMPANY)
    assert company is not None
    posts = truth.company_posts(company, world.posts.written_by(company.id))
    task = await office.read("fetch_company_posts", company=_COMPANY)
    told = {"company_urn": company.urn, "slug": _COMPANY, "posts": posts, "unclear": False}
    return judge(task, await office.delivered(), told=told)


async def _group_members(office: Office) -> Judgement:
    world = office.sandbox.stage.world
    people = [world.people[each] for each in world.groups[GROUP].members[:_MEMBERS]]
    told = [
        {"full_name": each.name, "vanity": each.vanity, "headline": each.headline}
        for each in people
    ]
    task = await office.read("fetch_group_members", group_id=GROUP, count=_MEMBERS)
    return judge(task, await office.delivered(), told={"members": told, "has_more": True})


def _invitations(task_type: str, relation: Relation) -> Played:
    async def ask(office: Office) -> Judgement:
        await office.sandbox.client.set_relation(STRANGER, relation)
        world = office.sandbox.stage.world
        listed = truth.invitations(world, world.accounts[1], relation)[:_INVITED]
        task = await office.read(task_type, count=_INVITED)
        return judge(task, await office.delivered(), told={"invitations": listed})

    return asked(ask)


profile = asked(_fetch_profile)
search = asked(_search)
connections = asked(_connections)
group_members = asked(_group_members)
posts = asked(_posts)
post = asked(_post)
comments = asked(_comments)
found_posts = asked(_found_posts)
company = asked(_company)
company_posts = asked(_company_posts)
received_invitations = _invitations("fetch_received_invitations", Relation.INCOMING)
sent_invitations = _invitations("fetch_sent_invitations", Relation.PENDING)
