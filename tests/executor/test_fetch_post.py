"""A single post's content, as its page shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewPost, SeededComment
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office

PAGES = ["sdui", "ember"]
AT = datetime(2026, 10, 2, 8, 15, tzinfo=UTC)
COMMENTS = (
    SeededComment(author=STRANGER, text="77 reposts", reactions=5),
    SeededComment(author=JANE, text="Thanks!"),
)


async def read(office: Office, post: str) -> dict[str, Any]:
    task = await office.read("fetch_post", post=post)
    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    assert await office.delivered() == []
    return dict(task.output or {})


@pytest.mark.parametrize("page", PAGES)
async def test_a_post_tells_its_content_and_its_figures(office: Office, page: str) -> None:
    """Neither those of its comments nor those of the posts below it."""
    client = office.sandbox.client
    await client.toggle(post_generation=page)
    await client.put_post(NewPost(author=STRANGER, text="Another one", reactions=3, reposts=9))
    post = await client.put_post(
        NewPost(
            author=JANE,
            text="We are hiring.\nGrüße ✨",
            at=AT,
            reactions=1234,
            reposts=2,
            comments=COMMENTS,
        )
    )

    assert await read(office, post.urn) == {
        "post_urn": post.urn,
        "post_url": f"https://www.linkedin.com/feed/update/{post.urn}/",
        "author_name": "Jane Mercer-Tully",
        "author_url": "https://www.linkedin.com/in/jane-mercer-tully",
        "text": "We are hiring.\nGrüße ✨",
        "posted_at": int(AT.timestamp() * 1000),
        "reactions": 1234,
        "comments": 2,
        "reposts": 2,
        "can_comment": True,
    }


@pytest.mark.parametrize("page", PAGES)
async def test_what_is_shared_again_stays_out_of_it(office: Office, page: str) -> None:
    """Its words and its author are those of another post; nobody may comment on this one."""
    client = office.sandbox.client
    await client.toggle(post_generation=page)
    original = await client.put_post(NewPost(author=STRANGER, text="The first", kind="ugcPost"))
    post = await client.put_post(
        NewPost(
            author="northwind-tools",
            kind="share",
            text="Worth reading",
            original=original.urn,
            comments_off=True,
        )
    )

    output = await read(office, post.urn)

    assert (output["author_name"], output["text"]) == ("Northwind Tools", "Worth reading")
    assert output["author_url"] == "https://www.linkedin.com/company/northwind-tools"
    assert output["can_comment"] is False
    assert [output[each] for each in ("reactions", "comments", "reposts")] == [None, None, None]


@pytest.mark.parametrize(
    ("page", "toggles", "told"),
    [
        ("ember", {"language": "de"}, (1234, 2, 2)),
        ("ember", {"language": "ar"}, (1234, 2, 2)),
        # React tells two of the figures in words, which are read in English only.
        ("sdui", {"language": "ja"}, (1234, None, None)),
        ("sdui", {"language": "de", "post_counts": "controls"}, (1234, 2, None)),
    ],
)
async def test_figures_in_other_languages_are_right_or_null(
    office: Office, page: str, toggles: dict[str, Any], told: tuple[int | None, ...]
) -> None:
    """Where they stand tells them apart, and no word does."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, **toggles)
    post = await client.put_post(
        NewPost(author=JANE, text="Hi", reactions=1234, reposts=2, comments=COMMENTS)
    )

    output = await read(office, post.urn)

    assert (output["author_name"], output["text"]) == ("Jane Mercer-Tully", "Hi")
    assert (output["reactions"], output["comments"], output["reposts"]) == told


@pytest.mark.parametrize("missing", ["notice", "not_found"])
async def test_a_post_that_is_gone_has_an_error(office: Office, missing: str) -> None:
    """Nothing is read, and it is safe to ask again."""
    await office.sandbox.client.toggle(post_missing=missing)

    task = await office.read("fetch_post", post="urn:li:activity:7000000000000000001")

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.POST_NOT_FOUND, True)
