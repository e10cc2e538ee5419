"""Telling from LinkedIn's answer whether it refused, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from executor.browser.call import Answer

_BY_CODE: dict[str, type[ExecutorError]] = {
    "ALREADY_INVITED": AlreadyPending,
    "CANT_RESEND_YET": ReinviteBlocked,
    "CANT_INVITE_CONNECTION_LIMIT_REACHED": InvitationLimitReached,
    "MAX_INVITATION_SENT": InvitationLimitReached,
    "TOO_MANY_PENDING_INVITATIONS": InvitationLimitReached,
    "ACCOUNT_RESTRICTED": AccountRestricted,
}
"""Codes that LinkedIn's server gives (2026)."""

_BY_STATUS: dict[int, type[ExecutorError]] = {
    401: SignedOut,
    429: RateLimited,
    999: RateLimited,
}

_CREATED = 201
_WITHOUT_WORDS = 204

_UNCLEAR = {408, 425}
"""Client errors that do not say whether the request was carried out."""


def is_accepted(answer: Answer) -> bool:
    """Tell whether the server says that it did what the page asked for.

    A 200 may carry an `errors` array (2026), and that means a failure.
    """
    denied = answer.body.get("errors") or "challenge_id" in answer.body or _code_of(answer)
    return answer.status in {200, 201} and not denied


def tells_success(answer: Answer) -> bool:
    """Tell whether an answer proves the deed by itself.

    Of a 200 without words nobody knows whether it carried an error: the page may have moved on and
    taken the body along, and React's answers cannot be read.
    """
    return is_accepted(answer) and (answer.status == _CREATED or bool(answer.body))


def tells_success_of_action(answer: Answer) -> bool:
    """Tell the same of an action on a message, which is granted without words (2026)."""
    return answer.status == _WITHOUT_WORDS or (is_accepted(answer) and answer.was_read)


def raise_if_refused(answer: Answer) -> None:
    """Raise `NotSent` when the server says that it did not do it; unclear answers pass."""
    code = _code_of(answer)
    is_client_error = 400 <= answer.status < 500 and answer.status not in _UNCLEAR  # noqa: PLR2004 - the class of statuses
    if not is_client_error and answer.status not in _BY_STATUS and code not in _BY_CODE:
        return
    if "challenge_id" in answer.body:
        raise NotSent(Challenged())
    error = _BY_CODE.get(code or "") or _BY_STATUS.get(answer.status)
    if error is not None:
        raise NotSent(error())
    reason = f"status {answer.status}" + (f" and code {code}" if code else "")
    raise NotSent(Refused(f"LinkedIn refused with {reason}."))


def _code_of(answer: Answer) -> str | None:
    data = answer.body.get("data")
    code = answer.body.get("code") or (data.get("code") if isinstance(data, dict) else None)
    return code if isinstance(code, str) else None
