"""Whose account a tab shows: nothing may be done for one member in another person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from executor.components.own_account import own_account_in
from executor.components.profile_ids import profile_ids_in
from executor.errors import OtherAccount

if TYPE_CHECKING:
    from executor.browser.guard import BodyCheck, RequestBody
    from executor.errors import ExecutorError, NotSent


class Identity:
    """What LinkedIn has told a tab's pages of the account, beside what it should be."""

    def __init__(self) -> None:
        self.told: str | None = None
        """The account's own profile id, as it was last told."""
        self._expected: str | None = None

    def expect(self, profile_id: str | None) -> None:
        """Forget what was told; from now on it should be this account, if one is known."""
        self.told, self._expected = None, profile_id

    @property
    def is_other(self) -> bool:
        """Whether another account was told than is expected."""
        return None not in {self.told, self._expected} and self.told != self._expected

    def require(self) -> None:
        """Raise `OtherAccount` if it is another account."""
        if self.is_other:
            raise OtherAccount

    def cause_of(self, stopped: NotSent) -> ExecutorError:
        """Return why a request was stopped: for a stranger's page, the task is not to blame."""
        return OtherAccount() if self.is_other else stopped.cause

    def learn(self, _url: str, answer: dict[str, Any]) -> None:
        """Take in what LinkedIn answers a page that asks who it is."""
        own = own_account_in(answer)
        if own is not None and own.profile_id is not None:
            self.told = own.profile_id

    def checked(self, check: BodyCheck) -> BodyCheck:
        """Return a check that first sees in whose name a request goes out."""

        def check_sender(body: RequestBody) -> str | None:
            # Messages name their sender's mailbox; a company's has no profile id.
            for owner in profile_ids_in(str(body.get("mailboxUrn", ""))):
                self.told = owner
            return "The page is another account's." if self.is_other else check(body)

        return check_sender
