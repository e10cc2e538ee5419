"""Members' newest posts, as their pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewPost
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
PAGES = ["sdui", "ember"]


async def read(office: Office, *people: str) -> Any:
    return await office.read(
        "fetch_profiles_posts", profiles=[{"profile_id": person} for person in people]
    )


@pytest.mark.parametrize(
    ("page", "toggles"),
    [("sdui", {"language": "de"}), ("ember", {"language": "de"}), ("sdui", {"decoys": False})],
    ids=str,
)
async def test_a_members_posts_are_read_newest_first(
    office: Office, page: str, toggles: dict[str, Any]
) -> None:
    """Each once, although the page repeats them, and nobody else's."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, **toggles)
    newer = await client.put_post(NewPost(author=JANE, text="Line one\nline two", reactions=2))
    jane = await client.person(JANE)

    task = await read(office, JANE)

    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    posts = task.output["posts"]
    assert [each["post_urn"] for each in posts] == [newer.urn, POST]
    assert posts[1] == {
        "profile_urn": f"urn:li:fsd_profile:{JANE}",
        "post_urn": POST,
        "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
        "author_url": f"https://www.linkedin.com/in/{jane.vanity}",
        "is_own": True,
        "text": "What a week at TechCorp. Proud of the whole team.",
    }
    assert task.output["unclear"] == []
    assert await office.delivered() == []


@pytest.mark.parametrize(("page", "told"), [("sdui", False), ("ember", True)])
async def test_a_post_that_the_page_does_not_name_has_no_urn(
    office: Office, page: str, told: bool
) -> None:
    """React names a post by its reactions only, and this one has none."""
    client = office.sandbox.client
    await client.toggle(post_generation=page)
    bare = await client.put_post(NewPost(author=JANE, reactions=0))

    task = await read(office, JANE)

    assert task.output["posts"][0]["post_urn"] == (bare.urn if told else None)


@pytest.mark.parametrize("page", PAGES)
async def test_members_without_posts_are_named(office: Office, page: str) -> None:
    """Several members are read in the order in which they were asked for."""
    await office.sandbox.client.toggle(post_generation=page)

    task = await read(office, STRANGER, JANE)

    assert [each["post_urn"] for each in task.output["posts"]] == [POST]
    assert task.output["unclear"] == [f"urn:li:fsd_profile:{STRANGER}"]


async def test_a_missing_member_fails_the_task(office: Office) -> None:
    """Who was asked for by mistake is said by a code."""
    task = await read(office, "ACoAANobodyAtAll")

    assert task.error is not None
    assert task.error.code is ErrorCode.PROFILE_NOT_FOUND
