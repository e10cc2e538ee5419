"""A repeated request stands for the earlier task only while that is still what holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.limits import HoldReason
from storage.tasks import ErrorCode
from tests.api.test_connectsafely_inbox import URN
from tests.api.test_content_guard import PROFILE_ID, VANITY

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, NativeClient, World

POST = "urn:li:activity:7123456789012345678"
MESSAGE, ANOTHER = (f"urn:li:msg_message:(urn:li:fsd_profile:ACoAAME,2-{n})" for n in ("MQ", "Mg"))
Asked = tuple[str, dict[str, Any]]


def reaction(kind: str) -> Asked:
    return "like_post", {"post": POST, "reaction": kind, "replaces": True}


def following(action: str, person: str = PROFILE_ID) -> Asked:
    return "follow_member", {"member": person, "action": action}


def emoji(*, react: bool) -> Asked:
    below = {"conversation_urn": URN, "message_urn": MESSAGE}
    return "react_to_message", {**below, "emoji": "👏", "react": react}


def recall(message_urn: str = MESSAGE) -> Asked:
    return "recall_message", {"conversation_urn": URN, "message_urn": message_urn}


UNLIKE: Asked = ("unlike_post", {"post": POST})
HI: Asked = ("send_message", {"recipient": PROFILE_ID, "message": "Hi"})
INVITE: Asked = ("send_connection_request", {"invitee": PROFILE_ID})
WITHDRAW: Asked = ("withdraw_invitation", {"invitee": VANITY})
TOGGLES = [
    pytest.param(reaction("like"), reaction("praise"), id="another reaction"),
    pytest.param(reaction("praise"), reaction("like"), id="a like instead"),
    pytest.param(reaction("like"), UNLIKE, id="unlike"),
    pytest.param(UNLIKE, reaction("like"), id="like again"),
    pytest.param(following("follow"), following("unfollow"), id="unfollow"),
    pytest.param(following("unfollow"), following("follow", VANITY), id="follow again"),
    pytest.param(emoji(react=True), emoji(react=False), id="emoji taken"),
    pytest.param(emoji(react=False), emoji(react=True), id="emoji given"),
    pytest.param(WITHDRAW, INVITE, id="invited again"),
]
PROVEN = [pytest.param(HI, recall(), id="message"), pytest.param(INVITE, WITHDRAW, id="invitation")]
NAMES = {"message_urn": MESSAGE, "invitee_profile_id": PROFILE_ID}
"""What outputs of these tell."""


@pytest.fixture(autouse=True)
async def jane(world: World) -> None:
    """Let the account know both of her names."""
    await world.store.people.remember(
        world.admin.id, profile_id=PROFILE_ID, vanity=VANITY, name="Jane"
    )


async def ask(native: NativeClient, asked: Asked, **headers: str) -> tuple[str, bool]:
    """Return the id of the task that answers, and whether it is an earlier one."""
    task_type, given = asked
    answer = await native.create({"task_type": task_type, "input": given}, **headers)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()["id"], "duplicate-of" in answer.headers


@pytest.mark.parametrize("state", ["queued", "succeeded", "unconfirmed"])
@pytest.mark.parametrize(("deed", "undoing"), TOGGLES)
async def test_what_was_undone_since_is_done_once_more(
    native: NativeClient, world: World, deed: Asked, undoing: Asked, state: str
) -> None:
    """Whoever looks at LinkedIn first can do so without harm; the last order is what holds."""
    first, _ = await ask(native, deed)
    await world.succeed()
    _, undoing_is_old = await ask(native, undoing)
    if state == "succeeded":
        await world.succeed()
    if state == "unconfirmed":
        await world.fail(ErrorCode.UNCONFIRMED)

    again, again_is_old = await ask(native, deed)
    repeated = await ask(native, deed)

    assert again != first
    assert (undoing_is_old, again_is_old) == (False, False)
    assert repeated == (again, True)


@pytest.mark.parametrize("state", ["failed", "cancelled"])
@pytest.mark.parametrize(("deed", "undoing"), TOGGLES)
async def test_what_could_not_be_undone_still_stands(
    native: NativeClient, world: World, deed: Asked, undoing: Asked, state: str
) -> None:
    """A repetition is answered as if nobody had tried."""
    first, _ = await ask(native, deed)
    await world.succeed()
    undone, _ = await ask(native, undoing)
    if state == "failed":
        await world.fail(ErrorCode.UI_CHANGED)
    else:
        await native.cancel(undone)

    assert await ask(native, deed) == (first, True)


async def test_what_leaves_a_reaction_alone_undoes_nothing(
    native: NativeClient, world: World
) -> None:
    """Only a like is taken back by taking likes back; another post is another post."""
    first, _ = await ask(native, reaction("praise"))
    await world.succeed()
    await ask(native, UNLIKE)
    await ask(native, ("like_post", {"post": "urn:li:activity:7123456789012345679"}))

    assert await ask(native, reaction("praise")) == (first, True)


@pytest.mark.parametrize(("deed", "undoing"), PROVEN)
async def test_what_is_proven_to_be_undone_may_be_sent_again(
    native: NativeClient, world: World, deed: Asked, undoing: Asked
) -> None:
    """Once; the next repetition is one of the new task."""
    first, _ = await ask(native, deed)
    await world.succeed(**NAMES)
    await ask(native, undoing)
    before = await ask(native, deed)
    await world.succeed(**NAMES)

    again, is_old = await ask(native, deed)
    repeated = await ask(native, deed)

    assert before == (first, True), "asked for only, it may come to nothing"
    assert (again != first, is_old) == (True, False)
    assert repeated == (again, True)


@pytest.mark.parametrize("code", [ErrorCode.UNCONFIRMED, ErrorCode.UI_CHANGED])
@pytest.mark.parametrize(("deed", "undoing"), PROVEN)
async def test_what_may_still_be_there_is_not_sent_again(
    native: NativeClient,
    world: World,
    deed: Asked,
    undoing: Asked,
    code: ErrorCode,
) -> None:
    """Nobody has proven that it was taken back."""
    first, _ = await ask(native, deed)
    await world.succeed(**NAMES)
    await ask(native, undoing)
    await world.fail(code)

    assert await ask(native, deed) == (first, True)


async def test_a_recalled_message_takes_nothing_from_an_equal_one(
    native: NativeClient, world: World
) -> None:
    """The one that is still there answers."""
    standing, _ = await ask(native, HI)
    await world.succeed(message_urn=MESSAGE)
    await ask(native, HI, Idempotency_Key="k")
    await world.succeed(message_urn=ANOTHER)
    await ask(native, recall(ANOTHER))
    await world.succeed(message_urn=ANOTHER)

    assert await ask(native, HI) == (standing, True)


async def test_a_message_without_a_known_id_is_not_sent_again(
    native: NativeClient, world: World
) -> None:
    """Nothing links it to what was recalled."""
    first, _ = await ask(native, HI)
    await world.succeed(recipient_profile_id=PROFILE_ID)
    await ask(native, recall())
    await world.succeed(message_urn=MESSAGE)

    assert await ask(native, HI) == (first, True)


async def test_an_earlier_invitation_that_was_withdrawn_is_not_this_one(
    native: NativeClient, world: World
) -> None:
    """The limit kept the new one back until the withdrawal, asked for later, had been done."""
    first, _ = await ask(native, INVITE)
    until = await world.hold(HoldReason.INVITATION_LIMIT, INVITE[0], hours=1)
    await ask(native, WITHDRAW)
    await world.succeed(invitee_profile_id=PROFILE_ID)
    world.clock.now = until
    await world.succeed(invitee_profile_id=PROFILE_ID)

    assert await ask(native, INVITE) == (first, True)


async def test_a_withdrawal_is_repeated_after_an_invitation_with_a_note(
    native: NativeClient, world: World
) -> None:
    """Whatever it said."""
    first, _ = await ask(native, WITHDRAW)
    await world.succeed(invitee_profile_id=PROFILE_ID)
    await ask(native, ("send_connection_request", {"invitee": PROFILE_ID, "note": "Hello"}))
    world.clock.advance(timedelta(seconds=1))
    await world.succeed(invitee_profile_id=PROFILE_ID)

    again, is_old = await ask(native, WITHDRAW)

    assert (again != first, is_old) == (True, False)


async def test_a_like_behind_another_reaction_is_not_told_done(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """LinkedIn would show the other one, which waits, whatever was answered."""
    likes, praises = ({"threadUrn": POST, "reactionType": kind} for kind in ("LIKE", "PRAISE"))
    async with connectsafely.calling(connectsafely.post("/posts/react", likes)) as calling:
        await world.succeed(post_urn=POST, reaction="like", already_liked=False)
        first = await calling
    await connectsafely.post("/posts/react", praises, Prefer="respond-async")

    again = await connectsafely.post("/posts/react", likes, Prefer="respond-async")

    assert (first.status_code, again.status_code) == (200, 202), again.text
    assert len(await world.tasks()) == 3


@pytest.mark.parametrize(("deed", "undoing"), [("star", "unstar"), ("unstar", "star")])
async def test_a_star_is_set_as_was_asked_last(
    connectsafely: ConnectSafelyClient, world: World, deed: str, undoing: str
) -> None:
    """A repetition finds its task while that waits, unless another order came in between."""
    ids = []
    for each in (deed, deed, undoing, deed, deed):
        answer = await connectsafely.http.patch(
            f"/linkedin/conversations/{URN}/{each}", headers={"Prefer": "respond-async"}
        )
        assert answer.status_code == 202, answer.text
        ids.append(answer.headers["X-Task-Id"])

    assert (ids[0], ids[3]) == (ids[1], ids[4])
    assert len(await world.tasks()) == 3
