"""The catalogue: everything that the program can do on LinkedIn, one file per task type.

This is all of `executor` that the API sees; importing it loads no browser.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from executor.actions.action import Action, Content, Done, Write
from executor.actions.answer_invitation import AnswerInvitation, AnswerInvitationInput
from executor.actions.comment_post import COMMENT_MAX, CommentPost, CommentPostInput
from executor.actions.download_media import DownloadMedia, DownloadMediaInput
from executor.actions.fetch_comments import (
    COMMENTS_MAX,
    FARTHEST_COMMENT,
    USUAL_COMMENTS,
    FetchComments,
    FetchCommentsInput,
)
from executor.actions.fetch_company import FetchCompany, FetchCompanyInput
from executor.actions.fetch_company_posts import FetchCompanyPosts, FetchCompanyPostsInput
from executor.actions.fetch_connections import (
    CONNECTIONS_MAX,
    FARTHEST_START,
    USUAL_CONNECTIONS,
    FetchConnections,
    FetchConnectionsInput,
)
from executor.actions.fetch_conversations import (
    CONVERSATIONS_MAX,
    USUAL_CONVERSATION_COUNT,
    FetchConversations,
    FetchConversationsInput,
)
from executor.actions.fetch_group_members import (
    FARTHEST_GROUP_MEMBER,
    GROUP_MEMBERS_MAX,
    USUAL_GROUP_MEMBERS,
    FetchGroupMembers,
    FetchGroupMembersInput,
)
from executor.actions.fetch_inmail_credits import FetchInmailCredits, FetchInmailCreditsInput
from executor.actions.fetch_messages import (
    MESSAGES_MAX,
    USUAL_MESSAGE_COUNT,
    FetchMessages,
    FetchMessagesInput,
)
from executor.actions.fetch_post import FetchPost, FetchPostInput
from executor.actions.fetch_profile import FetchProfile, FetchProfileInput
from executor.actions.fetch_profiles_posts import (
    PROFILES_MAX,
    FetchProfilesPosts,
    FetchProfilesPostsInput,
)
from executor.actions.fetch_received_invitations import (
    FetchReceivedInvitations,
    FetchReceivedInvitationsInput,
)
from executor.actions.fetch_relationship import FetchRelationship, FetchRelationshipInput
from executor.actions.fetch_sales_thread import FetchSalesThread, FetchSalesThreadInput
from executor.actions.fetch_sales_threads import FetchSalesThreads, FetchSalesThreadsInput
from executor.actions.fetch_sent_invitations import (
    FetchSentInvitations,
    FetchSentInvitationsInput,
)
from executor.actions.find_conversation import FindConversation, FindConversationInput
from executor.actions.follow_member import FollowMember, FollowMemberInput
from executor.actions.like_post import LikePost, LikePostInput
from executor.actions.mark_all_read import MarkAllRead, MarkAllReadInput
from executor.actions.mark_read import MarkRead, MarkReadInput
from executor.actions.mark_sales_thread_read import (
    MarkSalesThreadRead,
    MarkSalesThreadReadInput,
)
from executor.actions.mark_unread import MarkUnread, MarkUnreadInput
from executor.actions.react_to_message import Emoji, ReactToMessage, ReactToMessageInput
from executor.actions.recall_message import RecallMessage, RecallMessageInput
from executor.actions.search_posts import (
    FARTHEST_POST,
    POSTS_MAX,
    USUAL_POSTS,
    SearchPosts,
    SearchPostsInput,
)
from executor.actions.search_profiles import (
    FARTHEST_PERSON,
    PEOPLE_MAX,
    USUAL_PEOPLE,
    SearchProfiles,
    SearchProfilesInput,
)
from executor.actions.send_connection_request import (
    NOTE_MAX,
    SendConnectionRequest,
    SendConnectionRequestInput,
)
from executor.actions.send_group_message import SendGroupMessage, SendGroupMessageInput
from executor.actions.send_inmail import (
    INMAIL_MAX,
    SUBJECT_MAX,
    SendInmail,
    SendInmailInput,
)
from executor.actions.send_message import MESSAGE_MAX, SendMessage, SendMessageInput
from executor.actions.send_sales_inmail import SendSalesInmail, SendSalesInmailInput
from executor.actions.send_sales_message import SendSalesMessage, SendSalesMessageInput
from executor.actions.show_typing import ShowTyping, ShowTypingInput
from executor.actions.star_conversation import StarConversation, StarConversationInput
from executor.actions.unlike_post import UnlikePost
from executor.actions.watch_inbox import INVITED_MAX, WatchInbox, WatchInboxInput
from executor.actions.withdraw_invitation import WithdrawInvitation, WithdrawInvitationInput
from executor.attachment import (
    ATTACHMENTS_MAX,
    DEFAULT_NAME,
    EXTENSIONS,
    AttachedFile,
    asset_urn,
    new_upload_id,
    safe_name,
)
from executor.group import GroupAddress, GroupId
from executor.mailbox import Conversation, ConversationUrn, MessageUrn, Place
from executor.media import MediaUrl
from executor.person import Person
from executor.sales_mailbox import (
    SalesLead,
    SalesThreadId,
    SalesThreadUrn,
    sales_thread_id_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE: tuple[Action[Any, Any], ...] = (
    AnswerInvitation(),
    CommentPost(),
    DownloadMedia(),
    FetchComments(),
    FetchCompany(),
    FetchCompanyPosts(),
    FetchConnections(),
    FetchConversations(),
    FetchGroupMembers(),
    FetchInmailCredits(),
    FetchMessages(),
    FetchPost(),
    FetchProfile(),
    FetchProfilesPosts(),
    FetchReceivedInvitations(),
    FetchRelationship(),
    FetchSalesThread(),
    FetchSalesThreads(),
    FetchSentInvitations(),
    FindConversation(),
    FollowMember(),
    LikePost(),
    MarkAllRead(),
    MarkRead(),
    MarkSalesThreadRead(),
    MarkUnread(),
    ReactToMessage(),
    RecallMessage(),
    SearchPosts(),
    SearchProfiles(),
    SendConnectionRequest(),
    SendGroupMessage(),
    SendInmail(),
    SendMessage(),
    SendSalesInmail(),
    SendSalesMessage(),
    ShowTyping(),
    StarConversation(),
    UnlikePost(),
    WatchInbox(),
    WithdrawInvitation(),
)

BY_TASK_TYPE: Mapping[str, Action[Any, Any]] = MappingProxyType(
    {action.task_type: action for action in CATALOGUE}
)


def same_effect(action: Action[Any, Any]) -> frozenset[str]:
    """Return the task types that do what *action* does, its own among them."""
    effect = action.effect if isinstance(action, Write) else None
    return _WITH_EFFECT[effect] if effect is not None else frozenset({action.task_type})


_WITH_EFFECT = {
    effect: frozenset(
        each.task_type for each in CATALOGUE if isinstance(each, Write) and each.effect == effect
    )
    for effect in {each.effect for each in CATALOGUE if isinstance(each, Write)}
}


__all__ = [
    "ATTACHMENTS_MAX",
    "BY_TASK_TYPE",
    "CATALOGUE",
    "COMMENTS_MAX",
    "COMMENT_MAX",
    "CONNECTIONS_MAX",
    "CONVERSATIONS_MAX",
    "DEFAULT_NAME",
    "EXTENSIONS",
    "FARTHEST_COMMENT",
    "FARTHEST_GROUP_MEMBER",
    "FARTHEST_PERSON",
    "FARTHEST_POST",
    "FARTHEST_START",
    "GROUP_MEMBERS_MAX",
    "INMAIL_MAX",
    "INVITED_MAX",
    "MESSAGES_MAX",
    "MESSAGE_MAX",
    "NOTE_MAX",
    "PEOPLE_MAX",
    "POSTS_MAX",
    "PROFILES_MAX",
    "SUBJECT_MAX",
    "USUAL_COMMENTS",
    "USUAL_CONNECTIONS",
    "USUAL_CONVERSATION_COUNT",
    "USUAL_GROUP_MEMBERS",
    "USUAL_MESSAGE_COUNT",
    "USUAL_PEOPLE",
    "USUAL_POSTS",
    "Action",
    "AnswerInvitation",
    "AnswerInvitationInput",
    "AttachedFile",
    "CommentPost",
    "CommentPostInput",
    "Content",
    "Conversation",
    "ConversationUrn",
    "Done",
    "DownloadMedia",
    "DownloadMediaInput",
    "Emoji",
    "FetchComments",
    "FetchCommentsInput",
    "FetchCompany",
    "FetchCompanyInput",
    "FetchCompanyPosts",
    "FetchCompanyPostsInput",
    "FetchConnections",
    "FetchConnectionsInput",
    "FetchConversations",
    "FetchConversationsInput",
    "FetchGroupMembers",
    "FetchGroupMembersInput",
    "FetchInmailCredits",
    "FetchInmailCreditsInput",
    "FetchMessages",
    "FetchMessagesInput",
    "FetchPost",
    "FetchPostInput",
    "FetchProfile",
    "FetchProfileInput",
    "FetchProfilesPosts",
    "FetchProfilesPostsInput",
    "FetchReceivedInvitations",
    "FetchReceivedInvitationsInput",
    "FetchRelationship",
    "FetchRelationshipInput",
    "FetchSalesThread",
    "FetchSalesThreadInput",
    "FetchSalesThreads",
    "FetchSalesThreadsInput",
    "FetchSentInvitations",
    "FetchSentInvitationsInput",
    "FindConversation",
    "FindConversationInput",
    "FollowMember",
    "FollowMemberInput",
    "GroupAddress",
    "GroupId",
    "LikePost",
    "LikePostInput",
    "MarkAllRead",
    "MarkAllReadInput",
    "MarkRead",
    "MarkReadInput",
    "MarkSalesThreadRead",
    "MarkSalesThreadReadInput",
    "MarkUnread",
    "MarkUnreadInput",
    "MediaUrl",
    "MessageUrn",
    "Person",
    "Place",
    "ReactToMessage",
    "ReactToMessageInput",
    "RecallMessage",
    "RecallMessageInput",
    "SalesLead",
    "SalesThreadId",
    "SalesThreadUrn",
    "SearchPosts",
    "SearchPostsInput",
    "SearchProfiles",
    "SearchProfilesInput",
    "SendConnectionRequest",
    "SendConnectionRequestInput",
    "SendGroupMessage",
    "SendGroupMessageInput",
    "SendInmail",
    "SendInmailInput",
    "SendMessage",
    "SendMessageInput",
    "SendSalesInmail",
    "SendSalesInmailInput",
    "SendSalesMessage",
    "SendSalesMessageInput",
    "ShowTyping",
    "ShowTypingInput",
    "StarConversation",
    "StarConversationInput",
    "UnlikePost",
    "WatchInbox",
    "WatchInboxInput",
    "WithdrawInvitation",
    "WithdrawInvitationInput",
    "Write",
    "asset_urn",
    "new_upload_id",
    "safe_name",
    "sales_thread_id_in",
    "same_effect",
]
