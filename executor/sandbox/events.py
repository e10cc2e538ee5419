"""Everything that can happen to the world; the journal holds nothing else.

The first thirteen are *deliveries*: the ledger shows them, and tests judge by them.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from executor.sandbox.accounts import Account, Limits
from executor.sandbox.companies import Company
from executor.sandbox.files import SentFile
from executor.sandbox.groups import Group
from executor.sandbox.people import Person, Tie
from executor.sandbox.posts import Post, Reaction
from executor.sandbox.threads import Thread
from executor.sandbox.toggles import Toggles


def now() -> datetime:
    return datetime.now(UTC)


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)

    at: datetime = Field(default_factory=now)


class MessageDelivered(_Event):
    kind: Literal["message"] = "message"
    account: int
    recipient: str
    thread: str
    message: str
    text: str
    origin_token: str | None = None
    subject: str | None = None
    """Only an InMail has one."""
    credits: int = 0
    """What it has cost."""
    group: str | None = None
    """Number of the group that allowed it."""
    files: tuple[SentFile, ...] = ()
    sales: bool = False
    """Whether it was written in Sales Navigator."""


class InvitationDelivered(_Event):
    kind: Literal["invitation"] = "invitation"
    account: int
    recipient: str
    invitation: str
    note: str | None = None


class InvitationWithdrawn(_Event):
    kind: Literal["withdrawal"] = "withdrawal"
    account: int
    recipient: str
    invitation: str


class InvitationAccepted(_Event):
    kind: Literal["acceptance"] = "acceptance"
    account: int
    recipient: str
    invitation: str


class InvitationIgnored(_Event):
    kind: Literal["ignoring"] = "ignoring"
    account: int
    recipient: str
    invitation: str


class ReactionCreated(_Event):
    kind: Literal["reaction"] = "reaction"
    account: int
    recipient: str
    post: str
    reaction: Reaction


class ReactionDeleted(_Event):
    kind: Literal["unreaction"] = "unreaction"
    account: int
    recipient: str
    post: str
    reaction: Reaction


class CommentCreated(_Event):
    kind: Literal["comment"] = "comment"
    account: int
    recipient: str
    post: str
    comment: str
    text: str


class FollowCreated(_Event):
    kind: Literal["follow"] = "follow"
    account: int
    recipient: str


class FollowDeleted(_Event):
    kind: Literal["unfollow"] = "unfollow"
    account: int
    recipient: str


class MessageRecalled(_Event):
    kind: Literal["recall"] = "recall"
    account: int
    recipient: str
    thread: str
    message: str


class MessageReactionCreated(_Event):
    kind: Literal["message_reaction"] = "message_reaction"
    account: int
    recipient: str
    thread: str
    message: str
    emoji: str


class MessageReactionDeleted(_Event):
    kind: Literal["message_unreaction"] = "message_unreaction"
    account: int
    recipient: str
    thread: str
    message: str
    emoji: str


class TiePut(_Event):
    kind: Literal["tie"] = "tie"
    account: int
    person: str
    tie: Tie


class FollowPut(_Event):
    kind: Literal["own_follow"] = "own_follow"
    account: int
    person: str
    following: bool


class PersonPut(_Event):
    kind: Literal["person"] = "person"
    person: Person


class CompanyPut(_Event):
    kind: Literal["company"] = "company"
    company: Company


class GroupPut(_Event):
    kind: Literal["group"] = "group"
    group: Group


class AccountPut(_Event):
    kind: Literal["account"] = "account"
    account: Account


class LimitsPut(_Event):
    kind: Literal["limits"] = "limits"
    account: int
    limits: Limits


class ThreadPut(_Event):
    kind: Literal["thread"] = "thread"
    account: int
    thread: Thread


class ThreadRead(_Event):
    kind: Literal["read"] = "read"
    account: int
    thread: str


class ThreadMarkedUnread(_Event):
    kind: Literal["unread"] = "unread"
    account: int
    thread: str


class ThreadStarred(_Event):
    kind: Literal["star"] = "star"
    account: int
    thread: str
    starred: bool


class DraftPut(_Event):
    kind: Literal["draft"] = "draft"
    account: int
    person: str
    text: str
    files: tuple[SentFile, ...] = ()
    """What is attached to it."""


class PostPut(_Event):
    kind: Literal["post"] = "post"
    post: Post


class ReactionPut(_Event):
    kind: Literal["own_reaction"] = "own_reaction"
    account: int
    post: str
    reaction: Reaction | None


class TogglesPut(_Event):
    kind: Literal["toggles"] = "toggles"
    toggles: Toggles


Delivery = (
    MessageDelivered
    | InvitationDelivered
    | InvitationWithdrawn
    | InvitationAccepted
    | InvitationIgnored
    | ReactionCreated
    | ReactionDeleted
    | CommentCreated
    | FollowCreated
    | FollowDeleted
    | MessageRecalled
    | MessageReactionCreated
    | MessageReactionDeleted
)
Arrangement = (
    TiePut
    | FollowPut
    | PersonPut
    | CompanyPut
    | GroupPut
    | AccountPut
    | LimitsPut
    | ThreadPut
    | ThreadRead
    | ThreadMarkedUnread
    | ThreadStarred
    | DraftPut
    | PostPut
    | ReactionPut
    | TogglesPut
)
"""What changes the world without anything reaching a member."""
Event = Delivery | Arrangement
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
