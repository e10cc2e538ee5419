"""ConnectSafely's calls, performed in a browser while the client waits, judged by the ledger."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from storage.secrets import digest_key, new_api_key
from storage.teams import Scope
from tests.api.conftest import served
from tests.executor.office import JANE, STRANGER
from tests.executor.test_fetch_conversations import mailbox
from tests.inbox.reading import SIZES, fill_inbox, read_inbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import timedelta

    from tests.executor.office import Office

JANE_URN = f"urn:li:fsd_profile:{JANE}"


@asynccontextmanager
async def connected(
    office: Office, *, watched_every: timedelta | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the API beside a runner, for a client of the team."""
    key = new_api_key()
    await office.store.keys.add(
        office.team.id, name="test", digest=digest_key(key), hint=key[:6], scope=Scope.FULL
    )
    await office.store.teams.add_alias(office.admin.id, "acc_12345")
    app = create_app(
        office.store,
        ApiSettings(_env_file=None),
        clock=office.clock,
        watched_every=watched_every,
    )
    stop = asyncio.Event()
    running = asyncio.ensure_future(office.runner().run(stop))
    try:
        async with (
            served(app) as url,
            httpx.AsyncClient(
                base_url=f"{url}/linkedin",
                headers={"Authorization": f"Bearer {key}", "Prefer": "wait=30"},
                timeout=60,
            ) as client,
        ):
            yield client
    finally:
        stop.set()
        await running


@pytest.mark.parametrize(
    "recipient", [{"recipientProfileId": "john-doe-123"}, {"recipientProfileUrn": JANE_URN}]
)
async def test_the_vendors_example_sends_one_message(
    office: Office, recipient: dict[str, Any]
) -> None:
    """Unchanged but for host and key, to the person who has that name in the sandbox."""
    text = "Hello! I would like to connect with you."
    body = {
        "accountId": "acc_12345",
        **recipient,
        "message": text,
        "subject": "Quick question about your work",
        "messageType": "normal",
        "groupId": "12345678",
    }
    async with connected(office) as client:
        answer = await client.post("/message", json=body)

    (entry,) = await office.delivered()
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": f"urn:li:fsd_profile:{entry.recipient}",
    }
    assert (entry.kind, entry.text) == ("message", text)
    assert answer.headers["X-Message-Urn"].startswith("urn:li:msg_message:")
    assert answer.headers["X-RateLimit-Used"] == "1"


async def test_three_impatient_calls_at_once_deliver_once(office: Office) -> None:
    """Each gets the same answer."""
    body = {"recipientProfileUrn": JANE_URN, "message": "Hi Jane"}
    async with connected(office) as client:
        answers = await asyncio.gather(*(client.post("/message", json=body) for _ in range(3)))

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [entry.text for entry in await office.delivered()] == ["Hi Jane"]


async def test_somebody_who_is_no_connection_is_refused(office: Office) -> None:
    """With the reason, and nothing is delivered."""
    body = {"recipientProfileUrn": f"urn:li:fsd_profile:{STRANGER}", "message": "Hi"}
    async with connected(office) as client:
        answer = await client.post("/message", json=body)
        missing = await client.post(
            "/message", json={"recipientProfileId": "invalid-profile-id", "message": "Hi"}
        )

    assert (answer.status_code, answer.headers["X-Error-Code"]) == (400, "not_connected")
    assert (missing.status_code, missing.json()["error"]) == (
        404,
        "LinkedIn profile not found: invalid-profile-id",
    )
    assert await office.delivered() == []


async def test_typing_is_shown_and_an_answer_is_marked_seen(office: Office) -> None:
    """The three calls with which a person answers somebody, in the conversation that is there."""
    client = office.sandbox.client
    line = SeededMessage(sender="them", text="Are you there?")
    thread = await client.seed_thread(NewThread(person="john-doe-123", messages=(line,), unread=1))
    urn = thread.conversation_urn
    body = {"recipientProfileId": "john-doe-123", "message": "Yes!", "conversationUrn": urn}
    async with connected(office) as api:
        shown = await api.post("/messaging/typing-indicator", json={"conversationUrn": urn})
        unread = next(each.unread for each in await client.threads() if each.id == thread.id)
        sent = await api.post("/messaging/send-with-typing", json=body)
        seen = await api.post("/messaging/mark-seen", json={"conversationUrn": urn})
        everything = await api.post("/messaging/mark-all-read")

    assert (shown.status_code, unread) == (200, 1), shown.text
    assert sent.json()["typingIndicatorSent"] is True, sent.text
    assert (seen.status_code, everything.status_code) == (200, 200), everything.text
    (entry,) = await office.delivered()
    assert (entry.text, entry.conversation_urn) == ("Yes!", urn)
    assert [each.id for each in await client.threads() if each.unread] == []


async def test_a_file_is_handed_in_sent_and_read_again(office: Office) -> None:
    """Three calls; a repetition of the last two sends nothing, and the history tells the file."""
    content = b"%PDF-1.7 invented"
    headers = {"Content-Type": "application/pdf"}
    answers = []
    async with connected(office) as api:
        for filename in ("report.pdf", "again.pdf"):
            uploaded = await api.post(
                "/conversations/upload-attachment",
                params={"accountId": "acc_12345", "filename": filename},
                content=content,
                headers=headers,
            )
            assert uploaded.status_code == 200, uploaded.text
            body = {
                "recipientProfileUrn": JANE_URN,
                "message": "As promised",
                "attachments": [{"file": uploaded.json()["attachment"]}],
            }
            answers.append(await api.post("/conversations/send", json=body))
        urn = answers[0].headers["X-Conversation-Urn"]
        read = await api.get(f"/conversations/{quote(urn, safe='')}/messages")
        url = read.json()["messages"][0]["attachments"][0]["url"]
        fetched = [
            await api.post("/conversations/download-media", json={"accountId": "acc_12345", **body})
            for body in ({"url": url}, {"url": url}, {"url": "https://example.org/dms/prv/a"})
        ]

    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    assert answers[0].json() == answers[1].json()
    (entry,) = await office.delivered()
    assert [(file.name, file.media_type, file.byte_size) for file in entry.files] == [
        ("report.pdf", "application/pdf", len(content))
    ]
    (message,) = read.json()["messages"]
    assert message["hasAttachment"] is True
    (attachment,) = message["attachments"]
    assert (attachment["type"], attachment["name"], attachment["byteSize"]) == (
        "file",
        "report.pdf",
        len(content),
    )
    assert [answer.status_code for answer in fetched] == [200, 200, 400], fetched[0].text
    assert [answer.content for answer in fetched[:2]] == [content, content]
    assert fetched[0].headers["Content-Type"] == "application/pdf"
    assert fetched[0].headers["Content-Disposition"] == "attachment"
    assert fetched[0].headers["X-Task-Id"] != fetched[1].headers["X-Task-Id"]
    assert fetched[2].json() == {"error": "url is invalid"}


async def test_an_invitation_is_sent_seen_and_withdrawn(office: Office) -> None:
    """Three calls in a row, as a client would make them."""
    async with connected(office) as client:
        invited = await client.post(
            "/connect", json={"profileId": "oskar-fjeldgren", "customMessage": "Hi Oskar"}
        )
        pending = await client.get("/relationship/oskar-fjeldgren")
        withdrawn = await client.post(
            "/invitations/withdraw", json={"profileId": "oskar-fjeldgren"}
        )
        after = await client.get("/relationship/acc_12345/oskar-fjeldgren")

    assert invited.json()["profileUrn"] == f"urn:li:fsd_profile:{STRANGER}", invited.text
    assert (pending.json()["invitationSent"], pending.json()["status"]) == (True, "PENDING")
    assert withdrawn.json()["success"] is True, withdrawn.text
    assert after.json()["invitationSent"] is False
    assert [entry.kind for entry in await office.delivered()] == ["invitation", "withdrawal"]


async def test_people_connections_and_invitations_are_what_the_world_was_given(
    office: Office,
) -> None:
    """Found, listed, answered: each as a client would ask."""
    client = office.sandbox.client
    await client.set_relation(STRANGER, Relation.INCOMING)
    async with connected(office) as api:
        body = {"keywords": "Fjeldgren", "filters": {"connectionDegree": ["2nd"]}}
        people = await api.post("/search/people", json=body)
        connections = await api.get("/connections", params={"limit": 12})
        received = await api.get("/invitations/received")
        first = received.json()["invitations"][0]["profile"]["profileId"]
        answered = await api.post(
            "/invitations/received/respond", json={"action": "ACCEPT", "profileId": first}
        )
        sent = await api.get("/invitations/sent")

    assert [each["profileId"] for each in people.json()["people"]] == ["oskar-fjeldgren"]
    assert (connections.json()["count"], connections.json()["endOfList"]) == (12, False)
    assert first == "oskar-fjeldgren"
    assert answered.json()["success"] is True, answered.text
    pending = await client.people(Relation.PENDING)
    assert sent.json()["count"] == min(10, len(pending))
    assert [entry.kind for entry in await office.delivered()] == ["acceptance"]


async def test_the_vendors_workflow_follows_and_stops_it(office: Office) -> None:
    """As its node for n8n sends it; whoever is followed already stays so without a click."""
    async with connected(office) as client:
        body = {"accountId": "acc_12345", "profileId": "oskar-fjeldgren"}
        followed = await client.post("/follow", json=body)
        ended = await client.post("/follow", json={**body, "action": "unfollow"})
        connection = {"profileUrn": JANE_URN, "action": "follow"}
        already = await client.post("/follow", json=connection)

    assert followed.json() == {
        "success": True,
        "action": "follow",
        "profileUrn": f"urn:li:fsd_profile:{STRANGER}",
        "message": "Successfully followed user",
    }
    assert ended.json()["message"] == "Successfully unfollowed user", ended.text
    assert (already.status_code, already.json()["profileUrn"]) == (200, JANE_URN)
    # Nobody was followed a second time, so only two acts count.
    used = [each.headers["X-RateLimit-Used"] for each in (followed, ended, already)]
    assert used == ["1", "2", "2"]
    assert [(entry.kind, entry.recipient) for entry in await office.delivered()] == [
        ("follow", STRANGER),
        ("unfollow", STRANGER),
    ]


async def test_a_reaction_takes_the_place_of_another(office: Office) -> None:
    """By the documented names, and nothing is taken back before."""
    post = "urn:li:activity:7123456789012345678"
    async with connected(office) as client:
        liked = await client.post("/posts/react", json={"postUrl": post})
        body = {"postUrl": post, "reactionType": "PRAISE"}
        praised = await client.post("/posts/react", json=body)

    assert liked.status_code == 200, liked.text
    assert praised.json() == {
        "success": True,
        "message": "Successfully reacted to post with PRAISE reaction",
        "threadUrn": post,
        "postDetails": {"postUrn": post},
    }
    reactions = [(entry.kind, entry.reaction) for entry in await office.delivered()]
    assert reactions == [("reaction", "LIKE"), ("reaction", "PRAISE")]


async def test_a_profile_is_what_the_world_was_given(office: Office) -> None:
    """Whom it is about, how far away they are, and nobody where there is nobody."""
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTABLE)
    async with connected(office) as client:
        answer = await client.get("/profile", params={"profileId": "oskar-fjeldgren"})
        nobody = await client.post("/profile", json={"profileId": "nobody-at-all"})

    profile = answer.json()["profile"]
    assert (profile["entityUrn"], profile["publicIdentifier"], profile["isConnected"]) == (
        f"urn:li:fsd_profile:{STRANGER}",
        "oskar-fjeldgren",
        False,
    )
    assert (nobody.status_code, nobody.json()["profile"]) == (200, {})


async def test_a_large_inbox_is_read_without_a_trace(office: Office) -> None:
    """Every conversation once and in order, every message of some, and nothing marked read."""
    await fill_inbox(office)
    one_of_each_size = {len(thread.messages): thread.id for thread in await mailbox(office)}
    wanted = {one_of_each_size[size] for size in SIZES}

    async with connected(office) as api:
        reading = await read_inbox(office, api, wanted=lambda thread: thread.id in wanted)

    assert reading.troubles == []
    assert reading.conversations >= len(SIZES)
    assert (reading.opened, reading.messages) == (len(set(SIZES)), sum(set(SIZES)))


async def test_an_inbox_is_synchronised_by_reading_it(office: Office) -> None:
    """As many as there are are counted, and none is marked read."""
    client = office.sandbox.client
    there = [each for each in await client.threads() if each.category != "SPAM"]
    unread = [each.id for each in there if each.unread]
    async with connected(office) as api:
        synced = (await api.post("/conversations/sync", json={"force": True})).json()
        status = (await api.get("/conversations/sync/status")).json()

    (account,) = status["accounts"]
    assert synced["conversationsProcessed"] == len(there)
    assert synced["durationMs"] >= 0
    assert account["syncState"]["totalConversations"] == len(there)
    assert account["syncState"]["consecutiveFailures"] == 0
    assert [each.id for each in await client.threads() if each.unread] == unread
    assert await office.delivered() == []
