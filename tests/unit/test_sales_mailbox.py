"""Sales Navigator's answers, where they are not as complete as the usual ones."""

from __future__ import annotations

from typing import Any

import pytest

from executor.components.sales_mailbox import (
    entities_in,
    is_last_piece,
    message_of,
    people_in,
    sales_thread_asked_for,
    sales_thread_in,
    sales_thread_path,
    thread_of,
)
from executor.locators import sales

API = "https://www.linkedin.com/sales-api/salesApiMessagingThreads"
THREAD = "2-ODFk/YjU4=="
ENCODED = "2-ODFk%2FYjU4%3D%3D"
ME = {"entityUrn": "urn:li:fs_salesProfile:(ACwA1,NAME_SEARCH,aaaa)", "degree": 0}
JOHN = {
    "entityUrn": "urn:li:fs_salesProfile:(ACoA2,NAME_SEARCH,bbbb)",
    "degree": 3,
    "firstName": "John",
    "lastName": "Doe",
}
BOTH = {"included": [ME, JOHN]}


def message(**told: Any) -> dict[str, Any]:
    return {"id": "m", "deliveredAt": 5, "body": "Hello", **told}


@pytest.mark.parametrize(
    ("url", "thread"),
    [
        (f"{API}/{ENCODED}?decoration=x&count=1", THREAD),
        (f"{API}/{ENCODED}/messages?count=10", THREAD),
        (f"{API}/{ENCODED}?action=markAsRead", THREAD),
        (f"{API}?q=filter", None),
        (f"{API}/{ENCODED}/messages/more", None),
        ("https://www.linkedin.com/voyager/api/x/messages", None),
    ],
)
def test_a_page_says_in_the_address_which_thread_it_asks_for(url: str, thread: str | None) -> None:
    """Its id may hold signs that addresses encode."""
    assert sales_thread_asked_for(url) == thread


@pytest.mark.parametrize("target", [ENCODED, "2-ODFkYjU4==", "2-ODFkYjU4%3D%3D/"])
def test_a_mark_that_something_was_read_is_known_by_its_address(target: str) -> None:
    """Whatever the conversation is called; what only reads is something else."""
    assert sales.MARK_SALES_READ.matches(f"{API}/{target}?action=markAsRead")
    assert not sales.MARK_SALES_READ.matches(f"{API}/{target}?action=markAsUnread")
    assert not sales.MARK_SALES_READ.matches(f"{API}/{target}?count=1")


def test_addresses_of_threads_are_written_and_read() -> None:
    """Encoded one way, decoded the other."""
    assert sales_thread_path(THREAD) == f"/sales/inbox/{ENCODED}"
    assert sales_thread_in("/sales/inbox/2-ODFkYjU4==/") == "2-ODFkYjU4=="
    assert sales_thread_in("/sales/inbox/compose") is None


@pytest.mark.parametrize(
    "answer", [{}, {"errors": []}, {"data": None}, {"elements": "x"}, {"elements": [{"id": 1}, 2]}]
)
def test_an_answer_about_nothing_tells_nothing(answer: dict[str, Any]) -> None:
    """It is neither a list nor a conversation."""
    assert entities_in(answer) == []


def test_whoever_writes_is_known_by_the_id_alone() -> None:
    """How they were found and the token for that may be others in each place."""
    people = people_in(BOTH)
    own = message(author="urn:li:fs_salesProfile:(ACwA1,OTHER,zzzz)")
    unknown = message(author="urn:li:fs_salesProfile:(ACwA9,NAME_SEARCH,aaaa)")

    assert message_of(own, "2-a", people).is_own is True
    assert message_of({**own, "author": JOHN["entityUrn"]}, "2-a", people).is_own is False
    assert message_of(unknown, "2-a", people).is_own is None
    assert message_of(message(), "2-a", people).is_own is None


def test_only_linkedins_own_ids_make_a_profiles_urn() -> None:
    """Sales Navigator's own ids lead nowhere outside it."""
    people = people_in(BOTH)

    assert people["ACwA1"].profile_urn is None
    assert people["ACoA2"].profile_urn == "urn:li:fsd_profile:ACoA2"
    assert (people["ACoA2"].name, people["ACoA2"].distance) == ("John Doe", "DISTANCE_3")


def test_what_comes_with_a_message_is_told_to_be_there() -> None:
    """Nobody has described what it looks like."""
    found = message_of(message(attachments=[{"name": "a.pdf"}, {}]), "2-a", {})

    assert [each.name for each in found.attachments] == ["a.pdf", None]


def test_a_thread_that_tells_little_is_still_one() -> None:
    """Where the list goes on is then read off its newest message."""
    found = thread_of({"id": "2-a", "messages": [message(), message(deliveredAt=9)]}, {})

    assert (found.last_activity_at, found.next_page_starts_at) == (9, 9)
    assert (found.message_count, found.unread_count, found.participants) == (None, 0, [])
    assert thread_of({"id": "2-a"}, {}).latest_message is None


@pytest.mark.parametrize(
    ("url", "found", "is_last"),
    [("?count=20", 19, True), ("?count=20", 20, False), ("", 3, False), ("", 0, True)],
)
def test_a_short_piece_is_the_last(url: str, found: int, *, is_last: bool) -> None:
    """Where the address does not say how many are asked for, only an empty one is."""
    assert is_last_piece(f"{API}{url}", "count", found) is is_last
