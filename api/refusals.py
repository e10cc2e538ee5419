"""Why a request is not carried out. No HTTP here: `api.errors` knows the status numbers.

    Refusal
    ├── MissingKey              send an API key
    ├── UnknownKey              use a key that exists and has not been revoked
    ├── ForeignOrigin           ask from a program, not from a web page
    ├── ReadOnlyKey             use a key that may create tasks
    ├── NoActiveSession         sign a member of the team in to LinkedIn
    ├── NoAdmin                 make a member of the team its admin
    ├── TaskTypeOnHold          wait until LinkedIn's limit is over
    ├── QuotaReached            wait until there is room for one more
    ├── AccountNotFound         name an account of your own team
    ├── IdempotencyKeyInvalid   send another key, or none
    ├── IdempotencyKeyInFlight  wait for the answer to the first request
    ├── IdempotencyKeyReused    send another key with another request
    ├── AskedForElsewhere       send a key of its own if both are meant
    ├── TaskNotFound            ask for a task of your own team
    ├── TooManyStreams          end a stream, or wait until somebody has
    ├── WebhookNotFound         ask for a webhook of your own team
    ├── WebhookDisabled         switch the webhook on
    ├── DeliveryNotFound        ask for a delivery of your own team
    ├── TooManyWebhooks         remove one
    ├── TaskStarted             wait until the task has ended
    ├── TaskEnded               leave it: nothing can be withdrawn any more
    ├── BodyTooLarge            send less
    ├── NotSignedIn             sign in to the dashboard
    ├── DashboardIsLocal        open it on this machine, or have it served to others
    ├── ForeignForm             send the form from the dashboard's own page
    ├── TooManySignIns          wait before trying another key
    ├── TooManyUploads          wait until some of the team's files have expired
    ├── NotJsonContent          send JSON, and say so
    ├── MalformedJson           repair the body's syntax
    ├── NotAJsonObject          send an object
    ├── InvalidField            repair the field that the text names
    ├── UnknownPath             ask for a path that exists
    ├── MethodNotAllowed        use a method that the path has
    ├── TemporarilyUnavailable  try again in a moment
    └── Unexpected              report it, with the request id

Each class's docstring is its default text; a dialect may have words of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime


class Refusal(Exception):
    """The request is refused."""

    code: ClassVar[str]
    """Stable and machine-readable, for the dialects that show one."""
    retry_safe: ClassVar[bool] = True
    """Whether asking again cannot make the effect happen twice: nothing has been accepted."""

    def __init__(self, text: str | None = None) -> None:
        super().__init__(text or (self.__doc__ or "").strip())
        self.headers: dict[str, str] = {}
        """What the answer says beside its body, such as how much of a quota is left."""


class MissingKey(Refusal):
    """The request carries no API key."""

    code = "missing_key"


class UnknownKey(Refusal):
    """The API key is unknown or has been revoked."""

    code = "invalid_key"


class ForeignOrigin(Refusal):
    """Requests from web pages are not accepted here."""

    code = "foreign_origin"


class ReadOnlyKey(Refusal):
    """This API key may only read tasks."""

    code = "read_only_key"


class NoActiveSession(Refusal):
    """No member of the team has a LinkedIn session that was verified recently enough."""

    code = "no_active_session"


class NoAdmin(Refusal):
    """The team has no admin whose account could act."""

    code = "no_admin"


class TaskTypeOnHold(Refusal):
    """LinkedIn has announced that its own limit for this kind of task is reached."""

    code = "on_hold"

    def __init__(self, *, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
        """From now until it may be tried again, rounded up; at least 1."""


class QuotaReached(Refusal):
    """The account has done as much of this as it may for now."""

    code = "quota_reached"

    def __init__(self, text: str, *, seconds: int, held_until: datetime | None = None) -> None:
        super().__init__(text)
        self.seconds = seconds
        """From now until there is room for one more, rounded up; at least 1."""
        self.held_until = held_until
        """Until when LinkedIn itself takes no more of this."""


class AccountNotFound(Refusal):
    """The team has no account with this id."""

    code = "account_not_found"


class IdempotencyKeyInvalid(Refusal):
    """An Idempotency-Key is 1 to 255 visible ASCII characters, given once."""

    code = "idempotency_key_invalid"


class IdempotencyKeyInFlight(Refusal):
    """The first request with this Idempotency-Key is still being processed."""

    code = "idempotency_key_in_flight"


class IdempotencyKeyReused(Refusal):
    """This Idempotency-Key was used for another request."""

    code = "idempotency_key_reused"


class AskedForElsewhere(Refusal):
    """The same words to the same person were asked for in another conversation, group or inbox."""

    code = "asked_for_elsewhere"


class TaskNotFound(Refusal):
    """There is no such task in this team."""

    code = "task_not_found"


class TaskStarted(Refusal):
    """The task has been started and cannot be withdrawn any more."""

    code = "task_started"


class TaskEnded(Refusal):
    """The task has ended."""

    code = "task_ended"


class WebhookNotFound(Refusal):
    """There is no such webhook in this team."""

    code = "webhook_not_found"


class WebhookDisabled(Refusal):
    """The webhook is switched off."""

    code = "webhook_disabled"


class DeliveryNotFound(Refusal):
    """There is no such delivery in this team."""

    code = "delivery_not_found"


class TooManyWebhooks(Refusal):
    """The team has as many webhooks as it may."""

    code = "too_many_webhooks"


class BodyTooLarge(Refusal):
    """The request body is too large."""

    code = "body_too_large"


class NotSignedIn(Refusal):
    """Nobody is signed in to the dashboard here."""

    code = "not_signed_in"


class DashboardIsLocal(Refusal):
    """The dashboard is served to the machine that it runs on, and to no other."""

    code = "dashboard_is_local"


class ForeignForm(Refusal):
    """The form was not sent from the dashboard's own page; open the page anew and try again."""

    code = "foreign_form"


class TooManySignIns(Refusal):
    """Too many sign-ins have failed; wait before the next one."""

    code = "too_many_sign_ins"

    def __init__(self, *, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
        """After which there is room for one more."""


class TooManyUploads(Refusal):
    """The team has as many files stored as it may; they are removed once they have expired."""

    code = "too_many_uploads"


class TooManyStreams(Refusal):
    """As many streams are open as there may be; try again shortly."""

    code = "too_many_streams"


class NotJsonContent(Refusal):
    """The request body is not declared as JSON."""

    code = "not_json"


class MalformedJson(Refusal):
    """The request body is not valid JSON."""

    code = "malformed_json"


class NotAJsonObject(Refusal):
    """The request body is not a JSON object."""

    code = "not_an_object"


class InvalidField(Refusal):
    """A field is missing or invalid."""

    code = "invalid_field"


class UnknownPath(Refusal):
    """There is nothing at this path."""

    code = "not_found"


class MethodNotAllowed(Refusal):
    """This path does not have that method."""

    code = "method_not_allowed"

    def __init__(self, *, allowed: str) -> None:
        super().__init__()
        self.allowed = allowed
        """The methods that the path has, as in an `Allow` header."""


class TemporarilyUnavailable(Refusal):
    """The service cannot be used at the moment; try again shortly."""

    code = "unavailable"
    # The store may have failed after it had accepted.
    retry_safe = False


class Unexpected(Refusal):
    """Something went wrong inside; the log has it under the request id."""

    code = "internal"
    retry_safe = False
