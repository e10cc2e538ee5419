"""What is tried in every combination, and on which pages it is met; one line for each flow."""

from __future__ import annotations

from executor.sandbox.people import Relation
from tests.executor.office import JANE
from tests.matrix import inbox, reads, sales, writes
from tests.matrix.flow import Flow
from tests.matrix.variations import Page

JOHN = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
"""A connection with whom the account has written before."""
NOTE = "Grüße, مرحبا 👋"

_P = Page.PROFILE

FLOWS: tuple[Flow, ...] = (
    Flow("send_message, the first", writes.message(JANE), (_P, Page.CONVERSATION)),
    Flow("send_message, one more", writes.message(JOHN), (_P, Page.CONVERSATION)),
    Flow("send_message with files", writes.message_with_files(JOHN), (_P, Page.CONVERSATION)),
    Flow("send_inmail", writes.inmail, (_P, Page.INMAIL)),
    Flow("send_group_message", writes.group_message, (_P, Page.GROUP)),
    Flow("send_connection_request", writes.invitation(), (_P, Page.INVITATION)),
    Flow("send_connection_request with a note", writes.invitation(NOTE), (_P, Page.INVITATION)),
    Flow("withdraw_invitation", writes.withdrawal, (_P, Page.WITHDRAWAL)),
    Flow("answer_invitation, accept", writes.answer("accept"), (_P, Page.ANSWER)),
    Flow("answer_invitation, ignore", writes.answer("ignore"), (_P, Page.ANSWER)),
    Flow("follow_member, follow", writes.following("follow"), (_P, Page.FOLLOW)),
    Flow("follow_member, unfollow", writes.following("unfollow"), (_P, Page.FOLLOW)),
    *(Flow(f"relationship, {each}", reads.relationship(each), (_P,)) for each in Relation),
    Flow("relationship, self", reads.own_profile, (_P,)),
    Flow("fetch_profile", reads.profile, (_P, Page.SECTIONS)),
    Flow("search_profiles", reads.search, (Page.SEARCH,)),
    Flow("fetch_connections", reads.connections, (Page.CONNECTIONS,)),
    Flow("fetch_group_members", reads.group_members, (Page.GROUP,)),
    Flow("fetch_sent_invitations", reads.sent_invitations, (Page.INVITATIONS,)),
    Flow("fetch_received_invitations", reads.received_invitations, (Page.INVITATIONS,)),
    Flow("like_post", writes.like, (Page.POST, Page.REACTION)),
    Flow("like_post, celebrating", writes.celebration, (Page.POST, Page.REACTION)),
    Flow("unlike_post", writes.unlike, (Page.POST, Page.REACTION)),
    Flow("comment_post", writes.comment, (Page.POST, Page.COMMENT)),
    Flow("fetch_profiles_posts", reads.posts, (_P, Page.POST)),
    Flow("fetch_post", reads.post, (Page.POST,)),
    Flow("fetch_comments", reads.comments, (Page.POST, Page.COMMENTS)),
    Flow("search_posts", reads.found_posts, (Page.POST,)),
    Flow("fetch_company", reads.company, (_P, Page.COMPANY)),
    Flow("fetch_company_posts", reads.company_posts, (Page.COMPANY, Page.POST)),
    Flow("fetch_relationship", inbox.relationship, (_P,)),
    Flow("fetch_inmail_credits", inbox.credits_, (Page.INBOX,)),
    Flow("fetch_conversations", inbox.conversations, (Page.INBOX,)),
    Flow("watch_inbox", inbox.watched, (Page.INBOX, Page.THREAD, Page.CONNECTIONS)),
    Flow("find_conversation", inbox.found, (Page.INBOX,)),
    Flow("fetch_messages", inbox.messages, (Page.THREAD,)),
    Flow("download_media", inbox.download, (Page.THREAD,)),
    Flow("show_typing", inbox.typing, (Page.THREAD,)),
    Flow("mark_read", inbox.marked, (Page.THREAD,)),
    Flow("mark_unread", inbox.unread, (Page.INBOX,)),
    Flow("star_conversation", inbox.starred, (Page.THREAD,)),
    Flow("recall_message", inbox.recalled, (Page.THREAD, Page.MESSAGE, Page.DELETION)),
    Flow("react_to_message, give", inbox.reaction(gives=True), (Page.THREAD, Page.MESSAGE)),
    Flow(
        "react_to_message, take away",
        inbox.reaction(gives=False),
        (Page.THREAD, Page.MESSAGE),
    ),
    Flow("fetch_sales_threads", sales.threads, (Page.SALES,)),
    Flow("fetch_sales_thread", sales.thread, (Page.SALES,)),
    Flow("send_sales_message", sales.answer, (Page.SALES,)),
    Flow("send_sales_inmail", sales.inmail, (_P, Page.SALES, Page.LEAD)),
    Flow("mark_sales_thread_read", sales.marked, (Page.SALES,)),
    Flow("mark_all_read", inbox.all_marked, (Page.INBOX, Page.THREAD)),
)
