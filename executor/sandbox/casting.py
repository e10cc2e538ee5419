"""What a test says to the control API to people the world."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from executor.sandbox import ids
from executor.sandbox.accounts import Account, Standing
from executor.sandbox.companies import Company
from executor.sandbox.events import now
from executor.sandbox.files import SentFile
from executor.sandbox.people import Messaging, Person, Relation
from executor.sandbox.posts import Comment, Post, Reaction
from executor.sandbox.threads import Category, Message, MessageReaction, Thread


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonChange(_Request):
    """Fields of `Person`; only those that are given change."""

    vanity: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    headline: str | None = None
    company: str | None = None
    location: str | None = None
    relation: Relation | None = None
    distance: Literal[2, 3] | None = None
    creator: bool | None = None
    open_profile: bool | None = None
    email_required: bool | None = None
    messaging: Messaging | None = None
    gone: bool | None = None


class NewPerson(PersonChange):
    """A member to invent."""

    id: str | None = None
    member: int | None = None


class AccountChange(_Request):
    """Fields of `Account`; only those that are given change."""

    email: str | None = None
    premium: bool | None = None
    sales_navigator: bool | None = None
    press_enter_to_send: bool | None = None
    language: str | None = None
    standing: Standing | None = None
    challenge: Literal["pin", "app", "captcha"] | None = None
    pin: str | None = None
    asks_pin_at_sign_in: bool | None = None


class NewAccount(AccountChange):
    """An account to invent, with its owner's name."""

    first_name: str | None = None
    last_name: str | None = None


class LimitsChange(_Request):
    """Fields of `Limits`; only those that are given change."""

    weekly_invitations_left: int | None = None
    warn_below: int | None = None
    personal_notes_left: int | None = None
    inmail_credits: int | None = None
    too_many_pending: bool | None = None


class RelationChange(_Request):
    """What is to stand between an account and a member."""

    relation: Relation
    since: datetime | None = None
    """None is now."""
    note: str | None = None


class OwnFollow(_Request):
    """Whether an account's owner follows a member, by hand; the ledger does not show it."""

    following: bool


class SeededFile(_Request):
    """What is to have come with a message."""

    name: str
    media_type: str
    content: str
    """In ASCII."""


class SeededMessage(_Request):
    """One line of a seeded history."""

    sender: Literal["me", "them"]
    text: str
    at: datetime | None = None
    """None is one minute after the line before, the last one an hour ago."""
    files: tuple[SeededFile, ...] = ()
    subject: str | None = None
    """An InMail's."""
    recalled: bool = False
    reactions: tuple[tuple[Literal["me", "them"], str], ...] = ()
    """Who has put which emoji below it."""


class NewMessage(_Request):
    """A message that somebody writes by hand now, in the newest conversation of the two."""

    account: int = 1
    person: str
    """Profile id or vanity of the other side."""
    sender: Literal["me", "them"]
    text: str

    def written(self, account: Account, person: Person) -> Message:
        """Write the message as LinkedIn stores it."""
        return _message(account, person, sender=self.sender, text=self.text, at=now())


class NewThread(_Request):
    """A conversation to seed."""

    account: int = 1
    person: str
    """Profile id or vanity of the other side."""
    messages: tuple[SeededMessage, ...] = ()
    unread: int = 0
    category: Category = "PRIMARY_INBOX"
    sponsored: bool = False
    starred: bool = False
    draft: str = ""
    """Text left in the composer to this member."""
    draft_files: tuple[SeededFile, ...] = ()
    """Files left there."""

    def written(
        self, account: Account, person: Person, shelve: Callable[[SeededFile], SentFile]
    ) -> Thread:
        """Write the conversation as it lies in the mailbox of *account*."""
        ended = now() - timedelta(hours=1)
        last = len(self.messages) - 1
        messages = []
        for number, line in enumerate(self.messages):
            at = line.at or ended - timedelta(minutes=last - number)
            message = _message(account, person, sender=line.sender, text=line.text, at=at)
            reactions = tuple(
                MessageReaction(emoji=emoji, by=account.profile if who == "me" else person.id)
                for who, emoji in line.reactions
            )
            given: dict[str, Any] = {
                "subject": line.subject,
                "recalled": line.recalled,
                "reactions": reactions,
                "files": tuple(shelve(each) for each in line.files),
            }
            if line.recalled:
                given["text"] = ""
            messages.append(message.model_copy(update=given))
        return Thread(
            id=ids.thread_id(str(uuid.uuid4())),
            person=person.id,
            messages=tuple(messages),
            unread=self.unread,
            category=self.category,
            sponsored=self.sponsored,
            starred=self.starred,
        )


class SeededComment(_Request):
    """What somebody is to have written below a post."""

    author: str
    """Profile id or vanity of a member, or number or slug of a company."""
    text: str
    at: datetime | None = None
    """None is now."""
    reactions: int = 0
    replies: tuple["SeededComment", ...] = ()

    def written(
        self, find: Callable[[str], Person | Company], *, reply_to: str | None = None
    ) -> Iterator[Comment]:
        """Write the comment and its replies as LinkedIn stores them."""
        at = self.at or now()
        number = ids.timed_id(int(at.timestamp() * 1000), str(uuid.uuid4()))
        yield Comment(
            id=number,
            author=find(self.author).id,
            text=self.text,
            at=at,
            reactions=self.reactions,
            reply_to=reply_to,
        )
        for each in self.replies:
            yield from each.written(find, reply_to=number)


class NewPost(_Request):
    """A post to put onto the author's page; one with the same URN is replaced."""

    id: str | None = None
    """None makes one up."""
    kind: Literal["activity", "ugcPost", "share"] = "activity"
    author: str
    """Profile id or vanity of a member, or number or slug of a company."""
    text: str = "What a week."
    at: datetime | None = None
    """None is now."""
    reactions: int = 0
    reposts: int = 0
    comments: tuple[SeededComment, ...] = ()
    comments_off: bool = False
    gone: bool = False
    original: str | None = None

    def written(self, find: Callable[[str], Person | Company]) -> Post:
        """Write the post as LinkedIn stores it; *find* knows the members and the companies."""
        at = self.at or now()
        return Post(
            id=self.id or ids.timed_id(int(at.timestamp() * 1000), str(uuid.uuid4())),
            kind=self.kind,
            author=find(self.author).id,
            text=self.text,
            at=at,
            reactions=self.reactions,
            reposts=self.reposts,
            comments=tuple(each for line in self.comments for each in line.written(find)),
            comments_off=self.comments_off,
            gone=self.gone,
            original=self.original,
        )


class OwnReaction(_Request):
    """How an account's owner has reacted by hand; the ledger does not show it."""

    account: int = 1
    post: str
    """The post's URN."""
    reaction: Reaction | None
    """None takes it back."""


def _message(account: Account, person: Person, *, sender: str, text: str, at: datetime) -> Message:
    return Message(
        id=ids.message_id(int(at.timestamp() * 1000), str(uuid.uuid4())),
        sender=account.profile if sender == "me" else person.id,
        text=text,
        at=at,
        origin_token=str(uuid.uuid4()),
    )


class SeededThread(BaseModel):
    """Where a seeded conversation is; all None when only a draft was left."""

    id: str | None
    conversation_urn: str | None
    path: str | None
