"""What is asked for again after it was undone: done as LinkedIn's state has it, by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.executor.office import JANE, STRANGER
from tests.executor.test_connectsafely_over_http import JANE_URN, connected

if TYPE_CHECKING:
    from tests.executor.office import Office

STRANGER_URN = f"urn:li:fsd_profile:{STRANGER}"


async def kinds(office: Office) -> list[str]:
    return [entry.kind for entry in await office.delivered()]


async def test_a_recalled_message_is_sent_again(office: Office) -> None:
    """By whichever name; what is there again is not sent a third time."""
    slug = (await office.sandbox.client.person(JANE)).vanity
    by_urn = {"recipientProfileUrn": JANE_URN, "message": "Hi"}
    by_slug = {"recipientProfileId": slug, "message": "Hi"}
    async with connected(office) as api:
        first = await api.post("/message", json=by_urn)
        thread, message = (first.headers[f"X-{each}-Urn"] for each in ("Conversation", "Message"))
        recalled = await api.delete(
            f"/conversations/{quote(thread, safe='')}/messages/{quote(message, safe='')}"
        )
        again = await api.post("/message", json=by_slug)
        repeated = await api.post("/message", json=by_urn)

    assert recalled.status_code == 200, recalled.text
    assert (again.status_code, again.json()) == (200, first.json()), again.text
    assert again.headers["X-Message-Urn"] != message
    assert repeated.headers["X-Message-Urn"] == again.headers["X-Message-Urn"]
    assert await kinds(office) == ["message", "recall", "message"]


async def test_who_is_not_followed_any_more_is_followed_again(office: Office) -> None:
    """By whichever name, within seconds."""
    slug = (await office.sandbox.client.person(STRANGER)).vanity
    async with connected(office) as api:
        answers = [
            await api.post("/follow", json=body)
            for body in (
                {"profileUrn": STRANGER_URN, "action": "follow"},
                {"profileId": slug, "action": "unfollow"},
                {"profileId": slug, "action": "follow"},
                {"profileUrn": STRANGER_URN, "action": "follow"},
            )
        ]

    assert [each.status_code for each in answers] == [200] * 4, [each.text for each in answers]
    assert await kinds(office) == ["follow", "unfollow", "follow"]


async def test_an_invitation_that_was_withdrawn_is_not_said_to_be_sent(office: Office) -> None:
    """LinkedIn takes no other for three weeks, and that is what the client is told."""
    body = {"profileUrn": STRANGER_URN}
    async with connected(office) as api:
        first = await api.post("/connect", json=body)
        withdrawn = await api.post("/invitations/withdraw", json=body)
        again = await api.post("/connect", json=body)

    assert (first.status_code, withdrawn.status_code) == (200, 200), withdrawn.text
    assert (again.status_code, again.headers["X-Error-Code"]) == (400, "reinvite_blocked")
    assert await kinds(office) == ["invitation", "withdrawal"]
