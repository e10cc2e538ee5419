"""The sandbox's state: rebuilt from the journal at the start, changed only by recorded events."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never
from urllib.parse import unquote

from executor.sandbox import events, ids, population
from executor.sandbox.accounts import Account, Limits
from executor.sandbox.companies import Company, CompanyRegister
from executor.sandbox.events import Event
from executor.sandbox.files import SentFile
from executor.sandbox.journal import Journal
from executor.sandbox.ledger import Ledger
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.posts import Comment, Post, PostBoard
from executor.sandbox.threads import SALES_NAVIGATOR, Category, Message, MessageReaction, Thread
from executor.sandbox.toggles import Toggles

AboutMessage = (
    events.MessageRecalled | events.MessageReactionCreated | events.MessageReactionDeleted
)
_BEGAN = datetime(2026, 8, 1, tzinfo=UTC)


def plain_slug(vanity: str) -> str:
    """Bring a slug from an address to the form in which slugs are compared."""
    return unicodedata.normalize("NFC", unquote(vanity)).casefold()


class World:
    """Accounts, people, ties, mailboxes, limits and toggles.

    Args:
        state_file: Where the journal is kept; None forgets everything at the end.
    """

    def __init__(self, state_file: Path | None = None) -> None:
        self._journal = Journal(state_file)
        self._begin()
        for seq, event in self._journal.events():
            self._apply(seq, event)

    def _begin(self) -> None:
        self.ledger = Ledger()
        self.toggles = Toggles()
        self.posts = PostBoard()
        self.companies = CompanyRegister()
        self.groups = {group.id: group for group in population.groups()}
        self.people: dict[str, Person] = {}
        self.accounts: dict[int, Account] = {}
        self._slugs: dict[str, str] = {}
        self._limits: dict[int, Limits] = {}
        self._ties: dict[tuple[int, str], Tie] = {}
        self._follows: dict[tuple[int, str], bool] = {}
        self._mailboxes: dict[int, dict[str, Thread]] = {}
        self._drafts: dict[tuple[int, str], str] = {}
        self._draft_files: dict[tuple[int, str], tuple[SentFile, ...]] = {}
        for person in population.people():
            self._put_person(person)
        for company in population.companies():
            self.companies.put(company)
        for post in population.posts():
            self.posts.put(post)
        self._put_account(Account(id=1, email="avery@sandbox.example", profile=population.ADMIN.id))

    def close(self) -> None:
        self._journal.close()

    def reset(self) -> None:
        """Return to the default world and an empty ledger."""
        self._journal.clear()
        self._begin()

    def record(self, event: Event) -> int:
        """Commit *event* to the journal, then let it happen."""
        seq = self._journal.append(event)
        self._apply(seq, event)
        return seq

    # -- looking -------------------------------------------------------------------------------

    def person_at(self, slug_or_id: str) -> Person | None:
        """Find a member by present or former slug, or by profile id."""
        if found := self.people.get(slug_or_id):
            return found
        profile = self._slugs.get(plain_slug(slug_or_id))
        return self.people.get(profile) if profile else None

    def author(self, written: Post | Comment) -> Person | Company:
        """The member or the company that wrote a post or a comment."""
        return self.people.get(written.author) or self.companies.known[written.author]

    def people_in(self, relation: Relation) -> list[Person]:
        """List members whose ordinary relation to every account is *relation*."""
        owners = {account.profile for account in self.accounts.values()}
        return [p for p in self.people.values() if p.relation is relation and p.id not in owners]

    def owner(self, account: Account) -> Person:
        """The account's own person."""
        return self.people[account.profile]

    def limits(self, account: Account) -> Limits:
        return self._limits.get(account.id, Limits())

    def language(self, account: Account | None) -> str:
        return (account and account.language) or self.toggles.language

    def tie(self, account: Account, person: Person) -> Tie:
        """What stands between *account* and *person*; untouched ties follow the person's."""
        own = self._ties.get((account.id, person.id))
        if own is not None:
            return own
        if person.relation not in (Relation.PENDING, Relation.INCOMING):
            return Tie(relation=person.relation, since=_BEGAN)
        unique = ids.derived_uuid("invitation", account.id, person.id)
        return Tie(relation=person.relation, since=_BEGAN, invitation=ids.invitation_id(unique))

    def follows(self, account: Account, person: Person) -> bool:
        """Tell whether *account* follows *person*; connections are followed without being asked."""
        connected = self.tie(account, person).relation is Relation.CONNECTED
        return self._follows.get((account.id, person.id), connected)

    def related(self, account: Account, relation: Relation) -> list[tuple[Person, Tie]]:
        """List members in *relation* to the account, newest tie first."""
        found = [
            (person, tie)
            for person in self.people.values()
            if person.id != account.profile
            and (tie := self.tie(account, person)).relation is relation
        ]
        return sorted(found, key=lambda pair: pair[1].since, reverse=True)

    def mailbox(self, account: Account, *, sales: bool = False) -> list[Thread]:
        """List the account's conversations, or Sales Navigator's instead, newest first."""
        found = self._mailboxes[account.id].values()
        kept = [each for each in found if (each.category == SALES_NAVIGATOR) is sales]
        return sorted(kept, key=lambda t: t.last_at, reverse=True)

    def thread(self, account: Account, thread: str, *, sales: bool = False) -> Thread | None:
        return next((t for t in self.mailbox(account, sales=sales) if t.id == thread), None)

    def thread_with(self, account: Account, profile: str) -> Thread | None:
        """The newest ordinary conversation with *profile*; InMail threads do not count."""
        return next(
            (t for t in self.mailbox(account) if t.person == profile and t.category != "INMAIL"),
            None,
        )

    def draft(self, account: Account, profile: str) -> str:
        """Text that was left in the composer to *profile*."""
        return self._drafts.get((account.id, profile), "")

    def draft_files(self, account: Account, profile: str) -> tuple[SentFile, ...]:
        """What was left attached to it."""
        return self._draft_files.get((account.id, profile), ())

    def unread(self, account: Account) -> int:
        return sum(1 for thread in self.mailbox(account) if thread.unread)

    # -- happening -----------------------------------------------------------------------------

    def _apply(self, seq: int, event: Event) -> None:
        if isinstance(event, events.Delivery):
            self._deliver(event)
            sender = self.accounts[event.account].profile
            self.ledger.record(seq, event, sender=sender)
        else:
            self._arrange(event)

    def _deliver(self, event: events.Delivery) -> None:
        match event:
            case events.MessageDelivered():
                self._deliver_message(event)
            case events.InvitationDelivered():
                self._deliver_invitation(event)
            case events.InvitationWithdrawn():
                self._put_tie(event.account, event.recipient, Relation.BLOCKED_REINVITE, event.at)
            case events.InvitationAccepted():
                self._put_tie(event.account, event.recipient, Relation.CONNECTED, event.at)
            case events.InvitationIgnored():
                self._put_tie(event.account, event.recipient, Relation.CONNECTABLE, event.at)
            case events.ReactionCreated() | events.ReactionDeleted():
                given = isinstance(event, events.ReactionCreated)
                self.posts.react(event.account, event.post, event.reaction if given else None)
            case events.CommentCreated():
                self._deliver_comment(event)
            case events.FollowCreated() | events.FollowDeleted():
                follows = isinstance(event, events.FollowCreated)
                self._follows[event.account, event.recipient] = follows
            case (
                events.MessageRecalled()
                | events.MessageReactionCreated()
                | events.MessageReactionDeleted()
            ):
                self._change_message(event)
            case _:
                assert_never(event)

    def _arrange(self, event: events.Arrangement) -> None:
        match event:
            case events.TiePut() | events.FollowPut():
                self._arrange_tie(event)
            case events.PersonPut() | events.CompanyPut() | events.GroupPut():
                self._arrange_page(event)
            case events.AccountPut():
                self._put_account(event.account)
            case events.LimitsPut():
                self._limits[event.account] = event.limits
            case events.ThreadPut():
                self._mailboxes[event.account][event.thread.id] = event.thread
            case events.ThreadRead() | events.ThreadMarkedUnread() | events.ThreadStarred():
                self._mark_thread(event)
            case events.DraftPut():
                self._drafts[event.account, event.person] = event.text
                self._draft_files[event.account, event.person] = event.files
            case events.PostPut() | events.ReactionPut():
                self._arrange_post(event)
            case events.TogglesPut():
                self.toggles = event.toggles
            case _:
                assert_never(event)

    def _arrange_tie(self, event: events.TiePut | events.FollowPut) -> None:
        if isinstance(event, events.TiePut):
            self._ties[event.account, event.person] = event.tie
        else:
            self._follows[event.account, event.person] = event.following

    def _arrange_post(self, event: events.PostPut | events.ReactionPut) -> None:
        if isinstance(event, events.PostPut):
            self.posts.put(event.post)
        else:
            self.posts.react(event.account, event.post, event.reaction)

    def _arrange_page(self, event: events.PersonPut | events.CompanyPut | events.GroupPut) -> None:
        match event:
            case events.PersonPut():
                self._put_person(event.person)
            case events.CompanyPut():
                self.companies.put(event.company)
            case events.GroupPut():
                self.groups[event.group.id] = event.group

    def _put_person(self, person: Person) -> None:
        self.people[person.id] = person
        for slug in (person.vanity, *person.former_vanities):
            self._slugs[plain_slug(slug)] = person.id

    def _put_account(self, account: Account) -> None:
        if account.id not in self._mailboxes:
            started = population.threads(account.id, account.profile)
            self._mailboxes[account.id] = {thread.id: thread for thread in started}
        self.accounts[account.id] = account

    def _put_tie(
        self,
        account: int,
        person: str,
        relation: Relation,
        since: datetime,
        *,
        invitation: str | None = None,
        note: str | None = None,
    ) -> None:
        before = self.tie(self.accounts[account], self.people[person]).relation
        self._ties[account, person] = Tie(
            relation=relation, since=since, invitation=invitation, note=note, before=before
        )

    def _update_thread(self, account: int, thread: str, **changes: object) -> None:
        mailbox = self._mailboxes[account]
        if thread in mailbox:
            mailbox[thread] = mailbox[thread].model_copy(update=changes)

    def _deliver_message(self, event: events.MessageDelivered) -> None:
        message = Message(
            id=event.message,
            sender=self.accounts[event.account].profile,
            text=event.text,
            at=event.at,
            subject=event.subject,
            origin_token=event.origin_token,
            files=event.files,
        )
        mailbox = self._mailboxes[event.account]
        ordinary: Category = "PRIMARY_INBOX" if event.subject is None else "INMAIL"
        begun = Thread(
            id=event.thread,
            person=event.recipient,
            category=SALES_NAVIGATOR if event.sales else ordinary,
        )
        thread = mailbox.get(event.thread) or begun
        mailbox[event.thread] = thread.model_copy(update={"messages": (*thread.messages, message)})
        if not event.sales:
            self._drafts.pop((event.account, event.recipient), None)
            self._draft_files.pop((event.account, event.recipient), None)
        limits = self.limits(self.accounts[event.account])
        self._limits[event.account] = limits.model_copy(
            update={"inmail_credits": limits.inmail_credits - event.credits}
        )

    def _mark_thread(
        self, event: events.ThreadRead | events.ThreadMarkedUnread | events.ThreadStarred
    ) -> None:
        if isinstance(event, events.ThreadStarred):
            self._update_thread(event.account, event.thread, starred=event.starred)
        else:
            unread = isinstance(event, events.ThreadMarkedUnread)
            self._update_thread(event.account, event.thread, unread=int(unread))

    def _change_message(self, event: AboutMessage) -> None:
        me = self.accounts[event.account].profile
        changed = tuple(
            _after(event, message, me) if message.id == event.message else message
            for message in self._mailboxes[event.account][event.thread].messages
        )
        self._update_thread(event.account, event.thread, messages=changed)

    def _deliver_comment(self, event: events.CommentCreated) -> None:
        author = self.accounts[event.account].profile
        written = Comment(id=event.comment, author=author, text=event.text, at=event.at)
        self.posts.add_comment(event.post, written)

    def _deliver_invitation(self, event: events.InvitationDelivered) -> None:
        account = self.accounts[event.account]
        limits = self.limits(account)
        notes = 1 if event.note and not account.premium else 0
        self._limits[event.account] = limits.model_copy(
            update={
                "weekly_invitations_left": limits.weekly_invitations_left - 1,
                "personal_notes_left": limits.personal_notes_left - notes,
            }
        )
        self._put_tie(
            event.account,
            event.recipient,
            Relation.PENDING,
            event.at,
            invitation=event.invitation,
            note=event.note,
        )


def _after(event: AboutMessage, message: Message, me: str) -> Message:
    """Return what a message is after something was done to it by *me*."""
    if isinstance(event, events.MessageRecalled):
        return message.model_copy(update={"text": "", "recalled": True, "reactions": ()})
    own = MessageReaction(emoji=event.emoji, by=me)
    others = tuple(each for each in message.reactions if each != own)
    given = (own,) if isinstance(event, events.MessageReactionCreated) else ()
    return message.model_copy(update={"reactions": (*others, *given)})
