"""What a conversation proves: only a new, own, stored message with the very text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from executor.components.messages import Messages
from executor.components.thread import (
    Delivery,
    ThreadItem,
    baseline_of,
    delivery_in,
    new_own_message,
    same_words,
    thread_id_in,
)

if TYPE_CHECKING:
    from storage.tasks import JsonObject

TEXT = "Hello Ada,\nhow are you?"


def urn(number: int) -> str:
    return f"urn:li:msg_message:(urn:li:fsd_profile:ACoAAME,2-{number})"


def item(
    number: int, text: str = TEXT, *, from_other: bool = False, sent: bool = True
) -> ThreadItem:
    return ThreadItem(urn=urn(number), from_other=from_other, text=text, sent=sent)


def placeholder(text: str = TEXT) -> ThreadItem:
    made = "urn:li:msg_message:(urn:li:fsd_profile:ACoAAME,c3a1f0d2-0000-4000-8000-000000000000)"
    return ThreadItem(urn=made, from_other=False, text=text, sent=False)


EMPTY = baseline_of([], TEXT, thread_id=None)
BEFORE = item(1, "Earlier words")
KNOWN = baseline_of([BEFORE], TEXT, thread_id="2-abc")


def test_a_baseline_says_what_was_there() -> None:
    """It holds the conversation, its newest ids, and how many own identical messages there are."""
    seen = [item(1), item(2, from_other=True), item(3, "Something else"), item(4)]

    assert {
        "thread_id": "2-abc",
        "own_identical": 2,
        "last_urn": urn(4),
        "urns": [urn(1), urn(2), urn(3), urn(4)],
    } == baseline_of(seen, TEXT, thread_id="2-abc")


def test_a_baseline_of_a_new_conversation_is_empty() -> None:
    """Where there is no conversation yet, nothing is known."""
    assert EMPTY == {"thread_id": None, "own_identical": 0, "last_urn": None, "urns": []}


def test_a_baseline_leaves_placeholders_out() -> None:
    """A placeholder's id goes away by itself, so it is no landmark."""
    baseline = baseline_of([item(1), placeholder("An older one")], TEXT, thread_id="2-abc")

    assert (urn(1), [urn(1)]) == (baseline["last_urn"], baseline["urns"])


def test_a_baseline_keeps_the_newest_ids() -> None:
    """Of a long conversation the newest ids are kept, which is where new ones appear."""
    baseline = baseline_of([item(number) for number in range(100)], TEXT, thread_id="2-abc")

    assert [urn(number) for number in range(60, 100)] == baseline["urns"]


def test_a_baseline_survives_storage() -> None:
    """It is stored as JSON and means the same afterwards."""
    baseline = baseline_of([item(1)], TEXT, thread_id="2-abc")

    assert new_own_message([item(1), item(2)], TEXT, json.loads(json.dumps(baseline))) == item(2)


def test_a_new_own_message_is_evidence() -> None:
    """The message that the baseline does not know is found."""
    before = [item(1, "Hi", from_other=True)]

    assert item(2) == new_own_message(
        [*before, item(2)], TEXT, baseline_of(before, TEXT, thread_id="2-abc")
    )


def test_an_identical_earlier_message_is_no_evidence() -> None:
    """A message with the same text from before the click proves nothing."""
    before = [item(1), item(2)]

    assert new_own_message(before, TEXT, baseline_of(before, TEXT, thread_id="2-abc")) is None


def test_a_repeated_message_is_told_from_the_earlier_one() -> None:
    """The same text sent once more is found by its new id."""
    before = [item(1)]

    assert item(2) == new_own_message(
        [item(1), item(2)], TEXT, baseline_of(before, TEXT, thread_id="2-abc")
    )


def test_the_other_sides_same_words_are_no_evidence() -> None:
    """Somebody may answer with the very words that were about to be sent."""
    assert new_own_message([item(1, from_other=True)], TEXT, EMPTY) is None


def test_a_placeholder_is_no_evidence() -> None:
    """Until LinkedIn's server has given an id, the page only hopes."""
    assert new_own_message([placeholder()], TEXT, EMPTY) is None


@pytest.mark.parametrize(
    ("known", "stored"),
    [
        (urn(1), True),
        ("urn:li:msg_message:(urn:li:fsd_profile:ACoAAME,2-MTc2MDc3_w==)", True),
        (placeholder().urn, False),
        ("urn:li:fs_event:(2-abc,2-def)", False),
        (f"{urn(1)} ", False),
        ("", False),
    ],
)
def test_the_servers_ids_are_told_from_placeholders(known: str, *, stored: bool) -> None:
    """Only ids in the form that the server gives count as stored."""
    assert stored is ThreadItem(urn=known, from_other=False, text="", sent=False).is_stored


@pytest.mark.parametrize(
    "shown",
    [
        "Hello Ada, how are you?",
        "  Hello Ada,\n\n  how are you?  ",
        "Hello\u00a0Ada,\thow are you?",
        "Hello Ada,\r\nhow are you?",
    ],
)
def test_white_space_is_the_pages_affair(shown: str) -> None:
    """Pages fold, pad and break white space; the words are what was sent."""
    assert same_words(TEXT, shown)
    assert item(2, shown) == new_own_message([BEFORE, item(2, shown)], TEXT, KNOWN)


@pytest.mark.parametrize(
    "shown", ["Hello Ada", "hello ada, how are you?", "Hello Ada, how are you? Bye", ""]
)
def test_other_words_are_no_evidence(shown: str) -> None:
    """Letter case, missing and further words make another message."""
    assert not same_words(TEXT, shown)
    assert new_own_message([BEFORE, item(2, shown)], TEXT, KNOWN) is None


def test_the_newest_of_several_is_taken() -> None:
    """When several new ones fit, the last one is the evidence."""
    shown = [BEFORE, item(2), item(3), item(4, "Later")]

    assert item(3) == new_own_message(shown, TEXT, KNOWN)


def test_items_may_come_once_only() -> None:
    """The items may be read from any iterable, in the page's order."""
    assert item(2) == new_own_message(iter([BEFORE, item(2)]), TEXT, KNOWN)


def test_a_history_that_loads_late_is_no_evidence() -> None:
    """What stands before the baseline's last message is old, whether it was seen before or not."""
    assert new_own_message([item(7), item(8), BEFORE], TEXT, KNOWN) is None


def test_without_a_landmark_nothing_is_new() -> None:
    """An empty baseline, or one whose last message is not in the page, proves nothing."""
    assert new_own_message([item(2)], TEXT, EMPTY) is None
    assert new_own_message([item(2)], TEXT, KNOWN) is None


CONVERSATION = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAME,2-abc)"
TOKEN, ANOTHER = "c3a1f0d2-0000-4000-8000-000000000000", "c3a1f0d2-0000-4000-8000-000000000001"
MARKED: JsonObject = {**KNOWN, "origin_token": TOKEN}


def told(number: int, token: str | None, sender: str = "ACoAAME") -> Messages:
    """Return what LinkedIn's server has told: one message, from this sender, with this token."""
    messages = Messages()
    entity = {
        "entityUrn": urn(number),
        "originToken": token,
        "sender": {"hostIdentityUrn": f"urn:li:fsd_profile:{sender}"},
    }
    messages.learn(CONVERSATION, {"elements": [entity]})
    return messages


@pytest.mark.parametrize("shown", [[], [item(2)], [item(2, "Other words, as edited since")]])
def test_the_token_of_the_request_proves_the_message(shown: list[ThreadItem]) -> None:
    """No landmark is needed, nor the words in the page: the server itself names the message."""
    marked = {**EMPTY, "origin_token": TOKEN}

    assert delivery_in(shown, told(2, TOKEN), TEXT, marked) == Delivery(
        urn=urn(2), conversation_urn=CONVERSATION, by="origin_token"
    )


def test_a_token_from_somebody_else_proves_nothing() -> None:
    """Only the account's own message can be the one that it sent."""
    assert delivery_in([item(2, from_other=True)], told(2, TOKEN, "ACoAADA"), TEXT, MARKED) is None


def test_the_same_words_with_another_token_are_another_message() -> None:
    """The person may have written them by hand; the landmark does not make them ours."""
    assert delivery_in([BEFORE, item(2)], told(2, ANOTHER), TEXT, MARKED) is None


@pytest.mark.parametrize("messages", [Messages(), told(2, None)], ids=["silent", "no token"])
def test_where_the_server_tells_no_token_the_landmark_counts(messages: Messages) -> None:
    """A message whose token is not known may still be told by its place."""
    found = delivery_in([BEFORE, item(2)], messages, TEXT, MARKED)

    assert found is not None
    assert (found.urn, found.by) == (urn(2), "landmark")


def test_a_request_without_a_token_leaves_the_landmark() -> None:
    """A baseline that knows of no token goes by what was there before."""
    found = delivery_in([BEFORE, item(2)], told(2, ANOTHER), TEXT, KNOWN)

    assert found == Delivery(urn=urn(2), conversation_urn=CONVERSATION, by="landmark")


@pytest.mark.parametrize(
    ("path", "thread_id"),
    [
        ("/messaging/thread/2-abc==/", "2-abc=="),
        ("/messaging/thread/2-abc==", "2-abc=="),
        ("/messaging/compose/", None),
        ("/messaging/thread/new/", None),
        ("/in/someone/messaging/thread/2-abc/", None),
    ],
)
def test_an_address_names_a_conversation_or_none(path: str, thread_id: str | None) -> None:
    """Only a thread's own address holds its id."""
    assert thread_id_in(path) == thread_id


def told_with(number: int, content: object, token: str | None = None) -> Messages:
    """Return what LinkedIn's server has told: one own message that shows this."""
    messages = Messages()
    entity = {
        "entityUrn": urn(number),
        "originToken": token,
        "sender": {"hostIdentityUrn": "urn:li:fsd_profile:ACoAAME"},
        "renderContent": content,
    }
    messages.learn(CONVERSATION, {"elements": [entity]})
    return messages


FILE: JsonObject = {"file": {"name": "a.pdf", "byteSize": 3}}
PICTURE: JsonObject = {"vectorImage": {"digitalmediaAsset": "urn:li:digitalmediaAsset:1"}}
QUOTE: JsonObject = {"repliedMessageContent": {"originalSenderUrn": "urn:li:fsd_profile:A"}}


@pytest.mark.parametrize(
    ("names", "content", "is_ours"),
    [
        ([], [], True),
        ([], [QUOTE], True),
        ([], None, True),
        ([], [FILE], False),
        (["a.pdf"], [FILE], True),
        (["a.pdf"], [PICTURE], True),
        (["a.pdf", "b.png"], [FILE, PICTURE], True),
        (["a.pdf"], [], False),
        (["a.pdf"], None, False),
        (["b.pdf"], [FILE], False),
        (["a.pdf"], [FILE, FILE], False),
        (["a.pdf", "b.pdf"], [FILE], False),
    ],
)
def test_the_same_words_with_other_files_are_another_message(
    names: list[str], content: object, *, is_ours: bool
) -> None:
    """Where files went along, the server has to tell that some did; pictures have no names."""
    baseline = {**KNOWN, **({"files": names} if names else {})}

    found = delivery_in([BEFORE, item(2)], told_with(2, content), TEXT, baseline)

    assert (found is not None) is is_ours


def test_a_token_proves_a_message_whatever_came_with_it() -> None:
    """It is made for one request, whose files were looked at before it left."""
    baseline = {**KNOWN, "origin_token": TOKEN, "files": ["a.pdf"]}

    found = delivery_in([BEFORE, item(2)], told_with(2, [], TOKEN), TEXT, baseline)

    assert found is not None
    assert found.by == "origin_token"
