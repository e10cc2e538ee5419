"""ConnectSafely's calls about conversations and messages that are there, judged by the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from executor.sandbox.casting import SeededMessage
from tests.executor.test_connectsafely_over_http import connected
from tests.executor.test_mark_read import unread
from tests.executor.test_recall_message import write, write_lately

if TYPE_CHECKING:
    from tests.executor.office import Office


def path(urn: str) -> str:
    return f"/conversations/{quote(urn, safe='')}"


async def test_a_conversation_is_starred_unstarred_and_marked_unread(office: Office) -> None:
    """One call after the other; none marks anything read, and nothing is delivered."""
    line = SeededMessage(sender="them", text="Hello", at=datetime.now(UTC))
    written = await write(office, line)
    urn = written.conversation_urn
    before = await unread(office)
    async with connected(office) as api:
        starred = await api.patch(f"{path(urn)}/star")
        has_star = any(each.starred for each in await office.sandbox.client.threads())
        unstarred = await api.patch(f"{path(urn)}/unstar")
        left = await unread(office)
        seen = await api.post("/messaging/mark-seen", json={"conversationUrn": urn})
        marked = await api.patch(f"{path(urn)}/mark-unread")

    done = {"success": True, "conversationUrn": urn}
    assert (starred.status_code, starred.json()) == (200, done), starred.text
    assert has_star
    assert (unstarred.status_code, unstarred.json()) == (200, done), unstarred.text
    assert left == before
    assert (seen.status_code, marked.status_code, marked.json()) == (200, 200, done), marked.text
    assert set(await unread(office)) == set(before)
    assert not any(each.starred for each in await office.sandbox.client.threads())
    assert await office.delivered() == []


async def test_a_message_is_reacted_to_and_another_is_recalled(office: Office) -> None:
    """The messages are named as `messages` has listed them."""
    written = await write_lately(office)
    urn = written.conversation_urn
    body = {"emoji": "👏", "react": True}
    async with connected(office) as api:
        listed = (await api.get(f"{path(urn)}/messages")).json()["messages"]
        theirs = next(each for each in listed if each["text"] == "Pardon?")["messageUrn"]
        mine = next(each for each in listed if each["isSentByOwner"])["messageUrn"]
        reacted = await api.post(
            f"{path(urn)}/messages/{quote(theirs, safe='')}/react?accountId=acc_12345", json=body
        )
        recalled = await api.delete(f"{path(urn)}/messages/{quote(mine, safe='')}")
        again = await api.delete(f"{path(urn)}/messages/{quote(mine, safe='')}")
        refused = await api.delete(f"{path(urn)}/messages/{quote(theirs, safe='')}")

    assert (reacted.status_code, reacted.json()) == (
        200,
        {"success": True, "messageUrn": theirs, **body},
    ), reacted.text
    assert (recalled.status_code, recalled.json()) == (200, {"success": True, "messageUrn": mine})
    assert again.json() == recalled.json()
    assert (refused.status_code, refused.headers["X-Error-Code"]) == (400, "refused")
    assert [(each.kind, each.message_urn) for each in await office.delivered()] == [
        ("message_reaction", theirs),
        ("recall", mine),
    ]
