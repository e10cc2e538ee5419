"""A company's newest posts, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewPost, SeededComment
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

NORTHWIND = "northwind-tools"
GRANITE = "granite-loop"
PAGES = ["sdui", "ember"]


async def read(office: Office, company: str) -> Task:
    return await office.read("fetch_company_posts", company=company)


def counts(post: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    return post["reactions"], post["comments"], post["reposts"]


@pytest.mark.parametrize("page", PAGES)
async def test_a_list_is_followed_to_its_end(office: Office, page: str) -> None:
    """More posts come with each scroll; each is read once, with its figures, and nobody else's."""
    await office.sandbox.client.toggle(post_generation=page)

    task = await read(office, NORTHWIND)

    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    output = task.output or {}
    assert (output["company_urn"], output["unclear"]) == ("urn:li:fsd_company:2400101", False)
    posts = output["posts"]
    assert [each["text"] for each in posts] == [
        f"News from the workshop, number {12 - place}." for place in range(12)
    ]
    assert {each["author_url"] for each in posts} == {
        f"https://www.linkedin.com/company/{NORTHWIND}"
    }
    assert all(each["is_own"] for each in posts)
    assert [counts(each) for each in posts[:-1]] == [
        (month * 411, month % 4 or None, month * 3) for month in range(11, 0, -1)
    ]
    # The oldest has none of them, so the page says nothing; only the classic one names it.
    assert counts(posts[-1]) == (None, None, None)
    assert [bool(each["post_urn"]) for each in posts] == [True] * 11 + [page == "ember"]
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
async def test_figures_are_those_of_the_post_alone(office: Office, page: str) -> None:
    """Neither the post's own words nor those of a comment count, whatever they look like."""
    client = office.sandbox.client
    await client.toggle(post_generation=page)
    comments = (SeededComment(author=JANE, text="7 reposts"),)
    await client.put_post(NewPost(author=GRANITE, text="50 comments", comments=comments))

    task = await read(office, GRANITE)

    (post,) = (task.output or {})["posts"]
    assert (post["text"], counts(post)) == ("50 comments", (None, 1, None))


@pytest.mark.parametrize(
    ("page", "language", "told"),
    [
        ("ember", "de", (1234, 1, 2)),
        ("ember", "ar", (1234, 1, 2)),
        # React tells two of the figures in words alone, which are read in English only.
        ("sdui", "ja", (1234, None, None)),
    ],
)
async def test_figures_in_other_languages_are_right_or_null(
    office: Office, page: str, language: str, told: tuple[int | None, ...]
) -> None:
    """A figure that has a place of its own needs no words."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, language=language)
    comments = (SeededComment(author=JANE, text="Well done!"),)
    await client.put_post(NewPost(author=GRANITE, reactions=1234, reposts=2, comments=comments))

    task = await read(office, GRANITE)

    assert [counts(each) for each in (task.output or {})["posts"]] == [told]


async def test_a_company_without_posts_is_unclear(office: Office) -> None:
    """Nobody has described how such a page looks, so none may also mean: not understood."""
    task = await read(office, GRANITE)

    assert task.output == {
        "company_urn": "urn:li:fsd_company:2400103",
        "slug": GRANITE,
        "posts": [],
        "unclear": True,
    }


async def test_a_missing_company_fails_the_task(office: Office) -> None:
    """What was asked for by mistake is said by a code."""
    task = await read(office, "no-such-company")

    assert task.error is not None
    assert task.error.code is ErrorCode.COMPANY_NOT_FOUND
