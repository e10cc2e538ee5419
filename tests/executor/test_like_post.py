"""Likes, from the post's page to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewPost, SeededComment
from executor.sandbox.faults import Fault
from executor.sandbox.posts import Reaction
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
PAGES = ["sdui", "ember"]
CALLS = ["sdui", "graphql", "legacy"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("calls", "evidence"),
    [
        ("sdui", {"method": "reload", "status": 200}),
        ("graphql", {"method": "network", "status": 200}),
        ("legacy", {"method": "network", "status": 201}),
    ],
)
async def test_a_like_arrives_once(
    office: Office, page: str, calls: str, evidence: dict[str, Any]
) -> None:
    """The ledger shows one like; an answer that cannot be read is backed by a second look."""
    await office.sandbox.client.toggle(post_generation=page, post_calls=calls)

    task = await office.like(POST)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.kind, entry.post_urn, entry.recipient, entry.reaction) == (
        "reaction",
        POST,
        JANE,
        Reaction.LIKE,
    )
    assert task.output == {"post_urn": POST, "reaction": "like", "already_liked": False}
    assert task.evidence == evidence
    assert task.submitted_at is not None


@pytest.mark.scenario(25)
@pytest.mark.drift("2026-08-05")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "toggles",
    [
        {"language": "de", "decoys": False},
        {"language": "ar", "wrapper_section": False, "post_flips": "when_answered"},
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_likes_once(
    office: Office, page: str, toggles: dict[str, Any]
) -> None:
    """Languages, decoys and late changes of the button change nothing about the like."""
    await office.sandbox.client.toggle(post_generation=page, **toggles)

    task = await office.like(POST)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.kind, e.post_urn) for e in await office.delivered()] == [("reaction", POST)]


@pytest.mark.scenario(25)
@pytest.mark.parametrize("page", PAGES)
async def test_a_liked_post_is_done_without_a_click(office: Office, page: str) -> None:
    """The button would take the like back, so nothing is pressed and nothing submitted."""
    await office.sandbox.client.toggle(post_generation=page)
    await office.sandbox.client.react(POST, Reaction.LIKE)

    task = await office.like(POST)

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"post_urn": POST, "reaction": "like", "already_liked": True}
    assert task.evidence == {"method": "page", "reaction": "like"}
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
async def test_liking_twice_clicks_once(office: Office, page: str) -> None:
    """The second task finds the first one's like."""
    await office.sandbox.client.toggle(post_generation=page)

    first, second = await office.like(POST), await office.like(POST)

    assert (first.status, second.status) == (TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED)
    assert len(await office.delivered()) == 1


@pytest.mark.parametrize("page", PAGES)
async def test_another_reaction_is_left_alone(office: Office, page: str) -> None:
    """A click would take the person's own choice back."""
    await office.sandbox.client.toggle(post_generation=page)
    await office.sandbox.client.react(POST, Reaction.PRAISE)

    task = await office.like(POST)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.REFUSED)
    assert await office.delivered() == []


async def test_a_reaction_in_an_unknown_language_is_left_alone(office: Office) -> None:
    """The classic button names its reaction in words only, and these are not known."""
    await office.sandbox.client.toggle(post_generation="ember", language="de")
    await office.sandbox.client.react(POST, Reaction.LIKE)

    task = await office.like(POST)

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED
    assert await office.delivered() == []


@pytest.mark.scenario(25)
@pytest.mark.parametrize("page", PAGES)
async def test_a_post_that_shares_another_is_liked_itself(office: Office, page: str) -> None:
    """The original's URN stands on the page too, and comments have buttons of their own."""
    await office.sandbox.client.toggle(post_generation=page)
    post = await office.sandbox.client.put_post(
        NewPost(
            author=JANE,
            original=POST,
            reactions=3,
            comments=(SeededComment(author=JANE, text="First!"),),
        )
    )

    task = await office.like(post.urn)

    assert task.status is TaskStatus.SUCCEEDED
    assert [entry.post_urn for entry in await office.delivered()] == [post.urn]


@pytest.mark.parametrize("page", PAGES)
async def test_a_post_without_reactions_can_be_liked(office: Office, page: str) -> None:
    """React does not name such a post, so its address and the request itself have to."""
    await office.sandbox.client.toggle(post_generation=page)
    post = await office.sandbox.client.put_post(NewPost(author=JANE, reactions=0))

    task = await office.like(post.urn)

    assert task.status is TaskStatus.SUCCEEDED
    assert [entry.post_urn for entry in await office.delivered()] == [post.urn]


@pytest.mark.parametrize("kind", ["ugcPost", "share"])
async def test_the_other_kinds_of_posts_can_be_liked(office: Office, kind: Any) -> None:
    """The URN is compared as it was given, with its kind."""
    post = await office.sandbox.client.put_post(NewPost(author=JANE, kind=kind))

    task = await office.like(post.urn)

    assert task.status is TaskStatus.SUCCEEDED
    assert [entry.post_urn for entry in await office.delivered()] == [post.urn]


@pytest.mark.parametrize("missing", ["notice", "not_found"])
async def test_a_missing_post_has_its_own_code(office: Office, missing: str) -> None:
    """A notice in the post's place, or the page that says so."""
    await office.sandbox.client.toggle(post_missing=missing)

    task = await office.like("urn:li:activity:7000000000000000001")

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.POST_NOT_FOUND)


@pytest.mark.parametrize(
    ("calls", "status", "code"),
    [
        ("sdui", 400, ErrorCode.REFUSED),
        ("graphql", 403, ErrorCode.REFUSED),
        ("legacy", 429, ErrorCode.RATE_LIMITED),
    ],
)
async def test_the_servers_refusal_is_proof_that_nothing_was_liked(
    office: Office, calls: str, status: int, code: ErrorCode
) -> None:
    """After the click, a client error says that it was not done."""
    await office.sandbox.client.toggle(post_calls=calls)
    await office.sandbox.client.arm(Fault(on="create_reaction", do="status", status=status))

    task = await office.like(POST)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("page", "calls", "do"),
    [
        ("sdui", "sdui", "drop_answer_after_delivery"),
        ("sdui", "graphql", "deliver_then_status"),
        ("ember", "legacy", "drop_answer_after_delivery"),
    ],
)
async def test_a_lost_answer_is_made_good_by_the_posts_state(
    office: Office, page: str, calls: str, do: Any
) -> None:
    """There was no reaction before the click, and there is one after it."""
    await office.sandbox.client.toggle(post_generation=page, post_calls=calls)
    await office.sandbox.client.arm(Fault(on="create_reaction", do=do, status=502))

    task = await office.like(POST)

    assert task.status is TaskStatus.SUCCEEDED
    assert task.evidence == {"method": "read_back", "reaction": "like"}
    assert len(await office.delivered()) == 1


@pytest.mark.parametrize(
    ("calls", "do"), [("sdui", "drop_before_delivery"), ("graphql", "errors_in_200")]
)
async def test_what_is_not_seen_ends_unconfirmed(office: Office, calls: str, do: Any) -> None:
    """The button that changes at once proves nothing, and nobody clicks again."""
    await office.sandbox.client.toggle(post_calls=calls)
    await office.sandbox.client.arm(Fault(on="create_reaction", do=do))

    task = await office.like(POST)

    assert task.error is not None
    assert (task.status, task.error.retry_safe) == (TaskStatus.UNCONFIRMED, False)
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("reaction", Reaction)
async def test_every_reaction_arrives_once(office: Office, page: str, reaction: Reaction) -> None:
    """From the menu of either page; a second order finds it there and clicks nothing."""
    await office.sandbox.client.toggle(post_generation=page)
    wanted = reaction.lower()

    first, second = [await office.like(POST, wanted) for _ in range(2)]

    assert (first.status, first.error) == (TaskStatus.SUCCEEDED, None)
    told = {"post_urn": POST, "reaction": wanted}
    assert (first.output, second.output) == (
        {**told, "already_liked": False},
        {**told, "already_liked": True},
    )
    assert second.submitted_at is None
    assert [(e.post_urn, e.reaction) for e in await office.delivered()] == [(POST, reaction)]


@pytest.mark.parametrize(
    ("page", "toggles"),
    [
        ("sdui", {"post_calls": "graphql"}),
        ("sdui", {"post_calls": "legacy", "post_flips": "when_answered"}),
        ("sdui", {"reactions_menu": "hover"}),
        ("sdui", {"reactions_menu": "hover", "language": "ar"}),
        ("sdui", {"language": "ja"}),
        ("ember", {"post_calls": "graphql"}),
        ("ember", {"post_calls": "legacy", "language": "de"}),
        ("ember", {"language": "tr", "decoys": False}),
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_celebrates_once(
    office: Office, page: str, toggles: dict[str, Any]
) -> None:
    """Icons choose the reaction, which are the same in every language."""
    await office.sandbox.client.toggle(post_generation=page, **toggles)

    task = await office.like(POST, "praise")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.kind, e.reaction) for e in await office.delivered()] == [
        ("reaction", Reaction.PRAISE)
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("present", "wanted"),
    [(Reaction.LIKE, Reaction.EMPATHY), (Reaction.PRAISE, Reaction.LIKE)],
)
async def test_another_reaction_gives_way_when_it_is_to(
    office: Office, page: str, present: Reaction, wanted: Reaction
) -> None:
    """LinkedIn puts the new one in its place; nothing is taken back before."""
    await office.sandbox.client.toggle(post_generation=page)
    await office.sandbox.client.react(POST, present)

    task = await office.like(POST, wanted.lower(), replaces=True)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.kind, e.reaction) for e in await office.delivered()] == [("reaction", wanted)]


async def test_a_reaction_that_cannot_be_named_never_gives_way(office: Office) -> None:
    """It may be the wanted one, and nobody knows what choosing it once more would do."""
    await office.sandbox.client.toggle(post_generation="ember", language="de")
    await office.sandbox.client.react(POST, Reaction.PRAISE)

    task = await office.like(POST, "praise", replaces=True)

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_to_a_replacement_is_looked_into(
    office: Office, do: Any, status: TaskStatus
) -> None:
    """The new reaction is evidence; the former one proves nothing."""
    await office.sandbox.client.react(POST, Reaction.LIKE)
    await office.sandbox.client.arm(Fault(on="create_reaction", do=do))

    task = await office.like(POST, "interest", replaces=True)

    assert task.status is status
    assert len(await office.delivered()) == (status is TaskStatus.SUCCEEDED)
