"""What LinkedIn's server agrees to do, and the codes with which it refuses."""

import uuid
from datetime import UTC, datetime
from typing import Literal

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.events import (
    Event,
    FollowCreated,
    FollowDeleted,
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
INMAIL = 1_900
SUBJECT = 200


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


def inmail_terms(
    world: World, account: Account, person: Person
) -> Literal["credit", "free"] | None:
    """Tell what an InMail to *person* costs; None where there is no box for one."""
    if person.gone or person.id == account.profile:
        return None
    if person.messaging == "inmail_free":
        return "free"
    if person.messaging == "inmail":
        return "credit"
    offered = account.premium and person.messaging == "composer"
    return "credit" if offered and not may_message(world, account, person) else None


def message(
    world: World,
    account: Account,
    *,
    conversation: str | None,
    recipients: list[str],
    text: str,
    origin_token: str | None,
    subject: str | None = None,
    group: str | None = None,
    files: tuple[SentFile, ...] = (),
) -> MessageDelivered:
    """Check a message as LinkedIn would, and make the delivery that is to be recorded.

    Args:
        conversation: URN of an existing conversation, or None to begin one.
        recipients: Profile URNs; exactly one when a conversation is begun.
        subject: What an InMail's box sends, though it may be empty; None for other messages.
        group: Number of the group from whose list of members the message is written.

    Raises:
        RefusedError: 400 for what makes no sense, 403 for people who cannot be written to.
    """
    if not (text.strip() or files) or len(text) > MESSAGE or _has_lone_surrogate(text):
        raise RefusedError(400)
    thread_id, person = _destination(world, account, conversation, recipients)
    credits_ = 0
    if subject is not None:
        thread_id = ids.thread_id(str(uuid.uuid4()))
        credits_ = _inmail_cost(world, account, person, subject=subject, text=text)
    elif not (
        may_message(world, account, person)
        or _share(world, account, person, group)
        or _has_answered(world, account, thread_id, person)
    ):
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
        subject=subject,
        credits=credits_,
        group=group,
        files=files,
    )


def _inmail_cost(world: World, account: Account, person: Person, *, subject: str, text: str) -> int:
    terms = inmail_terms(world, account, person)
    if terms is None or (terms == "credit" and world.limits(account).inmail_credits < 1):
        raise RefusedError(403)
    if len(subject) > SUBJECT or len(text) > INMAIL:
        raise RefusedError(400)
    return 1 if terms == "credit" else 0


def _has_answered(world: World, account: Account, thread_id: str, person: Person) -> bool:
    """Tell whether *person* has written into a conversation, which opens it for both."""
    thread = world.thread(account, thread_id)
    written = thread.messages if thread is not None else ()
    return not person.gone and any(each.sender == person.id for each in written)


def _share(world: World, account: Account, person: Person, group: str | None) -> bool:
    """Tell whether both are members of the group."""
    known = world.groups.get(group) if group is not None else None
    if known is None or person.gone:
        return False
    return {account.profile, person.id} <= {*known.members}


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


def following(
    account: Account, person: Person | None, *, wanted: bool
) -> FollowCreated | FollowDeleted:
    """Make a follow, or its end; one that is there already is made once more.

    Raises:
        RefusedError: 405 for those who cannot be followed (2026-09).
    """
    if person is None or person.gone or person.id == account.profile:
        raise RefusedError(405)
    kind = FollowCreated if wanted else FollowDeleted
    return kind(account=account.id, recipient=person.id)


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
