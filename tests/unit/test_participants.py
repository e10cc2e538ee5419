"""Learning whose a conversation is from what LinkedIn answers to its own page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from executor.components.participants import Participants, asks_for_changes

ME, ADA, BOB = "ACoAAME", "ACoAADA", "ACoABOB"
CONVERSATION = f"urn:li:msg_conversation:(urn:li:fsd_profile:{ME},2-abc==)"


def profile(profile_id: str) -> str:
    return f"urn:li:fsd_profile:{profile_id}"


def messages_url(conversation: str = CONVERSATION) -> str:
    return (
        "https://www.linkedin.com/voyager/api/voyagerMessagingGraphQL/graphql"
        "?queryId=messengerMessages.1a2b"
        f"&variables=(conversationUrn:{quote(conversation, safe='')})"
    )


def test_changes_are_asked_for_by_the_answer_before_them() -> None:
    """Few of them say nothing about where a conversation begins."""
    whole = messages_url()
    changes = whole.removesuffix(")") + ",syncToken:ab12)"

    assert [asks_for_changes(url) for url in (whole, changes)] == [False, True]


@pytest.mark.parametrize(
    "answer",
    [
        {
            "data": {
                "messengerConversationsByCategoryQuery": {
                    "elements": [
                        {
                            "entityUrn": CONVERSATION,
                            "conversationParticipants": [
                                {"hostIdentityUrn": profile(ME)},
                                {"hostIdentityUrn": profile(ADA)},
                            ],
                        }
                    ]
                }
            }
        },
        {
            "included": [
                {
                    "entityUrn": CONVERSATION,
                    "*conversationParticipants": [
                        f"urn:li:msg_messagingParticipant:{profile(each)}" for each in (ME, ADA)
                    ],
                }
            ]
        },
    ],
    ids=["nested", "normalised"],
)
def test_participants_are_read_from_both_shapes_of_the_list(answer: object) -> None:
    """Everybody but the mailbox's owner counts, whichever way LinkedIn writes it."""
    participants = Participants()
    participants.learn_conversations("", answer)

    assert participants.others_in(CONVERSATION) == frozenset({ADA})


def test_a_group_has_several_others() -> None:
    """A conversation with two others is nobody's alone."""
    participants = Participants()
    who = [{"hostIdentityUrn": profile(each)} for each in (ME, ADA, BOB)]
    participants.learn_conversations(
        "", {"entityUrn": CONVERSATION, "conversationParticipants": who}
    )

    assert participants.others_in(CONVERSATION) == frozenset({ADA, BOB})


def test_senders_tell_whose_an_unlisted_conversation_is() -> None:
    """The other side's messages carry their sender's id."""
    participants = Participants()
    answer = {"elements": [{"sender": {"hostIdentityUrn": profile(each)}} for each in (ADA, ME)]}
    participants.learn_from_messages(messages_url(), answer)

    assert participants.others_in(CONVERSATION) == frozenset({ADA})


def test_own_messages_alone_tell_nothing() -> None:
    """Whoever they went to is not in them."""
    participants = Participants()
    answer = {"elements": [{"sender": {"hostIdentityUrn": profile(ME)}}]}
    participants.learn_from_messages(messages_url(), answer)

    assert participants.others_in(CONVERSATION) is None


def test_the_list_is_not_overruled_by_senders() -> None:
    """Who has left a conversation may still stand in its history."""
    participants = Participants()
    who = [{"hostIdentityUrn": profile(each)} for each in (ME, ADA)]
    participants.learn_conversations(
        "", {"entityUrn": CONVERSATION, "conversationParticipants": who}
    )
    answer = {"elements": [{"sender": {"hostIdentityUrn": profile(BOB)}}]}
    participants.learn_from_messages(messages_url(), answer)

    assert participants.others_in(CONVERSATION) == frozenset({ADA})


@pytest.mark.parametrize(
    "answer", [None, [], {}, "text", {"entityUrn": 5}, {"entityUrn": CONVERSATION}]
)
def test_answers_that_hold_nothing_teach_nothing(answer: object) -> None:
    """Unexpected shapes are passed over."""
    participants = Participants()
    participants.learn_conversations("", answer)
    participants.learn_from_messages("https://www.linkedin.com/", answer)

    assert participants.others_in(CONVERSATION) is None
