"""Learning of messages from what LinkedIn's server answers to its own page."""

from __future__ import annotations

from typing import Any

import pytest

from executor.components.messages import Messages
from executor.components.participants import Participants
from executor.components.profile_ids import named_in, profile_ids_in
from tests.unit.test_participants import ADA, CONVERSATION, ME, messages_url, profile

TOKEN = "5f0c2d6e-0000-4000-8000-000000000000"
URN = f"urn:li:msg_message:({profile(ME)},2-one==)"


def message(**changes: Any) -> dict[str, Any]:
    """Return a message as an answer holds it."""
    return {
        "entityUrn": URN,
        "originToken": TOKEN,
        "sender": {"hostIdentityUrn": profile(ME)},
        "body": {"text": "Hello"},
        **changes,
    }


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"messengerMessagesBySyncToken": {"elements": [message()]}}},
        {
            "data": {"data": {"messengerMessagesBySyncToken": {"*elements": [URN]}}},
            "included": [
                message(
                    sender=None, **{"*sender": f"urn:li:msg_messagingParticipant:{profile(ME)}"}
                )
            ],
        },
    ],
    ids=["nested", "normalised"],
)
def test_messages_are_read_from_both_shapes(answer: object) -> None:
    """An own message is found by the token that its page had made."""
    participants = Participants()
    participants.learn_from_messages(messages_url(), answer)

    found = participants.messages.sent_as(TOKEN)

    assert found is not None
    assert (found.urn, found.conversation_urn, found.is_own) == (URN, CONVERSATION, True)
    assert participants.messages.get(URN) == found


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": {"hostIdentityUrn": profile(ADA)}},
        {"sender": None},
        {"originToken": None},
        {"originToken": 5},
        {"entityUrn": f"urn:li:msg_message:({profile(ME)},{TOKEN})"},
        {"entityUrn": None},
    ],
    ids=["the other's", "nobody's", "no token", "no text", "placeholder", "no urn"],
)
def test_only_own_stored_messages_with_this_token_count(changes: dict[str, Any]) -> None:
    """Anything less is not proof."""
    messages = Messages()
    messages.learn(CONVERSATION, [message(**changes)])

    assert messages.sent_as(TOKEN) is None


def test_a_quotation_does_not_take_a_message_s_token_away() -> None:
    """Answers repeat messages in part, where others refer to them."""
    messages = Messages()
    messages.learn(CONVERSATION, [message(), {"quoted": {"entityUrn": URN}}])

    assert messages.sent_as(TOKEN) is not None


def test_old_messages_are_forgotten() -> None:
    """A tab lives for days; the newest some thousands are enough."""
    messages = Messages()
    messages.learn(CONVERSATION, [message()])
    later = [message(entityUrn=f"{URN[:-1]}{number})", originToken=None) for number in range(2000)]
    messages.learn(CONVERSATION, later)

    assert messages.sent_as(TOKEN) is None
    assert messages.get(later[0]["entityUrn"]) is not None


def test_ids_are_read_out_of_urns() -> None:
    """Both of LinkedIn's names for a profile count, in their order."""
    assert profile_ids_in(f"({profile(ME)},urn:li:fs_miniProfile:{ADA})") == [ME, ADA]


@pytest.mark.parametrize(
    ("href", "who"),
    [
        (f"/in/{ADA}", ADA),
        ("https://www.linkedin.com/in/dieter-k%C3%B6nig/?isSelfProfile=false", "dieter-könig"),
        ("/company/in/", ""),
        ("/in/", ""),
        (None, ""),
    ],
)
def test_links_name_a_profile_or_none(href: str | None, who: str) -> None:
    """The part behind `/in/`, decoded."""
    assert named_in(href) == who
