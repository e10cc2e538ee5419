"""What LinkedIn's server agrees to do, and the codes with which it refuses."""

import uuid
from datetime import UTC, datetime

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.events import (
    Event,
    InvitationAccepted,
    InvitationDelivered,
    InvitationIgnored,
    InvitationWithdrawn,
    MessageDelivered,
    TiePut,
)
from executor.sandbox.files import SentFile
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.world import World

FREE_NOTE = 200
PREMIUM_NOTE = 300
MESSAGE = 10_000


class RefusedError(Exception):
    """LinkedIn's server said no.

    Args:
        status: HTTP status of the answer.
        code: The code in its body, when LinkedIn gives one.
    """

    def __init__(self, status: int, code: str | None = None) -> None:
        super().__init__(f"{status} {code or ''}".strip())
        self.status = status
        self.code = code


def note_limit(account: Account) -> int:
    return PREMIUM_NOTE if account.premium else FREE_NOTE


def may_message(world: World, account: Account, person: Person) -> bool:
    """Tell whether a direct message to *person* would be accepted."""
    if person.gone or person.messaging == "notice" or person.id == account.profile:
        return False
    connected = world.tie(account, person).relation is Relation.CONNECTED
    return connected or person.open_profile or world.thread_with(account, person.id) is not None


def message(
    world: World,
    account: Account,
    *,
    conversation: str | None,
    recipients: list[str],
    text: str,
    origin_token: str | None,
    files: tuple[SentFile, ...] = (),
) -> MessageDelivered:
    """Check a message as LinkedIn would, and make the delivery that is to be recorded.

    Args:
        conversation: URN of an existing conversation, or None to begin one.
        recipients: Profile URNs; exactly one when a conversation is begun.

    Raises:
        RefusedError: 400 for what makes no sense, 403 for people who cannot be written to.
    """
    if not (text.strip() or files) or len(text) > MESSAGE or _has_lone_surrogate(text):
        raise RefusedError(400)
    thread_id, person = _destination(world, account, conversation, recipients)
    if not may_message(world, account, person):
        raise RefusedError(403)
    now = datetime.now(UTC)
    return MessageDelivered(
        at=now,
        account=account.id,
        recipient=person.id,
        thread=thread_id,
        message=ids.message_id(int(now.timestamp() * 1000), str(uuid.uuid4())),
        text=text,
        origin_token=origin_token,
        files=files,
    )


def _destination(
    world: World, account: Account, conversation: str | None, recipients: list[str]
) -> tuple[str, Person]:
    if conversation is not None:
        for thread in world.mailbox(account):
            if ids.conversation_urn(account.profile, thread.id) == conversation:
                return thread.id, world.people[thread.person]
        raise RefusedError(403)
    if len(recipients) != 1:
        raise RefusedError(400)
    person = world.people.get(ids.profile_of(recipients[0]) or "")
    if person is None:
        raise RefusedError(400)
    known = world.thread_with(account, person.id)
    return (known.id if known else ids.thread_id(str(uuid.uuid4()))), person


def _has_lone_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def invitation(
    world: World, account: Account, person: Person, *, note: str | None, email: str | None = None
) -> InvitationDelivered:
    """Check an invitation as LinkedIn would, and make the delivery that is to be recorded.

    Raises:
        RefusedError: With the codes of `verifyQuotaAndCreateV2`.
    """
    limits = world.limits(account)
    relation = world.tie(account, person).relation
    if person.gone or person.id == account.profile:
        raise RefusedError(404)
    if relation is Relation.PENDING:
        raise RefusedError(400, "ALREADY_INVITED")
    if relation is Relation.BLOCKED_REINVITE:
        raise RefusedError(400, "CANT_RESEND_YET")
    if relation is not Relation.CONNECTABLE:
        raise RefusedError(406)
    if limits.too_many_pending:
        raise RefusedError(403, "TOO_MANY_PENDING_INVITATIONS")
    if limits.weekly_invitations_left <= 0:
        raise RefusedError(400, "CANT_INVITE_CONNECTION_LIMIT_REACHED")
    if person.email_required and email != person.email:
        raise RefusedError(400, "PRIMARY_HANDLE_NOT_CONFIRMED")
    if note and (len(note) > note_limit(account) or _has_lone_surrogate(note)):
        raise RefusedError(400)
    if note and not account.premium and limits.personal_notes_left <= 0:
        raise RefusedError(400)
    return InvitationDelivered(
        account=account.id,
        recipient=person.id,
        invitation=ids.invitation_id(str(uuid.uuid4())),
        note=note or None,
    )


def withdrawal(world: World, account: Account, invitation: str) -> InvitationWithdrawn:
    """Make the withdrawal of the account's own open invitation."""
    person = _partner(world, account, invitation, Relation.PENDING)
    return InvitationWithdrawn(account=account.id, recipient=person.id, invitation=invitation)


def reply(
    world: World, account: Account, invitation: str, *, accept: bool
) -> InvitationAccepted | InvitationIgnored:
    """Make the answer to an invitation that the account received."""
    person = _partner(world, account, invitation, Relation.INCOMING)
    kind = InvitationAccepted if accept else InvitationIgnored
    return kind(account=account.id, recipient=person.id, invitation=invitation)


def _partner(world: World, account: Account, invitation: str, relation: Relation) -> Person:
    for person, tie in world.related(account, relation):
        if tie.invitation == invitation:
            return person
    raise RefusedError(404)


def disconnection(account: Account, person: Person) -> Event:
    """Make the end of a connection, which leaves the other connectable."""
    return TiePut(
        account=account.id,
        person=person.id,
        tie=Tie(relation=Relation.CONNECTABLE, since=datetime.now(UTC), before=Relation.CONNECTED),
    )
