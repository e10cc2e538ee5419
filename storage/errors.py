"""What can go wrong between the program and its store.

StoreError
├── LeaseLost           stop acting on this account: another runner owns it now
├── SentBefore          do not send: another task has, or may have
├── SentElsewhere       the same content was asked for in another place
├── OnHold              a limit keeps the account from this kind of work for now
├── TransitionRefused   the task is no longer in the state this change starts from
├── StoreUnavailable    the database cannot be read or written at the moment
├── SchemaTooNew        the database was written by a newer release
├── SecretUnreadable    stored session state does not open with this key
├── NoNewKey            put a new encryption key before the present one
├── KeyReused           the idempotency key came with another request before
├── UploadUnusable      a file that a task names is not here, or is another one
├── NoRoom              the team has as many files or webhooks here as it may
└── Duplicate           something with this identity exists already
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.limits import Hold
    from storage.tasks import Task


class StoreError(Exception):
    """The store refused."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or (self.__doc__ or "").strip())


class LeaseLost(StoreError):
    """The lease on this account has expired or passed to another runner."""


class TransitionRefused(StoreError):
    """The task is not in a state from which this change is allowed."""


class SentBefore(StoreError):
    """Another task has sent the same words to the same person, or may have."""

    def __init__(self, earlier: Task) -> None:
        super().__init__()
        self.earlier = earlier


class SentElsewhere(StoreError):
    """A task with this content stands already, and its outcome would not answer the request."""

    def __init__(self, earlier: Task) -> None:
        super().__init__()
        self.earlier = earlier


class OnHold(StoreError):
    """The account, or its work of this type, is on hold for a reason that was asked for."""

    def __init__(self, hold: Hold) -> None:
        super().__init__()
        self.hold = hold


class StoreUnavailable(StoreError):
    """The database cannot be used at the moment."""


class SchemaTooNew(StoreError):
    """The database was written by a newer release of linkedin-executor."""


class SecretUnreadable(StoreError):
    """Stored session state, or a webhook's secret, cannot be decrypted with the configured key."""


class NoNewKey(StoreError):
    """LINKEDIN_EXECUTOR_ENCRYPTION_KEY holds one key; put a new one and a space before it."""


class Duplicate(StoreError):
    """An entry with this identity exists already."""


class KeyReused(StoreError):
    """This idempotency key was used for another request."""


class UploadUnusable(StoreError):
    """A file is unknown, expired, another account's, or not what it is said to be."""


class NoRoom(StoreError):
    """The team has as many files, as many bytes in files, or as many webhooks, as it may."""
