"""What can keep a task from being done, named for what to do next.

    ExecutorError
    ├── Refused             LinkedIn, or the facts, say no; asking again changes nothing by itself
    │   ├── NotConnected, AlreadyConnected, AlreadyPending, ReinviteBlocked, FollowOnly,
    │   ├── EmailRequired, NoteLimitReached, NoteTooLong, InvitationLimitReached,
    │   ├── RecipientMismatch, ComposerUnavailable, ComposerOccupied, AttachmentRefused,
    │   ├── ProfileNotFound,
    │   ├── CompanyNotFound, PostNotFound, ConversationNotFound, InvitationNotFound,
    │   ├── InMailNotAllowed, InMailCreditsExhausted, NotGroupMember,
    │   ├── MessageNotFound, DeletionNotOffered, ReactionNotOffered, MediaNotFound,
    │   ├── CommercialUseLimit
    │   └── UiChanged       the page is not what the locators describe; keep evidence
    ├── Transient           try again later; nothing irreversible has happened
    │   ├── TimedOut, BrowserCrashed, PageHangs, BrowserUnavailable, BrowserNotFound,
    │   └── SessionUnreadable
    ├── RateLimited         let the whole account rest; nothing irreversible has happened
    ├── SessionBlocked      stop the account and ask its person
    │   └── SignedOut, Challenged, AccountRestricted, OtherAccount
    ├── NotSent             after the point of no return: positive proof that nothing was sent
    └── Unproven            after the point of no return: neither proof nor refusal was found

A class's docstring is its default message: it goes to clients, so it holds no message text,
cookie or key.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, WaitReason


class ExecutorError(Exception):
    """The task could not be done."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    def __init__(self, detail: str | None = None) -> None:
        self.message = detail or " ".join((type(self).__doc__ or "").split())
        super().__init__(self.message)


class Refused(ExecutorError):
    """LinkedIn's server refused without a reason that this program knows."""

    code = ErrorCode.REFUSED


class NotConnected(Refused):
    """The recipient is not a 1st-degree connection of the acting account."""

    code = ErrorCode.NOT_CONNECTED


class AlreadyConnected(Refused):
    """The person is a 1st-degree connection already."""

    code = ErrorCode.ALREADY_CONNECTED


class AlreadyPending(Refused):
    """An invitation to this person is pending already."""

    code = ErrorCode.ALREADY_PENDING


class ReinviteBlocked(Refused):
    """LinkedIn allows a new invitation only three weeks after one was withdrawn."""

    code = ErrorCode.REINVITE_BLOCKED


class FollowOnly(Refused):
    """The person can be followed but not invited."""

    code = ErrorCode.FOLLOW_ONLY


class EmailRequired(Refused):
    """LinkedIn asks for the person's e-mail address before it lets you invite them."""

    code = ErrorCode.EMAIL_REQUIRED


class NoteLimitReached(Refused):
    """The account's personalised invitations for this month are used up."""

    code = ErrorCode.NOTE_LIMIT_REACHED


class NoteTooLong(Refused):
    """The note is longer than LinkedIn allows this account."""

    code = ErrorCode.NOTE_TOO_LONG


class InvitationNotFound(Refused):
    """No invitation between the acting account and this person is pending."""

    code = ErrorCode.INVITATION_NOT_FOUND


class InvitationLimitReached(Refused):
    """LinkedIn has blocked further invitations from this account until its limit resets."""

    code = ErrorCode.INVITATION_LIMIT_REACHED


class RecipientMismatch(Refused):
    """The page shows somebody other than the person asked for; nothing was sent."""

    code = ErrorCode.RECIPIENT_MISMATCH


class ComposerUnavailable(Refused):
    """LinkedIn offers no message box for this person."""

    code = ErrorCode.COMPOSER_UNAVAILABLE


class ComposerOccupied(Refused):
    """The message box holds an unsent draft, which was left untouched."""

    code = ErrorCode.COMPOSER_OCCUPIED


class InMailNotAllowed(Refused):
    """LinkedIn offers this account no InMail to this person."""

    code = ErrorCode.INMAIL_NOT_ALLOWED


class InMailCreditsExhausted(Refused):
    """The account has no InMail credits left."""

    code = ErrorCode.INMAIL_CREDITS_EXHAUSTED


class NotGroupMember(Refused):
    """The acting account and the recipient are not both members of this group."""

    code = ErrorCode.NOT_GROUP_MEMBER


class AttachmentRefused(Refused):
    """LinkedIn, or its page, did not take the attachment; nothing was sent."""

    code = ErrorCode.ATTACHMENT_REFUSED


class ProfileNotFound(Refused):
    """LinkedIn knows no such profile, or does not show it to this account."""

    code = ErrorCode.PROFILE_NOT_FOUND


class CompanyNotFound(Refused):
    """LinkedIn knows no such company, or does not show it to this account."""

    code = ErrorCode.COMPANY_NOT_FOUND


class ConversationNotFound(Refused):
    """There is no such conversation, or LinkedIn does not show it to this account."""

    code = ErrorCode.CONVERSATION_NOT_FOUND


class MessageNotFound(Refused):
    """The conversation has no such message, or LinkedIn does not show it to this account."""

    code = ErrorCode.MESSAGE_NOT_FOUND


class DeletionNotOffered(Refused):
    """LinkedIn's menu offers no deletion of this message; it does for about an hour."""

    code = ErrorCode.DELETION_NOT_OFFERED


class ReactionNotOffered(Refused):
    """The emoji is none of those that LinkedIn's page offers for a reaction."""

    code = ErrorCode.REACTION_NOT_OFFERED


class MediaNotFound(Refused):
    """LinkedIn has no such file any more, or does not show it to this account."""

    code = ErrorCode.MEDIA_NOT_FOUND


class PostNotFound(Refused):
    """LinkedIn knows no such post, or does not show it to this account."""

    code = ErrorCode.POST_NOT_FOUND


class CommercialUseLimit(Refused):
    """LinkedIn hides profiles from this account until its commercial-use limit resets."""

    code = ErrorCode.COMMERCIAL_USE_LIMIT


class UiChanged(Refused):
    """The page is not laid out as expected; nothing was clicked that sends."""

    code = ErrorCode.UI_CHANGED


class Transient(ExecutorError):
    """A passing trouble."""

    delay: ClassVar[timedelta] = timedelta(seconds=5)
    """How long to wait before the first retry; doubles with each further one."""
    counted: ClassVar[bool] = True
    """Whether the try counts; if not, the task waits for as long as the trouble lasts."""
    waits_for: ClassVar[WaitReason] = WaitReason.PACING
    """What the task is said to wait for until its next try."""


class TimedOut(Transient):
    """The page did not get ready in time."""

    code = ErrorCode.TIMEOUT


class BrowserCrashed(Transient):
    """The browser or its page died."""

    code = ErrorCode.BROWSER_CRASHED


class PageHangs(BrowserCrashed):
    """The page does not answer any more."""


class BrowserUnavailable(Transient):
    """The browser does not start, or opens no window."""

    code = ErrorCode.BROWSER_CRASHED
    counted = False  # It is the machine's trouble; it must not use the queue's attempts up.


class BrowserNotFound(BrowserUnavailable):
    """No Chromium or Chrome was found; run `linkedin-executor browser install`."""

    delay = timedelta(seconds=30)


class SessionUnreadable(Transient):
    """The stored session does not open with the configured key: mend that, or sign in again."""

    code = ErrorCode.SIGNED_OUT
    delay = timedelta(seconds=10)
    counted = False  # As above: every task would fail until somebody looks.
    waits_for = WaitReason.SIGN_IN


class RateLimited(ExecutorError):
    """LinkedIn answers that this account sends too many requests."""

    code = ErrorCode.RATE_LIMITED


class SessionBlocked(ExecutorError):
    """The account cannot act until its person has done something."""

    health: ClassVar[SessionHealth]


class SignedOut(SessionBlocked):
    """The account is signed out of LinkedIn; its person has to sign in again."""

    code = ErrorCode.SIGNED_OUT
    health = SessionHealth.SIGNED_OUT


class Challenged(SessionBlocked):
    """LinkedIn asks the account's person for a security check."""

    code = ErrorCode.CHALLENGE
    health = SessionHealth.CHALLENGE


class AccountRestricted(SessionBlocked):
    """LinkedIn has restricted the account; its person has to settle that with LinkedIn."""

    code = ErrorCode.ACCOUNT_RESTRICTED
    health = SessionHealth.RESTRICTED


class OtherAccount(SessionBlocked):
    """LinkedIn shows another account than the member's; its person has to sign in again."""

    code = ErrorCode.SIGNED_OUT
    health = SessionHealth.SIGNED_OUT


class NotSent(ExecutorError):
    """It is proven that nothing was sent, although the point of no return was recorded."""

    def __init__(self, cause: ExecutorError) -> None:
        super().__init__(cause.message)
        self.cause = cause


class Unproven(ExecutorError):
    """It may have been sent, but nothing on LinkedIn proves it; look before asking again."""

    code = ErrorCode.UNCONFIRMED
