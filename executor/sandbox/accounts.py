"""Accounts that can sign in, and the limits LinkedIn sets them."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

PASSWORD = "sandbox"  # noqa: S105 - every invented account has this documented password
PIN = "246810"


class Standing(StrEnum):
    """Whether LinkedIn lets the account's sessions through."""

    ACTIVE = "active"
    CHALLENGE = "challenge"
    """Every page leads to a checkpoint until a person answers it."""
    RESTRICTED = "restricted"
    """Every page leads to the restriction page, which nobody can answer."""


class Account(BaseModel):
    """Somebody who can sign in to the sandbox."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    email: str
    profile: str
    """Profile id of the account's own person."""
    premium: bool = False
    sales_navigator: bool = False
    """Has Sales Navigator, besides Premium."""
    press_enter_to_send: bool = False
    """A bare Enter sends, and the composer has no Send button (2025)."""
    language: str | None = None
    """Interface language; None takes the sandbox's."""
    standing: Standing = Standing.ACTIVE
    challenge: Literal["pin", "app", "captcha"] = "pin"
    """Which checkpoint is shown in `challenge`."""
    pin: str = PIN
    asks_pin_at_sign_in: bool = False
    generation: int = 0
    """Raised to end every session of the account; part of its cookie."""


class Limits(BaseModel):
    """What LinkedIn still allows an account."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekly_invitations_left: int = 100
    """Zero replaces the invitation's composer by the weekly-limit notice."""
    warn_below: int = 0
    """Invitations are sent but answered by a warning while fewer than this are left."""
    personal_notes_left: int = 5
    """Notes left this month; premium accounts are not counted."""
    inmail_credits: int = 150
    """InMails left; at zero the box opens all the same, and sending fails (2026-08-31)."""
    too_many_pending: bool = False
    """The server refuses with `TOO_MANY_PENDING_INVITATIONS`."""
