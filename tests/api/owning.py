"""What a team may own: a file, and tasks of every type in every status."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from executor.actions import CATALOGUE, Write, asset_urn, new_upload_id
from storage.secrets import new_webhook_secret
from storage.tasks import ErrorCode, NewTask, TaskError, TaskStatus
from storage.teams import Scope
from storage.uploads import NewUpload, UploadBounds
from storage.webhooks import Callback
from tests.api.every_endpoint import Own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject, Task
    from storage.teams import Member
    from storage.webhooks import Delivery
    from tests.api.conftest import World

URL = "https://hooks.example.com/"
MARK = "Quillfeather"
"""In every text of the first team's."""
READ_LATER: Mapping[str, JsonObject] = {
    "fetch_inmail_credits": {"has_premium": True, "has_sales_navigator": True, "vanity": MARK}
}
"""What the answers to other requests are made of, by the type of task that has told it."""


async def owned(world: World, member: Member) -> Own:
    new = NewUpload(
        id=new_upload_id(sha256(member.id.encode()).hexdigest()),
        team_id=member.team_id,
        member_id=member.id,
        name="own.png",
        media_type="image/png",
        byte_size=3,
        kept_for=timedelta(hours=1),
    )
    bounds = UploadBounds(files=500, total_bytes=10_000_000)
    upload = await world.store.uploads.add(new, [b"own"], bounds=bounds)
    task = new_task(member, "send_message", is_write=True)
    await world.store.intake.add(task)
    delivery = await told_somewhere(world, member.team_id)
    key = await world.store.keys.add(
        member.team_id, name="spare", digest=str(uuid4()), hint="lx_", scope=Scope.READ
    )
    return Own(
        task_id=task.id,
        account_id=member.id,
        upload=upload,
        asset_urn=asset_urn(upload.id),
        webhook_id=str(delivery.webhook_id),
        delivery_id=delivery.id,
        key_id=key.id,
    )


async def told_somewhere(world: World, team_id: str) -> Delivery:
    """Return what is on its way to a webhook of the team, which is made when it has none."""
    webhooks = world.store.webhooks
    own = await webhooks.list(team_id)
    if not own:
        url = f"https://{MARK.lower()}.example/" if team_id == world.team.id else URL
        made = await webhooks.add(team_id, url=url, event_types=None, secret=new_webhook_secret())
        own = [made]
    found = await webhooks.deliveries(own[0].id, team_id=team_id, limit=1)
    if found:
        return found[0]
    sent = await webhooks.send_test(own[0].id, team_id=team_id)
    assert sent is not None
    return sent


async def called_back(world: World, ended: Task) -> Delivery:
    """Return what is on its way to the callback that a task of the first team's is given."""
    callback = Callback(url=f"https://{MARK.lower()}.example/done", target=MARK)
    await world.store.webhooks.call_back(ended, callback)
    [sent] = await world.store.webhooks.deliveries(
        team_id=world.team.id, limit=2, callbacks_only=True
    )
    return sent


def new_task(member: Member, task_type: str, *, is_write: bool, mark: str = "") -> NewTask:
    return NewTask(
        id=str(uuid4()),
        team_id=member.team_id,
        member_id=member.id,
        dialect="native",
        task_type=task_type,
        is_write=is_write,
        request={"text": mark},
        input={"recipient": {"profile_id": "ACoAABCDEFG", "vanity": None}, "message": f"Hi {mark}"},
        notes=(("page_kept", {"folder": f"artifacts/{mark}"}),),
    )


async def tasks_of_every_kind(world: World) -> list[Task]:
    """Give the first team a task of each type in each status that the type can have."""
    ending = [TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.UNCONFIRMED]
    lasting = [TaskStatus.RUNNING, TaskStatus.SUBMITTING, TaskStatus.QUEUED, TaskStatus.CANCELLED]
    queue, ids = world.store.queue, []
    lease = await world.store.leases.acquire(world.admin.id, owner="t:1:1", ttl=timedelta(hours=1))
    assert lease is not None
    for status in [*ending, *lasting]:
        for action in CATALOGUE:
            is_write = isinstance(action, Write)
            if status in {TaskStatus.UNCONFIRMED, TaskStatus.SUBMITTING} and not is_write:
                continue
            new = new_task(world.admin, action.task_type, is_write=is_write, mark=MARK)
            await world.store.intake.add(new)
            ids.append(new.id)
            if status is TaskStatus.CANCELLED:
                await world.store.intake.cancel(new.id, team_id=world.team.id)
            if status in {TaskStatus.CANCELLED, TaskStatus.QUEUED}:
                continue
            # What was there before may be claimed first; it then gets this status instead.
            task = await queue.claim(lease)
            assert task is not None
            error = TaskError(code=ErrorCode.REFUSED, message=MARK, retry_safe=True)
            if task.is_write and status is not TaskStatus.RUNNING:
                await queue.submitting(lease, task.id, baseline={"text": MARK})
            if status is TaskStatus.SUCCEEDED:
                told = {"conversations": [{"text": MARK, "url": f"https://example.com/{MARK}"}]}
                output = {**told, **READ_LATER.get(task.task_type, {})}
                await queue.succeed(lease, task.id, output=output, evidence={"text": MARK})
            elif status is TaskStatus.FAILED:
                await queue.fail(lease, task.id, error=error)
            elif status is TaskStatus.UNCONFIRMED:
                await queue.leave_unconfirmed(lease, task.id, error=error)
    return [await world.task(each) for each in ids]
