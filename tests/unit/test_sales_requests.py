"""What a page that answers in Sales Navigator may ask for, and what it is answered with."""

from __future__ import annotations

from typing import Any

import pytest

from executor.browser.guard import RequestBody
from executor.components.sales_requests import beginning_problem, reply_problem, sent_in

THREAD = "2-ODFk=="
ASKED: dict[str, Any] = {
    "body": "Thank you,\nJohn",
    "copyToCrm": False,
    "trackingId": "0123456789abcdef",
    "threadId": THREAD,
}


def problem(asked: Any) -> str | None:
    body = RequestBody({"createMessageRequest": asked}, url="https://example", raw=b"")
    return reply_problem(body, THREAD, "Thank you,\nJohn")


def test_the_message_itself_may_leave() -> None:
    """With its text and its conversation."""
    assert problem(ASKED) is None
    assert problem({**ASKED, "subject": "", "recipients": []}) is None


@pytest.mark.parametrize(
    "asked",
    [
        None,
        {},
        {**ASKED, "body": "Something else"},
        {**ASKED, "threadId": "2-b3RoZXI="},
        {**ASKED, "threadId": None},
        {**ASKED, "recipients": ["urn:li:fs_salesProfile:(ACwA1,NAME_SEARCH,aaaa)"]},
        {**ASKED, "subject": "Lanterns"},
        {**ASKED, "attachments": [{"name": "a.pdf"}]},
        {**ASKED, "copyToCrm": True},
    ],
)
def test_anything_else_stays(asked: Any) -> None:
    """Another text, another conversation, other people, and what nobody asked for."""
    assert problem(asked) is not None


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"value": {"messageId": "m", "threadId": THREAD}}, "m"),
        ({"data": {"value": {"messageId": "m", "threadId": THREAD}}}, "m"),
        ({"value": {"messageId": "m"}}, "m"),
        ({"value": {"messageId": "m", "threadId": "2-b3RoZXI="}}, None),
        ({"value": {"messageId": ""}}, None),
        ({"value": {}}, None),
        ({"value": "m"}, None),
        ({"data": None}, None),
        ({}, None),
    ],
)
def test_only_an_answer_that_names_the_message_proves_it(
    answer: dict[str, Any], found: str | None
) -> None:
    """In either place, and for this conversation."""
    expected = None if found is None else (THREAD, found)
    assert sent_in(answer, thread_id=THREAD) == expected


FIRST: dict[str, Any] = {
    "body": "Hello,\nJohn",
    "subject": "Lanterns",
    "copyToCrm": False,
    "trackingId": "0123456789abcdef",
    "recipients": ["urn:li:fs_salesProfile:(ACwA1,NAME_SEARCH,aaaa)"],
}


def first_problem(asked: Any, subject: str | None = "Lanterns") -> str | None:
    body = RequestBody({"createMessageRequest": asked}, url="https://example", raw=b"")
    return beginning_problem(body, "ACwA1", "Hello,\nJohn", subject=subject)


def test_a_first_message_may_leave_to_its_member() -> None:
    """With its subject, or with none where none is wanted; how they were found does not matter."""
    assert first_problem(FIRST) is None
    found_otherwise = ["urn:li:fs_salesProfile:(ACwA1,LIST,bbbb)"]
    assert first_problem({**FIRST, "recipients": found_otherwise, "threadId": ""}) is None
    assert first_problem({**FIRST, "subject": ""}, subject=None) is None


@pytest.mark.parametrize(
    "asked",
    [
        None,
        {},
        {**FIRST, "body": "Something else"},
        {**FIRST, "subject": "Lamps"},
        {**FIRST, "subject": None},
        {**FIRST, "recipients": []},
        {**FIRST, "recipients": "urn:li:fs_salesProfile:(ACwA1,NAME_SEARCH,aaaa)"},
        {**FIRST, "recipients": ["urn:li:fs_salesProfile:(ACwA2,NAME_SEARCH,aaaa)"]},
        {**FIRST, "recipients": ["urn:li:fsd_profile:ACwA1"]},
        {**FIRST, "recipients": [*FIRST["recipients"], *FIRST["recipients"]]},
        {**FIRST, "threadId": THREAD},
        {**FIRST, "attachments": [{"name": "a.pdf"}]},
        {**FIRST, "copyToCrm": True},
    ],
)
def test_any_other_first_message_stays(asked: Any) -> None:
    """To others, to several, with other words, or into a conversation that is there."""
    assert first_problem(asked) is not None


def test_an_answer_to_a_first_message_has_to_name_both() -> None:
    """Without the conversation nobody could look the message up."""
    assert sent_in({"value": {"messageId": "m", "threadId": THREAD}}) == (THREAD, "m")
    assert sent_in({"value": {"messageId": "m"}}) is None
    assert sent_in({"value": {"threadId": THREAD}}) is None
