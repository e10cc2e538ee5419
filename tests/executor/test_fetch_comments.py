"""The comments below a post, as its page brings them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewPost, SeededComment
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from executor.sandbox.posts import Post
    from tests.executor.office import Office

PAGES = [("sdui", "wheel"), ("sdui", "button"), ("ember", "wheel")]
JOHN = "john-doe-123"
OWN = "avery-lindqvist"
BEGAN = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


def seeded(number: int, *, author: str = JANE, **more: Any) -> SeededComment:
    at = BEGAN + timedelta(minutes=number)
    return SeededComment(author=author, text=f"Comment {number}", at=at, **more)


async def put(office: Office, *comments: SeededComment, **more: Any) -> Post:
    return await office.sandbox.client.put_post(
        NewPost(author=JANE, reactions=2, comments=comments, **more)
    )


async def read(office: Office, post: str, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_comments", post=post, **asked)
    assert (task.status, task.error, task.submitted_at) == (TaskStatus.SUCCEEDED, None, None)
    assert await office.delivered() == []
    return dict(task.output or {})


@pytest.mark.parametrize(("page", "more"), PAGES)
async def test_comments_are_followed_to_their_end(office: Office, page: str, more: str) -> None:
    """However the page brings more of them, and though it empties what was passed."""
    await office.sandbox.client.toggle(post_generation=page, comments_more=more)
    post = await put(office, *(seeded(number) for number in range(35)))

    output = await read(office, post.urn)

    assert [each["text"] for each in output["comments"]] == [
        f"Comment {number}" for number in range(34, -1, -1)
    ]
    assert len({each["comment_urn"] for each in output["comments"]}) == 35
    assert (output["total"], output["has_more"], output["can_comment"]) == (35, False, True)


@pytest.mark.parametrize(("page", "more"), PAGES)
async def test_each_comment_tells_whose_and_of_when_it_is(
    office: Office, page: str, more: str
) -> None:
    """Members, companies and the account's own person; answers, and how many have reacted."""
    await office.sandbox.client.toggle(post_generation=page, comments_more=more)
    answers = (seeded(2, author=OWN, reactions=3), seeded(3, author=JOHN))
    post = await put(
        office,
        seeded(1, reactions=1234, replies=answers),
        seeded(4, author="northwind-tools"),
    )

    output = await read(office, post.urn)

    company, first, own, other = output["comments"]
    assert first == {
        "comment_urn": post.comment_urn(post.comments[0].id),
        "author_name": "Jane Mercer-Tully",
        "author_url": "https://www.linkedin.com/in/jane-mercer-tully",
        "author_vanity": "jane-mercer-tully",
        "is_own": False,
        "text": "Comment 1",
        "created_at": int((BEGAN + timedelta(minutes=1)).timestamp() * 1000),
        "reactions": 1234,
        "is_reply": False,
        "parent_urn": None,
    }
    assert (company["author_name"], company["author_vanity"]) == ("Northwind Tools", None)
    assert company["author_url"] == "https://www.linkedin.com/company/northwind-tools"
    assert [each["is_own"] for each in output["comments"]] == [False, False, True, False]
    for each in (own, other):
        assert (each["is_reply"], each["parent_urn"]) == (True, first["comment_urn"])
    assert [each["reactions"] for each in (company, own, other)] == [None, 3, None]
    assert (output["total"], output["has_more"]) == (4, False)


@pytest.mark.parametrize(("page", "more"), PAGES)
async def test_a_part_of_the_comments_says_that_there_are_more(
    office: Office, page: str, more: str
) -> None:
    """Two parts, one behind the other, overlap nowhere."""
    await office.sandbox.client.toggle(post_generation=page, comments_more=more)
    post = await put(office, *(seeded(number) for number in range(15)))

    first = await read(office, post.urn, count=10)
    second = await read(office, post.urn, start=10, count=10)

    assert [each["text"] for each in first["comments"]][-1] == "Comment 5"
    assert [each["text"] for each in second["comments"]] == [
        f"Comment {number}" for number in range(4, -1, -1)
    ]
    assert (first["has_more"], second["has_more"]) == (True, False)


@pytest.mark.parametrize("language", ["de", "ar", "ja"])
@pytest.mark.parametrize("page", ["sdui", "ember"])
async def test_the_language_of_the_page_does_not_matter(
    office: Office, page: str, language: str
) -> None:
    """Where figures stand in words alone, nobody says that a list has ended."""
    await office.sandbox.client.toggle(post_generation=page, language=language)
    comments = (seeded(number, replies=(seeded(100 + number),)) for number in range(12))
    post = await put(office, *comments)

    output = await read(office, post.urn)

    assert [each["is_reply"] for each in output["comments"]] == [False, True] * 12
    assert {each["author_name"] for each in output["comments"]} == {"Jane Mercer-Tully"}
    is_classic = page == "ember"
    assert output["total"] == (24 if is_classic else None)
    assert output["has_more"] is (False if is_classic else None)


async def test_a_figure_on_a_control_needs_no_words(office: Office) -> None:
    """It tells in any language whether the list has ended."""
    client = office.sandbox.client
    await client.toggle(post_counts="controls", language="de")
    post = await put(office, *(seeded(number) for number in range(12)))

    output = await read(office, post.urn)

    assert (len(output["comments"]), output["total"], output["has_more"]) == (12, 12, False)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_folded_words_are_told_without_the_button_behind_them(
    office: Office, language: str
) -> None:
    """Those of comments, and those of the post."""
    await office.sandbox.client.toggle(long_texts="folded", language=language)
    text = "We have learnt a lot about lanterns.\n" * 4 + "The end"
    post = await put(office, SeededComment(author=JANE, text=text), text=f"{text}!")

    output = await read(office, post.urn)
    task = await office.read("fetch_post", post=post.urn)

    assert [each["text"] for each in output["comments"]] == [text]
    assert task.output is not None
    assert task.output["text"] == f"{text}!"


async def test_a_button_in_an_unknown_language_is_no_end(office: Office) -> None:
    """React's has no mark but its words, so what was read may be a part."""
    client = office.sandbox.client
    await client.toggle(comments_more="button", language="de")
    post = await put(office, *(seeded(number) for number in range(15)))

    output = await read(office, post.urn)

    assert (len(output["comments"]), output["has_more"]) == (10, None)


@pytest.mark.parametrize("page", ["sdui", "ember"])
async def test_a_post_on_which_nobody_may_comment_has_no_comments(
    office: Office, page: str
) -> None:
    """Its author has turned them off."""
    await office.sandbox.client.toggle(post_generation=page)
    post = await put(office, comments_off=True)

    output = await read(office, post.urn)

    assert (output["comments"], output["can_comment"]) == ([], False)


@pytest.mark.parametrize("page", ["sdui", "ember"])
async def test_words_of_other_posts_and_links_in_comments_do_not_count(
    office: Office, page: str
) -> None:
    """Posts stand below with comments of their own."""
    await office.sandbox.client.toggle(post_generation=page)
    await put(office, seeded(1, author=JOHN))
    post = await put(office, SeededComment(author=JANE, text="99 comments\n7 reposts"))

    output = await read(office, post.urn)

    assert [each["text"] for each in output["comments"]] == ["99 comments\n7 reposts"]
    assert output["total"] == 1


@pytest.mark.parametrize("missing", ["notice", "not_found"])
async def test_a_post_that_is_gone_has_an_error(office: Office, missing: str) -> None:
    """Nothing is read, and it is safe to ask again."""
    await office.sandbox.client.toggle(post_missing=missing)

    task = await office.read("fetch_comments", post="urn:li:activity:7000000000000000001")

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.POST_NOT_FOUND, True)
