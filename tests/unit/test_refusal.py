"""What LinkedIn's answers prove: done, refused, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from executor.browser.call import Answer
from executor.components.refusal import (
    is_accepted,
    raise_if_refused,
    tells_success,
    tells_success_of_action,
)
from executor.errors import (
    AccountRestricted,
    AlreadyPending,
    Challenged,
    ExecutorError,
    InvitationLimitReached,
    NotSent,
    RateLimited,
    Refused,
    ReinviteBlocked,
    SignedOut,
)


def answer(status: int, **body: Any) -> Answer:
    return Answer(status=status, body=body)


@pytest.mark.parametrize(
    "given",
    [
        answer(200),
        answer(201),
        answer(200, value={"entityUrn": "urn:li:msg_message:(x,2-y)"}),
        answer(200, data={"*value": "urn:li:msg_message:(x,2-y)"}),
        answer(200, errors=[]),
        answer(200, data=[]),
        answer(200, code=0),
    ],
)
def test_a_plain_success_is_accepted(given: Answer) -> None:
    """A 200 or 201 without anything that denies it means that LinkedIn took it."""
    raise_if_refused(given)

    assert is_accepted(given)


@pytest.mark.parametrize(
    ("given", "proves", "proves_action"),
    [
        (answer(200), False, True),
        (replace(answer(200), was_read=False), False, False),
        (answer(201), True, True),
        (answer(200, value={}), True, True),
        (answer(200, errors=[{"message": "not allowed"}]), False, False),
        (answer(204), False, True),
        (answer(500), False, False),
    ],
)
def test_a_success_without_words_proves_nothing(
    given: Answer, *, proves: bool, proves_action: bool
) -> None:
    """Its body may have held an error, and have gone with the page."""
    assert (tells_success(given), tells_success_of_action(given)) == (proves, proves_action)


@pytest.mark.parametrize(
    "given",
    [
        answer(200, errors=[{"message": "not allowed"}]),
        answer(200, code="SOMETHING_NEW"),
        answer(200, data={"code": "SOMETHING_NEW"}),
        answer(200, challenge_id="AgH"),
        answer(202),
        answer(204),
        answer(302),
        answer(408),
        answer(408, code="REQUEST_TIMEOUT"),
        answer(425),
        answer(500),
        answer(500, code="INTERNAL_ERROR"),
        answer(502),
        answer(503, data={"code": "SERVICE_UNAVAILABLE"}),
        answer(504),
    ],
)
def test_an_unclear_answer_proves_nothing(given: Answer) -> None:
    """What does not say whether it was carried out is neither success nor refusal."""
    raise_if_refused(given)

    assert not is_accepted(given)


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (answer(400, code="ALREADY_INVITED"), AlreadyPending),
        (answer(400, code="CANT_RESEND_YET"), ReinviteBlocked),
        (answer(400, code="CANT_INVITE_CONNECTION_LIMIT_REACHED"), InvitationLimitReached),
        (answer(400, code="MAX_INVITATION_SENT"), InvitationLimitReached),
        (answer(403, code="TOO_MANY_PENDING_INVITATIONS"), InvitationLimitReached),
        (answer(403, code="ACCOUNT_RESTRICTED"), AccountRestricted),
        (answer(400, data={"code": "CANT_RESEND_YET"}), ReinviteBlocked),
        (answer(200, data={"code": "ALREADY_INVITED"}), AlreadyPending),
        (answer(403, challenge_id="AgH"), Challenged),
        (answer(403, challenge_id="AgH", code="ACCOUNT_RESTRICTED"), Challenged),
        (answer(401), SignedOut),
        (answer(429), RateLimited),
        (answer(429, message="Resource level throttle limit"), RateLimited),
        (answer(999), RateLimited),
        (answer(400), Refused),
        (answer(403), Refused),
        (answer(406), Refused),
        (answer(409), Refused),
        (answer(422), Refused),
        (answer(400, code="PRIMARY_HANDLE_NOT_CONFIRMED"), Refused),
    ],
)
def test_a_refusal_is_proof_that_nothing_was_sent(
    given: Answer, cause: type[ExecutorError]
) -> None:
    """Known codes and the client errors say that it was not done, and why."""
    with pytest.raises(NotSent) as caught:
        raise_if_refused(given)

    assert cause is type(caught.value.cause)
    assert not is_accepted(given)


def test_an_unknown_refusal_names_status_and_code() -> None:
    """A refusal for an unknown reason says what a person can look up."""
    with pytest.raises(NotSent, match="status 400 and code PRIMARY_HANDLE_NOT_CONFIRMED"):
        raise_if_refused(answer(400, code="PRIMARY_HANDLE_NOT_CONFIRMED"))


def test_a_refusal_never_quotes_the_answer() -> None:
    """LinkedIn's own words may hold message text, so they stay out of our message."""
    with pytest.raises(NotSent) as caught:
        raise_if_refused(answer(422, message="Dear Ada, my secret", errors=["Dear Ada"]))

    assert "Ada" not in caught.value.message
