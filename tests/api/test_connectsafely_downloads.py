"""Fetching files of messages: what is asked for, and the file as the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode
from storage.uploads import NewUpload, UploadBounds

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

PATH = "/conversations/download-media"
URL = "https://www.linkedin.com/dms/prv/D4E0/report.html"
PAGE = b"<script>invented</script>"


def asked(world: World, **changed: Any) -> dict[str, Any]:
    return {"accountId": world.admin.id, "url": URL, **changed}


async def keep(world: World) -> dict[str, Any]:
    """Keep a file as a runner does, and return the output of its task."""
    new = NewUpload(
        id="f",
        team_id=world.team.id,
        member_id=world.admin.id,
        name="download",
        media_type="text/html",
        byte_size=len(PAGE),
        kept_for=timedelta(hours=1),
    )
    await world.store.uploads.add(new, [PAGE], bounds=UploadBounds(files=9, total_bytes=999))
    return {"file_id": "f", "media_type": "text/html", "byte_size": len(PAGE)}


async def test_the_answer_is_the_file(connectsafely: ConnectSafelyClient, world: World) -> None:
    """With its type, never as a page of this service; and it is removed once it was given."""
    async with connectsafely.calling(connectsafely.post(PATH, asked(world))) as calling:
        (task,) = await world.tasks()
        await world.succeed(**await keep(world))
        answer = await calling

    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Task-Id"] == task.id
    assert (task.task_type, task.input) == ("download_media", {"url": URL})
    assert await world.store.uploads.content("f", member_id=world.admin.id) is None


async def test_an_answer_that_was_lost_is_given_again(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """A client that was told to wait gets the file when it asks again."""
    early = await connectsafely.post(PATH, asked(world), Prefer="respond-async")
    await world.succeed(**await keep(world))
    answer = await connectsafely.post(PATH, asked(world))

    assert early.status_code == 202
    assert (answer.status_code, answer.content) == (200, PAGE)


async def test_a_file_is_given_once(connectsafely: ConnectSafelyClient, world: World) -> None:
    """Under the same key there is nothing more to give."""
    await connectsafely.post(PATH, asked(world), Idempotency_Key="k", Prefer="respond-async")
    await world.succeed(**await keep(world))
    first = await connectsafely.post(PATH, asked(world), Idempotency_Key="k")
    second = await connectsafely.post(PATH, asked(world), Idempotency_Key="k")

    assert (first.status_code, second.status_code) == (200, 400)
    assert second.json()["error"] == "The file is not kept any more; ask for it again"


async def test_what_linkedin_does_not_have_is_told(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As every other failure."""
    async with connectsafely.calling(connectsafely.post(PATH, asked(world))) as calling:
        await world.fail(ErrorCode.MEDIA_NOT_FOUND)
        answer = await calling

    assert (answer.status_code, answer.headers["X-Error-Code"]) == (404, "media_not_found")
    assert answer.json() == {"error": "It did not work."}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"accountId": None}, "accountId must be a string"),
        ({"accountId": ""}, "accountId is required"),
        ({"url": None}, "url must be a string"),
        ({"url": "https://example.org/dms/prv/a"}, "url is invalid"),
        ({"url": "http://169.254.169.254/latest/meta-data"}, "url is invalid"),
        ({"url": f"{URL}{4000 * 'a'}"}, "url must be 4000 characters or fewer"),
    ],
)
async def test_a_wrong_body_is_refused(
    connectsafely: ConnectSafelyClient, world: World, changed: dict[str, Any], error: str
) -> None:
    """Nothing is accepted; the account has to be named here."""
    answer = await connectsafely.post(PATH, asked(world, **changed))

    assert (answer.status_code, answer.json()) == (400, {"error": error})
    assert await world.tasks() == []


async def test_a_missing_account_is_refused(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As the documentation has it, which is unusual."""
    answer = await connectsafely.post(PATH, {"url": URL})

    assert (answer.status_code, answer.json()["error"]) == (400, "accountId is required")
    assert await world.tasks() == []
