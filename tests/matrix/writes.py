"""Flows that leave something behind; each is right when the ledger shows that, and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from executor.sandbox.people import Relation
from executor.sandbox.posts import Reaction
from tests.executor.office import JANE, STRANGER
from tests.matrix.flow import asked
from tests.matrix.judgement import Effect, judge, wrong

if TYPE_CHECKING:
    from tests.executor.office import Office
    from tests.matrix.flow import Played
    from tests.matrix.judgement import Judgement

POST = "urn:li:activity:7123456789012345678"
"""Jane's."""
GROUP = "12345678"
"""Account #1 is in it, and so is the stranger."""
TEXT = "Grüße 👋\nمرحبا, こんにちは"


def message(to: str) -> Played:
    """Write to a connection."""

    async def ask(office: Office) -> Judgement:
        task = await office.message(TEXT, to=to)
        sent = Effect(kind="message", recipient=to, text=TEXT)
        told = {"recipient_profile_id": to}
        return judge(task, await office.delivered(), effects=[sent], told=told)

    return asked(ask)


def message_with_files(to: str) -> Played:
    """Write to a connection, with a picture and a document."""
    files = (("写真.png", "image/png", b"PNG"), ("report.pdf", "application/pdf", b"%PDF"))

    async def ask(office: Office) -> Judgement:
        task = await office.perform(
            "send_message",
            recipient={"profile_id": to},
            message=TEXT,
            attachments=[await office.hand_in(*file) for file in files],
        )
        digests = tuple(sha256(content).hexdigest() for _, _, content in files)
        sent = Effect(kind="message", recipient=to, text=TEXT, files=digests)
        told = {"recipient_profile_id": to}
        return judge(task, await office.delivered(), effects=[sent], told=told)

    return asked(ask)


async def _inmail(office: Office) -> Judgement:
    await office.sandbox.client.change_account(1, premium=True)
    task = await office.perform(
        "send_inmail", recipient={"profile_id": STRANGER}, subject="Grüße", message=TEXT
    )
    sent = Effect(kind="message", recipient=STRANGER, text=TEXT)
    told = {"recipient_profile_id": STRANGER, "credits_left": 149}
    ledger = await office.delivered()
    if any(each.subject != "Grüße" for each in ledger):
        return wrong(f"subject: {[each.subject for each in ledger]}")
    return judge(task, ledger, effects=[sent], told=told)


async def _group_message(office: Office) -> Judgement:
    task = await office.perform(
        "send_group_message",
        recipient={"profile_id": STRANGER},
        group_id=GROUP,
        message=TEXT,
    )
    sent = Effect(kind="message", recipient=STRANGER, text=TEXT)
    told = {"recipient_profile_id": STRANGER, "group_id": GROUP}
    ledger = await office.delivered()
    if any(each.group != GROUP for each in ledger):
        return wrong(f"groups: {[each.group for each in ledger]}")
    return judge(task, ledger, effects=[sent], told=told)


def invitation(note: str | None = None) -> Played:
    """Invite somebody."""

    async def ask(office: Office) -> Judgement:
        task = await office.invite(note=note)
        sent = Effect(kind="invitation", recipient=STRANGER, text=note)
        told = {"invitee_profile_id": STRANGER}
        return judge(task, await office.delivered(), effects=[sent], told=told)

    return asked(ask)


def answer(said: str) -> Played:
    """Accept or ignore somebody's invitation."""

    async def ask(office: Office) -> Judgement:
        await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING)
        task = await office.answer(said)
        kind = {"accept": "acceptance", "ignore": "ignoring"}[said]
        given = Effect(kind=kind, recipient=STRANGER)
        told = {"inviter_profile_id": STRANGER, "answer": said, "already_connected": False}
        return judge(task, await office.delivered(), effects=[given], told=told)

    return asked(ask)


def following(action: str) -> Played:
    """Follow somebody who can only be followed, or stop it."""

    async def ask(office: Office) -> Judgement:
        await office.sandbox.client.set_relation(STRANGER, Relation.FOLLOW_ONLY)
        await office.sandbox.client.follow(STRANGER, following=action == "unfollow")
        task = await office.follow(action)
        done = Effect(kind=action, recipient=STRANGER)
        told = {"member_profile_id": STRANGER, "action": action, "changed": True}
        return judge(task, await office.delivered(), effects=[done], told=told)

    return asked(ask)


async def _withdraw(office: Office) -> Judgement:
    await office.sandbox.client.set_relation(STRANGER, Relation.PENDING)
    task = await office.withdraw()
    withdrawn = Effect(kind="withdrawal", recipient=STRANGER)
    told = {"invitee_profile_id": STRANGER}
    return judge(task, await office.delivered(), effects=[withdrawn], told=told)


async def _like(office: Office) -> Judgement:
    task = await office.like(POST)
    given = Effect(kind="reaction", recipient=JANE, post=POST, reaction=Reaction.LIKE)
    told = {"post_urn": POST, "reaction": "like", "already_liked": False}
    return judge(task, await office.delivered(), effects=[given], told=told)


async def _celebrate(office: Office) -> Judgement:
    task = await office.like(POST, "praise")
    given = Effect(kind="reaction", recipient=JANE, post=POST, reaction=Reaction.PRAISE)
    told = {"post_urn": POST, "reaction": "praise", "already_liked": False}
    return judge(task, await office.delivered(), effects=[given], told=told)


async def _unlike(office: Office) -> Judgement:
    await office.sandbox.client.react(POST, Reaction.LIKE)
    task = await office.unlike(POST)
    taken = Effect(kind="unreaction", recipient=JANE, post=POST, reaction=Reaction.LIKE)
    told = {"post_urn": POST, "was_liked": True}
    return judge(task, await office.delivered(), effects=[taken], told=told)


async def _comment(office: Office) -> Judgement:
    task = await office.comment(POST, TEXT)
    written = Effect(kind="comment", recipient=JANE, text=TEXT, post=POST)
    return judge(task, await office.delivered(), effects=[written], told={"post_urn": POST})


withdrawal = asked(_withdraw)
like = asked(_like)
celebration = asked(_celebrate)
unlike = asked(_unlike)
comment = asked(_comment)
inmail = asked(_inmail)
group_message = asked(_group_message)
