"""Files that are to go out with messages: whose they are, how long they stay, how much fits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.acceptance import Acceptance, ContentGuard
from storage.errors import NoRoom, UploadUnusable
from storage.tasks import TaskStatus
from storage.teams import Role
from storage.uploads import NeededUpload, NewUpload, UploadBounds
from tests.storage.world import START, World

if TYPE_CHECKING:
    from storage.uploads import Upload

DAY = timedelta(days=1)
PLENTY = UploadBounds(files=100, total_bytes=10_000)
PIECES = (b"first ", b"second")


async def hand_in(
    world: World,
    upload_id: str = "u",
    *,
    bounds: UploadBounds = PLENTY,
    pieces: tuple[bytes, ...] = PIECES,
    **changes: Any,
) -> Upload:
    new = NewUpload(
        **{
            "id": upload_id,
            "team_id": world.team_id,
            "member_id": world.member_id,
            "name": "report.pdf",
            "media_type": "application/pdf",
            "byte_size": sum(map(len, pieces)),
            "kept_for": DAY,
            **changes,
        }
    )
    return await world.store.uploads.add(new, pieces, bounds=bounds)


def needed(upload_id: str = "u", **changes: Any) -> NeededUpload:
    values = {"name": "report.pdf", "media_type": "application/pdf", "byte_size": 12}
    return NeededUpload(id=upload_id, **{**values, **changes})


async def test_a_file_is_given_back_whole_to_its_account(world: World) -> None:
    """To nobody else's, and with the time until which it is kept."""
    upload = await hand_in(world)

    content = world.store.uploads.content
    assert (upload.name, upload.byte_size, upload.expires_at) == ("report.pdf", 12, START + DAY)
    assert await content("u", member_id=world.member_id) == b"first second"
    assert await content("u", member_id="somebody else") is None
    assert await content("another", member_id=world.member_id) is None


async def test_an_expired_file_is_removed(world: World) -> None:
    """At its time and not before."""
    await hand_in(world)

    world.clock.advance(DAY - timedelta(seconds=1))
    assert await world.store.uploads.drop_expired() == 0
    world.clock.advance(timedelta(seconds=1))
    assert await world.store.uploads.drop_expired() == 1
    assert await world.store.uploads.content("u", member_id=world.member_id) is None


async def test_any_number_of_expired_files_is_removed(world: World) -> None:
    """Although each transaction takes a few only."""
    for number in range(12):
        await hand_in(world, f"u{number}")
    world.clock.advance(DAY)

    assert await world.store.uploads.drop_expired() == 12


async def test_a_file_stays_until_the_tasks_that_need_it_have_ended(world: World) -> None:
    """However long they wait; and from when one asked for it, the usual time begins anew."""
    await hand_in(world)
    world.clock.advance(DAY / 2)
    task = await world.add(uploads=(needed(),))
    world.clock.advance(3 * DAY)
    assert await world.store.uploads.drop_expired() == 0

    lease = await world.lease()
    assert (await world.claim(lease)).id == task.id
    content = await world.store.uploads.content("u", member_id=world.member_id)
    assert content == b"first second"
    await world.store.queue.submitting(lease, task.id, baseline={})
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    assert await world.store.uploads.drop_expired() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        needed("unknown"),
        needed(name="other.pdf"),
        needed(media_type="text/plain"),
        needed(byte_size=13),
    ],
    ids=["unknown", "name", "media type", "size"],
)
async def test_a_task_gets_only_the_very_file_that_it_names(
    world: World, wrong: NeededUpload
) -> None:
    """Anything else stores nothing."""
    await hand_in(world)

    with pytest.raises(UploadUnusable):
        await world.add(uploads=(needed(), wrong))

    assert await world.store.reports.count_waiting(world.member_id, ["send_message"]) == 0


async def test_a_file_of_another_account_or_an_expired_one_is_of_no_use(world: World) -> None:
    """Also within one team."""
    await hand_in(world)
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    with pytest.raises(UploadUnusable):
        await world.add(member_id=other.id, uploads=(needed(),))
    stranger = await World.create(world.store, world.clock)
    with pytest.raises(UploadUnusable):
        await stranger.add(uploads=(needed(),))

    world.clock.advance(DAY)
    with pytest.raises(UploadUnusable):
        await world.add(uploads=(needed(),))


async def test_a_repetition_finds_its_task_although_the_file_is_gone(world: World) -> None:
    """Whoever sends a request again gets the answer that was lost."""
    await hand_in(world)
    guard = ContentGuard(
        digests=frozenset({"d"}), window=timedelta(days=9), window_while_owed=timedelta(days=9)
    )
    new = world.new(uploads=(needed(),), content_digest="d")
    first = await world.store.intake.add(new, guard=guard)
    lease = await world.lease()
    await world.claim(lease)
    await world.store.queue.submitting(lease, first.task.id, baseline={})
    await world.store.queue.succeed(lease, first.task.id, output={}, evidence={})
    world.clock.advance(DAY)
    await world.store.uploads.drop_expired()

    again = world.new(uploads=(needed(),), content_digest="d")
    accepted = await world.store.intake.add(again, guard=guard)

    assert (accepted.how, accepted.task.id) == (Acceptance.DUPLICATE, first.task.id)
    assert accepted.task.status is TaskStatus.SUCCEEDED


async def test_a_team_has_only_so_much_room(world: World) -> None:
    """Counted in files and in bytes, for each team by itself; what has expired gives room."""
    await hand_in(world, "one")
    with pytest.raises(NoRoom):
        await hand_in(world, "two", bounds=UploadBounds(files=1, total_bytes=100))
    with pytest.raises(NoRoom):
        await hand_in(world, "two", bounds=UploadBounds(files=9, total_bytes=23))
    assert await world.store.uploads.content("two", member_id=world.member_id) is None

    stranger = await World.create(world.store, world.clock)
    await hand_in(stranger, "theirs", bounds=UploadBounds(files=1, total_bytes=12))
    world.clock.advance(DAY)
    await hand_in(world, "two", bounds=UploadBounds(files=1, total_bytes=12))
