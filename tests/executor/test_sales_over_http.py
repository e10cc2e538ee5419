"""Sales Navigator's inbox over ConnectSafely's calls, performed in a browser, from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.executor.sales import marks, seed, unread, with_seat
from tests.executor.test_connectsafely_over_http import connected

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_a_conversation_is_found_read_answered_and_marked(office: Office) -> None:
    """Each call takes up what the one before has told; only the last marks anything read."""
    await with_seat(office)
    thread = await seed(office)
    async with connected(office) as client:
        listed = (await client.get("/sales-nav/threads", params={"filter": "UNREAD"})).json()
        (found,) = listed["threads"]
        path = f"/sales-nav/threads/{quote(found['threadId'], safe='')}"
        read = (await client.get(path, params={"messageCount": 2})).json()["thread"]
        body = {"threadId": found["threadId"], "body": "Thank you, John."}
        sent = await client.post("/sales-nav/send", json=body)
        again = await client.post("/sales-nav/send", json=body)
        newer = {"conversationUrn": found["conversationUrn"], "message": "See you on Tuesday."}
        other = await client.post("/conversations/send", json=newer)
        before = (await unread(office), await marks(office))
        marked = await client.post("/sales-nav/mark-read", json={"threadId": thread})

    first, second = await office.delivered()
    assert [each["text"] for each in read["messages"]] == ["message 2", "message 1"]
    assert (found["source"], read["hasMore"]) == ("sales_navigator", True)
    assert sent.status_code == 200, sent.text
    assert (sent.json()["threadId"], sent.json()["messageId"]) == (thread, first.message_urn)
    assert again.json() == sent.json()
    assert other.json()["sentMessage"]["messageUrn"] == second.message_urn
    assert [each.text for each in (first, second)] == ["Thank you, John.", "See you on Tuesday."]
    assert {each.sales_thread for each in (first, second)} == {thread}
    assert before == ({thread}, [])
    assert marked.json()["success"] is True
    assert await unread(office) == set()


async def test_an_account_without_a_seat_is_told_so(office: Office) -> None:
    """As a refusal of what was asked, and not as an error of the server's."""
    async with connected(office) as client:
        answer = await client.get("/sales-nav/threads")

    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert answer.headers["X-Error-Code"] == "refused"
