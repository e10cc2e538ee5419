"""Comments, from the post's page to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.actions import CommentPost, CommentPostInput
from executor.pages.linkedin import LinkedIn
from executor.sandbox.casting import NewPost, SeededComment
from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from executor.components.member import Member
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
TEXT = "Well done, Jane! Which queue was it in the end?"
PAGES = ["sdui", "ember"]
CALLS = ["sdui", "legacy"]


async def forget(_: Member) -> None:
    """Remember nobody."""


@pytest.mark.parametrize(
    ("page", "calls", "text"),
    [
        ("sdui", "sdui", TEXT),
        ("ember", "legacy", 'line one\nline "two"\n\nGrüße 👋'),
        ("sdui", "legacy", "مبروك يا جين"),
        ("ember", "sdui", "<b>&amp;</b> \\n"),
        ("sdui", "sdui", "c" * 1250),
    ],
)
async def test_a_comment_arrives_once_as_written(
    office: Office, page: str, calls: str, text: str
) -> None:
    """The ledger shows one comment with the very words, and the output has its URN."""
    await office.sandbox.client.toggle(post_generation=page, post_calls=calls)

    task = await office.comment(POST, text)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.kind, entry.post_urn, entry.recipient, entry.text) == (
        "comment",
        POST,
        JANE,
        text,
    )
    assert task.output is not None
    assert task.output["comment_urn"].endswith(f",{entry.comment})")
    assert task.evidence is not None
    assert task.evidence["method"] == ("page" if calls == "sdui" else "network")


@pytest.mark.scenario(25)
@pytest.mark.drift("2026-08-05")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("toggles", [{"language": "de"}, {"language": "ar", "decoys": False}])
async def test_every_variant_of_the_pages_comments_once(
    office: Office, page: str, toggles: dict[str, Any]
) -> None:
    """Languages, other posts' boxes and other people's comments change nothing."""
    await office.sandbox.client.toggle(post_generation=page, **toggles)

    task = await office.comment(POST, TEXT)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.post_urn, e.text) for e in await office.delivered()] == [(POST, TEXT)]


@pytest.mark.parametrize("page", PAGES)
async def test_where_comments_are_off_none_is_written(office: Office, page: str) -> None:
    """There is neither a button nor a box; those of other posts stay untouched."""
    await office.sandbox.client.toggle(post_generation=page)
    post = await office.sandbox.client.put_post(NewPost(author=JANE, comments_off=True))

    task = await office.comment(post.urn, TEXT)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.COMPOSER_UNAVAILABLE)
    assert await office.delivered() == []


HIDING = """
document.addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style");
  style.textContent = "button:has(svg#comment-small) { display: none }";
  document.head.append(style);
});
"""


async def test_a_hidden_button_does_not_pass_for_comments_that_are_off(office: Office) -> None:
    """Nobody has forbidden anything there; the page is not understood."""

    async def hide(page: Page) -> None:
        await page.add_init_script(HIDING)

    with office.browsers.prepared(hide):
        task = await office.comment(POST, TEXT)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.UI_CHANGED)
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
async def test_a_draft_in_the_box_is_left_alone(office: Office, page: str) -> None:
    """Somebody began to write there by hand."""
    await office.sandbox.client.toggle(post_generation=page, comment_draft="I think that")

    task = await office.comment(POST, TEXT)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.COMPOSER_OCCUPIED)
    assert await office.delivered() == []


async def test_a_missing_post_gets_no_comment(office: Office) -> None:
    """It has its own code."""
    task = await office.comment("urn:li:activity:7000000000000000001", TEXT)

    assert task.error is not None
    assert task.error.code is ErrorCode.POST_NOT_FOUND


@pytest.mark.parametrize("calls", CALLS)
async def test_the_servers_refusal_is_proof_that_nothing_was_written(
    office: Office, calls: str
) -> None:
    """After the click, a client error says that it was not done."""
    await office.sandbox.client.toggle(post_calls=calls)
    await office.sandbox.client.arm(Fault(on="create_comment", do="status", status=403))

    task = await office.comment(POST, TEXT)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.REFUSED)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("page", "do"), [("sdui", "drop_answer_after_delivery"), ("ember", "deliver_then_status")]
)
async def test_a_lost_answer_is_made_good_by_ones_own_new_comment(
    office: Office, page: str, do: Any
) -> None:
    """It was not there before, has the words, and links the account's owner."""
    await office.sandbox.client.toggle(post_generation=page)
    await office.sandbox.client.arm(Fault(on="create_comment", do=do, status=502))

    task = await office.comment(POST, TEXT)

    assert task.status is TaskStatus.SUCCEEDED
    (entry,) = await office.delivered()
    assert task.evidence is not None
    assert task.evidence["method"] == "read_back"
    assert task.evidence["comment_urn"].endswith(f",{entry.comment})")


@pytest.mark.parametrize("page", PAGES)
async def test_somebody_elses_same_words_prove_nothing(office: Office, page: str) -> None:
    """A comment that is new and says the same, but links Jane, is not the account's."""
    client = office.sandbox.client
    await client.toggle(post_generation=page)
    post = await client.put_post(
        NewPost(author=JANE, comments=(SeededComment(author=JANE, text="Congratulations!"),))
    )
    order = CommentPostInput(post=post.urn, text="Congratulations!")
    account = await office.browsers.open_account(await client.storage_state())
    try:
        linkedin = LinkedIn(account.tab, remember=forget)
        found = await CommentPost().read_back(linkedin, order, {"comments": []})
    finally:
        await account.close()

    assert found is None


@pytest.mark.parametrize(
    ("calls", "do"), [("sdui", "drop_before_delivery"), ("legacy", "errors_in_200")]
)
async def test_what_is_not_seen_ends_unconfirmed(office: Office, calls: str, do: Any) -> None:
    """Nobody knows, the task says so, and nobody clicks again."""
    await office.sandbox.client.toggle(post_calls=calls)
    await office.sandbox.client.arm(Fault(on="create_comment", do=do))

    task = await office.comment(POST, TEXT)

    assert task.error is not None
    assert (task.status, task.error.retry_safe) == (TaskStatus.UNCONFIRMED, False)
    assert await office.delivered() == []
