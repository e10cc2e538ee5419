"""Content search, as its page shows what it has found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.pages import post_list
from executor.sandbox.casting import NewPost, SeededComment
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from executor.sandbox.posts import Post
    from tests.executor.office import Office

PAGES = ["sdui", "ember"]


async def put(office: Office, text: str, *, days: int = 0, **more: Any) -> Post:
    at = datetime.now(UTC) - timedelta(days=days, hours=1)
    author = more.pop("author", JANE)
    return await office.sandbox.client.put_post(NewPost(author=author, text=text, at=at, **more))


async def read(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("search_posts", **asked)
    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    assert await office.delivered() == []
    return dict(task.output or {})


def texts(output: dict[str, Any]) -> list[str]:
    return [each["text"] for each in output["posts"]]


@pytest.mark.parametrize("page", PAGES)
async def test_what_fits_is_found_in_linkedins_order(office: Office, page: str) -> None:
    """More comes with each scroll; nobody who liked a post passes for its author."""
    await office.sandbox.client.toggle(post_generation=page)
    for number in range(11):
        await put(office, f"Lantern {number}", days=number, reactions=number)
    await put(office, "Something else")

    output = await read(office, keywords="lantern")

    assert texts(output) == [f"Lantern {number}" for number in range(10, 0, -1)]
    assert {each["author_name"] for each in output["posts"]} == {"Jane Mercer-Tully"}
    assert {each["author_url"] for each in output["posts"]} == {
        "https://www.linkedin.com/in/jane-mercer-tully"
    }
    assert [each["reactions"] for each in output["posts"]] == list(range(10, 0, -1))
    assert (output["has_more"], output["cut_short"]) == (True, None)


@pytest.mark.parametrize("page", PAGES)
async def test_the_last_of_what_fits_says_so(office: Office, page: str) -> None:
    """Those in front of it are passed over."""
    await office.sandbox.client.toggle(post_generation=page)
    for number in range(7):
        await put(office, f"Lantern {number}", days=number)

    output = await read(office, keywords="lantern", sort_by="date_posted", start=5, count=10)

    assert texts(output) == ["Lantern 5", "Lantern 6"]
    assert (output["has_more"], output["cut_short"]) == (False, None)


@pytest.mark.parametrize("page", PAGES)
async def test_a_slow_answer_is_not_the_end_of_the_list(office: Office, page: str) -> None:
    """However quiet the page is meanwhile: as long as it waits, more may come."""
    await office.sandbox.client.toggle(post_generation=page, section_delay_ms=3500)
    for number in range(7):
        await put(office, f"Lantern {number}", days=number)

    output = await read(office, keywords="lantern", sort_by="date_posted", count=10)

    assert texts(output) == [f"Lantern {number}" for number in range(7)]


@pytest.mark.parametrize("page", PAGES)
async def test_posts_that_were_not_followed_to_their_end_may_go_on(
    office: Office, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Having scrolled often enough is not their end; with none that is wanted it is tried again."""
    monkeypatch.setattr(post_list, "_MOST_STEPS", 1)
    await office.sandbox.client.toggle(post_generation=page)
    for number in range(11):
        await put(office, f"Lantern {number}", days=number)

    near = await read(office, keywords="lantern", count=11)
    far = await office.read("search_posts", keywords="lantern", start=10)

    assert 0 < len(near["posts"]) < 11
    assert (near["has_more"], near["cut_short"]) == (True, None)
    assert (far.status, far.output) == (TaskStatus.QUEUED, None)


@pytest.mark.parametrize("page", PAGES)
async def test_filters_reach_linkedin_in_its_own_words(office: Office, page: str) -> None:
    """By age and by order."""
    await office.sandbox.client.toggle(post_generation=page)
    for days in (0, 3, 20, 90):
        await put(office, f"Lantern of {days} days", days=days, reactions=days)

    async def found(**asked: Any) -> list[str]:
        told = texts(await read(office, keywords="lantern", **asked))
        return [text.split()[2] for text in told]

    assert await found() == ["90", "20", "3", "0"]
    assert await found(sort_by="date_posted") == ["0", "3", "20", "90"]
    assert await found(date_posted="past-month", sort_by="date_posted") == ["0", "3", "20"]
    assert await found(date_posted="past-week") == ["3", "0"]
    assert await found(date_posted="past-24h") == ["0"]


@pytest.mark.parametrize(
    ("page", "language", "told"),
    [
        ("sdui", "en", (1234, 2, 3)),
        ("sdui", "de", (None, None, None)),
        ("ember", "en", (1234, 2, 3)),
        ("ember", "ar", (1234, 2, 3)),
    ],
)
async def test_each_post_tells_what_its_page_does(
    office: Office, page: str, language: str, told: tuple[int | None, ...]
) -> None:
    """React names found posts nowhere, and tells figures in words, which are read in English."""
    await office.sandbox.client.toggle(post_generation=page, language=language)
    comments = tuple(SeededComment(author=STRANGER, text=each) for each in ("9 reposts", "Yes"))
    post = await put(
        office,
        "Lanterns",
        author="northwind-tools",
        reactions=1234,
        reposts=3,
        comments=comments,
    )

    (found,) = (await read(office, keywords="lanterns"))["posts"]

    assert (found["reactions"], found["comments"], found["reposts"]) == told
    is_named = page == "ember"
    assert found["post_urn"] == (post.urn if is_named else None)
    assert found["posted_at"] == (int(post.at.timestamp() * 1000) if is_named else None)
    assert found["author_name"] == "Northwind Tools"
    assert found["author_url"] == "https://www.linkedin.com/company/northwind-tools"


@pytest.mark.parametrize("page", PAGES)
async def test_nothing_that_fits_is_an_empty_list(office: Office, page: str) -> None:
    """The page says so."""
    await office.sandbox.client.toggle(post_generation=page)

    output = await read(office, keywords="nobody wrote this")

    assert output == {"posts": [], "has_more": False, "cut_short": None}


@pytest.mark.parametrize("page", PAGES)
async def test_posts_above_linkedins_limit_are_told_with_the_reason(
    office: Office, page: str
) -> None:
    """They are not all."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, search_limit="partial", search_pages_allowed=0)

    output = await read(office, keywords="week")

    assert (len(output["posts"]), output["has_more"]) == (3, False)
    assert output["cut_short"] == "commercial_use_limit"


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("notice", ErrorCode.COMMERCIAL_USE_LIMIT),
        ("redirect", ErrorCode.COMMERCIAL_USE_LIMIT),
        ("hidden", ErrorCode.UI_CHANGED),
    ],
)
@pytest.mark.parametrize("page", PAGES)
async def test_nothing_but_the_limit_is_a_failure(
    office: Office, page: str, limit: str, code: ErrorCode
) -> None:
    """Nothing found because of the limit is not the same as nothing found."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, search_limit=limit, search_pages_allowed=0)

    task = await office.read("search_posts", keywords="week")

    assert task.error is not None
    assert task.error.code == code
