"""Members of the sandbox world and what ties an account to each of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from executor.sandbox import ids


class Relation(StrEnum):
    """What stands between an account and another member."""

    CONNECTED = "connected"
    """First degree: messages are delivered."""
    CONNECTABLE = "connectable"
    """Second or third degree: an invitation can be sent."""
    PENDING = "pending"
    """The account's invitation has not been answered."""
    BLOCKED_REINVITE = "blocked_reinvite"
    """The account withdrew an invitation less than three weeks ago."""
    INCOMING = "incoming"
    """The member invited the account."""
    FOLLOW_ONLY = "follow_only"
    """The member can only be followed; no Connect anywhere."""


Messaging = Literal[
    "composer",
    "say_hello",
    "notice",
    "sponsored",
    "inmail",
    "inmail_free",
    "inmail_refused",
    "premium",
]
"""`inmail` is a box that sends for a credit, `inmail_free` one that sends for none, and
`inmail_refused` a notice in its place; `premium` leads to where credits are sold (2026-08)."""


class Person(BaseModel):
    """An invented member."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^ACoA[A-Za-z0-9_-]+$")
    member: int
    """The number in `urn:li:member:<N>`."""
    vanity: str
    """As a person reads it, not percent-encoded; may hold umlauts or other scripts."""
    first_name: str
    last_name: str
    headline: str = ""
    company: str = ""
    location: str = ""
    relation: Relation = Relation.CONNECTABLE
    """The tie of every account that has no tie of its own with this member."""
    distance: Literal[2, 3] = 2
    """Degree shown while not connected."""
    creator: bool = False
    """Follow is the card's first control; Connect and Pending are only in More (2026-09-29)."""
    open_profile: bool = False
    """Message is offered to, and accepted from, members who are not connected."""
    email_required: bool = False
    """Connecting asks for the member's e-mail address."""
    messaging: Messaging = "composer"
    """What stands where the composer should be, when it is not a composer."""
    gone: bool = False
    """The profile is dead: it redirects to `/404/`."""
    former_vanities: tuple[str, ...] = ()
    """Old slugs, which redirect to the present one."""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def urn(self) -> str:
        return ids.profile_urn(self.id)

    @property
    def member_urn(self) -> str:
        return f"urn:li:member:{self.member}"

    @property
    def picture(self) -> dict[str, Any]:
        """Their picture, as LinkedIn's answers write one; there is no file behind it."""
        return {
            "rootUrl": f"https://media.licdn.com/dms/image/{self.member}/",
            "artifacts": [
                {"width": 100, "height": 100, "fileIdentifyingUrlPathSegment": "100_100"}
            ],
        }

    @property
    def email(self) -> str:
        """The address that opens the e-mail gate."""
        return f"{self.member}@members.example"


class Tie(BaseModel):
    """One account's relation to one member."""

    model_config = ConfigDict(frozen=True)

    relation: Relation
    since: datetime
    invitation: str | None = None
    """Number of the open invitation, in either direction."""
    note: str | None = None
    before: Relation | None = None
    """The relation that this one replaced, for pages that show it a little longer."""
