"""What a page that answers in Sales Navigator may ask for, and what it is answered with."""

from __future__ import annotations

from typing import Any

import pytest

from executor.browser.guard import RequestBody
from executor.components.sales_requests import message_in, reply_problem

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
    assert message_in(answer, THREAD) == found
