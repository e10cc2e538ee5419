"""LinkedIn as an action sees it: one signed-in account, one page at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from executor.components.invitation_requests import Deed
from executor.components.member import Member
from executor.components.profile_ids import profile_ids_in
from executor.errors import RecipientMismatch, Refused, TimedOut, UiChanged
from executor.local_files import laid_out
from executor.locators import shell
from executor.mailbox import thread_id_of
from executor.pages.activity import read_activity
from executor.pages.company import CompanyPage
from executor.pages.connections import ConnectionsPage
from executor.pages.conversation import ConversationPage
from executor.pages.conversation_marks import ConversationStar, UnreadMark
from executor.pages.following import Following, find_following
from executor.pages.group_members import GroupMembersPage, GroupMessageBox
from executor.pages.history import find_listed_message, find_sent_message
from executor.pages.inbox import InboxPage
from executor.pages.inmail import InMailPage
from executor.pages.invitation import InvitationPage
from executor.pages.invitation_answer import InvitationAnswer
from executor.pages.invitation_change import find_change
from executor.pages.message_reaction import MessageReaction, find_message_reaction
from executor.pages.messages import MessagesPage
from executor.pages.own_account import Standing, read_own_id, read_standing
from executor.pages.people_search import PeopleSearchPage
from executor.pages.post import OwnReaction, PostPage, find_reaction
from executor.pages.post_comment import CommentBox, find_comment
from executor.pages.posts import Posts
from executor.pages.profile import ProfilePage
from executor.pages.read_marks import ReadMark
from executor.pages.recall import Recall, find_recall
from executor.pages.received_invitations import ReceivedInvitationsPage
from executor.pages.sales_navigator import SalesNavigator
from executor.pages.sent_invitations import SentInvitationsPage, find_sent_invitation
from executor.pages.typing import show_typing
from executor.pages.withdrawal import Withdrawal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager

    from executor.attachment import AttachedFile
    from executor.browser.download import Downloaded
    from executor.browser.tab import Tab
    from executor.components.people_cards import ListedPerson
    from executor.local_files import LocalFile
    from executor.mailbox import Conversation, Participant, Place
    from executor.pages.inbox import ListedConversations
    from executor.pages.invitation import InvitationReceipt
    from executor.pages.invitation_list import ListedInvitations
    from executor.pages.message_receipt import MessageReceipt
    from executor.pages.messages import ReadMessages
    from executor.pages.people_search import FoundPeople
    from executor.pages.post_comment import CommentReceipt
    from executor.pages.post_list import ShownPost
    from executor.person import Person
    from executor.post import Reaction
    from storage.tasks import JsonObject
    from storage.uploads import Upload


class LinkedIn:
    """The door through which every action goes."""

    def __init__(
        self,
        tab: Tab,
        *,
        remember: Callable[[Member], Awaitable[None]],
        recall: Callable[[str], Awaitable[str | None]] | None = None,
        remember_conversations: Callable[[Mapping[str, str]], Awaitable[None]] | None = None,
        content_of: Callable[[AttachedFile], Awaitable[bytes | None]] | None = None,
        keep: Callable[[Downloaded], Awaitable[Upload]] | None = None,
    ) -> None:
        """Bind a tab to what is known of people.

        Args:
            recall: returns the vanity that was last seen with a profile id.
            remember_conversations: takes in with whom alone the account has which conversation,
                profile ids by thread ids.
            content_of: returns the content of a file that a client has handed in.
            keep: stores a file for a client to get.
        """
        self._tab = tab
        self._remember = remember
        self._recall = recall
        self._remember_conversations = remember_conversations or _nothing
        self._content_of = content_of or _nothing
        self._keep = keep or _not_kept
        self.sales = SalesNavigator(tab)
        self.posts = Posts(tab)

    async def open_profile(self, person: Person) -> ProfilePage:
        """Open a profile, prove that it is this person's, and remember id and vanity."""
        page = await ProfilePage.open(self._tab, person)
        await self._remember(page.member)
        if page.member.vanity is None and self._recall is not None:
            # Whatever is done with it is proven by the id as well, so an old one does no harm.
            vanity = await self._recall(page.member.profile_id)
            page.member = replace(page.member, vanity=vanity)
        return page

    async def search_people(
        self, *, keywords: str, facets: Mapping[str, Sequence[str]], start: int, count: int
    ) -> FoundPeople:
        """Search for people until so many are found, or there are no more."""
        page = PeopleSearchPage.of(self._tab, keywords=keywords, facets=facets)
        found = await page.find(count, start=start)
        await self._remember_listed(found.people)
        return found

    async def read_connections(
        self, *, keyword: str, start: int, count: int
    ) -> tuple[list[ListedPerson], bool]:
        """List the account's connections; the second tells whether the list was followed."""
        page = await ConnectionsPage.open(self._tab)
        people, complete = await page.read(keyword=keyword, start=start, count=count)
        await self._remember_listed(people)
        return people, complete

    async def _remember_listed(self, people: Sequence[ListedPerson]) -> None:
        for each in people:
            if each.profile_id is not None:
                await self._remember(
                    Member(profile_id=each.profile_id, vanity=each.vanity, name=each.name)
                )

    async def open_conversation(
        self, member: Member, *, conversation_urn: str | None = None
    ) -> ConversationPage:
        """Open the message box for a member, with the history if there is one.

        Args:
            conversation_urn: which of the conversations with them; by default LinkedIn chooses.
        """
        return await ConversationPage.open(self._tab, member, conversation_urn=conversation_urn)

    async def open_known_conversation(self, conversation_urn: str) -> ConversationPage:
        """Open the message box below a conversation, for the one who is in it with the account.

        Raises:
            RecipientMismatch: LinkedIn does not tell who that is, or there are several.
        """
        read = await self.read_messages(conversation_urn, count=1, before=None, since=None)
        others = _others_in(conversation_urn, read.participants)
        if len(others) != 1:
            raise RecipientMismatch("The conversation is not known to be with one other member.")
        ((profile_id, name),) = others.items()
        member = Member(profile_id=profile_id, vanity=None, name=name)
        return await self.open_conversation(member, conversation_urn=conversation_urn)

    async def open_inmail(self, member: Member) -> InMailPage:
        """Open the box for an InMail to a member, with the credits that it takes."""
        return await InMailPage.open_to(self._tab, member)

    async def open_group_message(self, member: Member, group_id: str) -> GroupMessageBox:
        """Open the box for a message to a member of a group that both are in."""
        page = await GroupMembersPage.open(self._tab, group_id)
        return await page.open_message_box(member)

    async def read_group_members(
        self, group_id: str, *, start: int, count: int
    ) -> tuple[list[ListedPerson], bool]:
        """List a group's members; the second tells whether there are more."""
        page = await GroupMembersPage.open(self._tab, group_id)
        people, more = await page.read(start=start, count=count)
        await self._remember_listed(people)
        return people, more

    async def find_listed_message(self, text: str, baseline: JsonObject) -> MessageReceipt | None:
        """Look for a message to somebody who is no connection; `None` proves nothing."""
        return await find_listed_message(self._tab, text, baseline)

    async def read_standing(self) -> Standing:
        """Look what the account itself has: Premium, Sales Navigator, InMail credits."""
        return await read_standing(self._tab)

    def laid_out(
        self, files: Sequence[AttachedFile]
    ) -> AbstractAsyncContextManager[list[LocalFile]]:
        """Lay files out where the browser can pick them up, until the block is left."""
        return laid_out(files, self._content_of)

    async def download(self, url: str) -> Upload:
        """Fetch a file that came with a message, and have it kept."""
        return await self._keep(await self._tab.download(url))

    async def read_inbox(
        self,
        *,
        count: int,
        behind: Place | None = None,
        wanted: Callable[[Conversation], bool] = lambda _: True,
        back_to: int | None = None,
    ) -> ListedConversations:
        """List conversations, the newest first; nobody is told that they were looked at."""
        listed = await InboxPage(self._tab).read(
            count=count, behind=behind, wanted=wanted, back_to=back_to
        )
        await self._remember_those_alone(
            {
                each.conversation_urn: each.participants
                for each in listed.conversations
                if not each.is_group
            }
        )
        return listed

    async def read_messages(
        self,
        conversation_urn: str,
        *,
        count: int,
        before: int | None,
        since: int | None,
        after: int = 0,
    ) -> ReadMessages:
        """Read a conversation, the newest message first; nobody is told that it was read."""
        page = MessagesPage(self._tab, conversation_urn)
        read = await page.read(count=count, before=before, since=since, after=after)
        await self._remember_those_alone({conversation_urn: read.participants})
        return read

    async def _remember_those_alone(self, found: Mapping[str, Sequence[Participant]]) -> None:
        """Remember whose the conversations are that the account has with one member each."""
        known = {}
        for urn, participants in found.items():
            others = [*_others_in(urn, participants)]
            if len(others) == 1 and all(each.profile_id is not None for each in participants):
                known[thread_id_of(urn)] = others[0]
        if known:
            await self._remember_conversations(known)

    async def show_typing(self, conversation_urn: str) -> None:
        """Show the other side of a conversation that somebody types.

        Raises:
            UiChanged: LinkedIn's page did not tell, or LinkedIn did not take it.
        """
        if not await show_typing(self._tab, conversation_urn):
            raise UiChanged("LinkedIn's page did not tell that somebody types.")

    async def mark_read(self, conversation_urn: str) -> str:
        """Open a conversation so that it counts as read, and return what proves it."""
        return await ReadMark(self._tab, conversation_urn).make()

    async def star_conversation(self, conversation_urn: str, *, starred: bool) -> str:
        """Star a conversation or take its star, and return what proves it; it stays unread."""
        return await ConversationStar(self._tab, conversation_urn).set(starred=starred)

    async def mark_unread(self, conversation_urn: str) -> str:
        """Mark a conversation unread without opening it, and return what proves it."""
        return await UnreadMark(self._tab, conversation_urn).make()

    async def open_recall(self, conversation_urn: str, message_urn: str) -> Recall:
        """Find an own message that is to be taken back; its conversation is not marked read."""
        return await Recall.open(self._tab, conversation_urn, message_urn)

    async def find_recall(self, baseline: JsonObject) -> JsonObject | None:
        """Look whether a message is gone whose recall is in doubt; `None` proves nothing."""
        return await find_recall(self._tab, baseline)

    async def open_reaction(
        self, conversation_urn: str, message_urn: str, emoji: str
    ) -> MessageReaction:
        """Find a message that is to be reacted to; its conversation is not marked read."""
        return await MessageReaction.open(self._tab, conversation_urn, message_urn, emoji)

    async def find_message_reaction(
        self, conversation_urn: str, message_urn: str, emoji: str, *, given: bool
    ) -> JsonObject | None:
        """Look for a reaction that is in doubt, or for its absence; `None` proves nothing."""
        return await find_message_reaction(
            self._tab, conversation_urn, message_urn, emoji, given=given
        )

    async def open_invitation(self, member: Member) -> InvitationPage:
        """Open the dialog that invites a member."""
        return await InvitationPage.open(self._tab, member)

    async def find_sent_message(self, text: str, baseline: JsonObject) -> MessageReceipt | None:
        """Look for a message whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_message(self._tab, text, baseline)

    async def find_sent_invitation(self, baseline: JsonObject) -> InvitationReceipt | None:
        """Look for an invitation whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_invitation(self._tab, baseline)

    async def open_withdrawal(self, profile: ProfilePage) -> Withdrawal:
        """Open the dialog that withdraws the invitation to a profile's member."""
        return await Withdrawal.open(self._tab, profile)

    async def find_withdrawal(self, baseline: JsonObject) -> JsonObject | None:
        """Look for a withdrawal that is in doubt; `None` proves nothing."""
        return await find_change(self._tab, baseline, Deed.WITHDRAW)

    async def open_answer(self, profile: ProfilePage, *, accept: bool) -> InvitationAnswer | None:
        """Find what answers the invitation from a profile's member.

        `None` means that it has been accepted already.
        """
        return await InvitationAnswer.open(self._tab, profile, accept=accept)

    async def find_answer(self, baseline: JsonObject, *, accept: bool) -> JsonObject | None:
        """Look for an answer to an invitation that is in doubt; `None` proves nothing."""
        return await find_change(self._tab, baseline, Deed.ACCEPT if accept else Deed.IGNORE)

    async def open_following(self, profile: ProfilePage) -> Following:
        """Find what follows a profile's member, and whether it has."""
        return await Following.open(self._tab, profile)

    async def find_following(self, baseline: JsonObject, *, follows: bool) -> JsonObject | None:
        """Look for a follow, or its end, that is in doubt; `None` proves nothing."""
        return await find_following(self._tab, baseline, follows=follows)

    async def read_sent_invitations(self, count: int) -> ListedInvitations:
        """List the newest invitations that wait for an answer."""
        return await self._remembered(await (await SentInvitationsPage.open(self._tab)).read(count))

    async def read_received_invitations(self, count: int) -> ListedInvitations:
        """List the newest invitations that the account has not answered."""
        page = await ReceivedInvitationsPage.open(self._tab)
        return await self._remembered(await page.read(count))

    async def _remembered(self, found: ListedInvitations) -> ListedInvitations:
        await self._remember_listed([each.person for each in found.invitations])
        return found

    async def read_activity(self, member: Member) -> list[ShownPost]:
        """Read a member's newest posts; none also where their page is not understood."""
        return await read_activity(self._tab, member)

    async def open_company(self, slug: str) -> CompanyPage:
        """Open a company's page and prove that it is this company's, by slug or number."""
        return await CompanyPage.open(self._tab, slug)

    async def open_post(self, urn: str) -> PostPage:
        """Open a post and prove that it is the one with this URN."""
        return await PostPage.open(self._tab, urn)

    async def open_comment_box(self, urn: str) -> CommentBox:
        """Open the box for a comment on a post, proven as above."""
        return await CommentBox.open(self._tab, urn)

    async def find_reaction(
        self, urn: str, reaction: Reaction | None, baseline: JsonObject
    ) -> JsonObject | None:
        """Look for a reaction that is in doubt, or whether a like has gone; `None` proves nothing.

        Args:
            reaction: the one that was to be given; `None` when a like was to be taken back.
        """
        wanted = OwnReaction.NONE if reaction is None else OwnReaction(reaction)
        return await find_reaction(self._tab, urn, baseline, wanted)

    async def find_comment(
        self, urn: str, text: str, baseline: JsonObject
    ) -> CommentReceipt | None:
        """Look for a comment that is in doubt; `None` proves nothing."""
        return await find_comment(self._tab, urn, text, baseline)

    async def verify_sign_in(self) -> None:
        """Look at the feed to see whether the account is signed in.

        Raises:
            SessionBlocked: it is not.
        """
        await self._tab.open("/feed/")
        if await self._tab.wait_for(shell.NAVIGATION) is None:
            raise TimedOut("LinkedIn's feed did not appear.")

    async def identify(self) -> str | None:
        """Return the account's own profile id, where a page has told it or the inbox does."""
        return self._tab.identity.told or await read_own_id(self._tab)


def _others_in(conversation_urn: str, participants: Sequence[Participant]) -> Mapping[str, str]:
    """Return the names, by profile id, of those in a conversation who do not own the mailbox."""
    owners = profile_ids_in(conversation_urn)
    return {
        each.profile_id: each.name
        for each in participants
        if each.profile_id is not None and each.profile_id not in owners
    }


async def _nothing(_: object) -> None:
    return None


async def _not_kept(_file: Downloaded) -> Upload:
    raise Refused("There is no room to keep a file in.")
