"""Sales Navigator's inbox and leads, as public clients and extensions record it (2026-11-22).

What it asks for and writes was found in two sources or more; what has only one says so.
"""

from __future__ import annotations

from executor.locators.element import NetworkCall, element, seen

SEARCH = element("sales.search", seen("2026-11-22", "#left-rail-inbox-search"))
"""Stands above the list, whether there is anything in it or not."""

ROW = element(
    "sales.row",
    seen("2026-11-22", "li.conversation-list-item"),
    seen("2026-11-22", "li[data-x-conversation-list-item]"),
)

LAST_ROW = element(
    "sales.last_row",
    # Brought into view, it makes the page load what comes behind it.
    seen("2026-11-22", "li.conversation-list-item:last-child"),
    seen("2026-11-22", "li[data-x-conversation-list-item]:last-child"),
)

THREAD = element("sales.thread", seen("2026-11-22", ".thread-container"))

CONTRACT = element("sales.contract", seen("2026-11-22", ".action-select-contract"))
"""One of several contracts, of which a person chooses one before anything else (one source)."""

THREAD_PATH = r"/sales/inbox/(?P<thread_id>2-[^/]+)/?"
"""The path of a conversation, decoded."""

COMPOSER = element(
    "sales.composer",
    seen("2026-11-22", "textarea.compose-form__message-field"),
    seen("2026-11-22", 'textarea[name="message"]'),
)

FORM = element(
    "sales.form",
    seen("2026-11-22", 'form:has(textarea[name="message"])'),
    seen("2026-11-22", "form:has(textarea.compose-form__message-field)"),
)

SEND = element(
    "sales.send",
    # In the form; disabled while the message box is empty.
    seen("2026-11-22", "button.artdeco-button--primary"),
    # Today's classes end in a hash; what stands before it has stayed (2026-08).
    seen("2026-11-22", 'button[class*="_primary_"]'),
)

SUBJECT = element(
    "sales.subject",
    seen("2026-11-22", ".compose-form__subject-field"),
    seen("2026-11-22", 'input[id^="compose-form-subject"]'),
    seen("2026-11-22", 'input[class*="_subject-field"]'),
)
"""Only a message that begins a conversation has one."""

LEAD_PATH = r"/sales/lead/(?P<profile_id>[A-Za-z0-9_-]+)(?:,[^/]*)?/?"
"""The path of a member's page, decoded; addresses below `/sales/people/` lead there."""

LEAD_MESSAGE = element(
    "sales.lead.message",
    # The page has a hidden one as well, and both may come 15 s late (2026-09-30).
    seen("2026-11-22", "button[data-anchor-send-inmail]"),
)

DIALOG = element("sales.dialog", seen("2026-11-22", 'section[role="dialog"]'))
"""In which somebody is written to from their page."""

DIALOG_LEAD = element("sales.dialog.lead", seen("2026-11-22", 'a[href*="/sales/lead/"]'))
"""Tells in the dialog whom it is to (one source)."""

DIALOG_MESSAGE = element("sales.dialog.message", seen("2026-11-22", "article"))
"""A message of an earlier conversation."""

LOAD_THREADS = NetworkCall(
    name="load_sales_threads",
    endpoint="sales-api/salesApiMessagingThreads",
    parameter="q",
    value="filter",
    measured="2026-11-22",
)

LOAD_THREAD = NetworkCall(
    name="load_sales_thread",
    endpoint="sales-api/salesApiMessagingThreads",
    names_target=True,
    measured="2026-11-22",
)
"""Other calls have its address as well; which conversation is meant stands behind it."""

LOAD_OLDER = NetworkCall(
    name="load_older_sales_messages",
    endpoint="messages",
    below="salesApiMessagingThreads",
    measured="2026-11",
)
"""Below a conversation's own address, which has to be looked at as well (one source)."""

MARK_SALES_READ = NetworkCall(
    name="mark_sales_read",
    endpoint="salesApiMessagingThreads",
    parameter="action",
    value="markAsRead",
    names_target=True,
    measured="2026-11-22",
)
"""Tells that a conversation was read; pages send it when they open one."""

CREATE_SALES_MESSAGE = NetworkCall(
    name="create_sales_message",
    endpoint="salesApiMessageActions",
    parameter="action",
    value="createMessage",
    measured="2026-11-22",
    irreversible=True,
)
