"""The requests of ConnectSafely's own node for n8n, performed in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.executor.office import JANE, STRANGER
from tests.executor.test_connectsafely_over_http import connected

if TYPE_CHECKING:
    import httpx

    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
POST_URL = (
    f"https://www.linkedin.com/posts/jane_what-a-week-activity-{POST.rpartition(':')[2]}-AbCd"
)
GROUP = "12345678"


async def answered(
    client: httpx.AsyncClient, method: str, path: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Ask as a workflow does that asks again while its task goes on."""
    while True:
        answer = await client.request(method, path, json=body)
        if answer.status_code != 202:
            assert answer.status_code == 200, (path, answer.status_code, answer.text)
            return dict(answer.json())


async def test_every_operation_of_the_vendors_node_that_writes_is_performed(
    office: Office,
) -> None:
    """Unchanged but for the host: what its form sends for each, defaults included."""
    async with connected(office) as client:
        message = await answered(
            client,
            "POST",
            "/message",
            {"message": "Hi", "recipientProfileId": "john-doe-123", "messageType": "normal"},
        )
        invited = await answered(
            client,
            "POST",
            "/connect",
            {"accountId": "acc_12345", "profileId": STRANGER, "customMessage": "Hi Oskar"},
        )
        followed = await answered(
            client, "POST", "/follow", {"action": "follow", "profileId": STRANGER}
        )
        reacted = await answered(
            client, "POST", "/posts/react", {"postUrl": POST_URL, "reactionType": "LIKE"}
        )
        commented = await answered(
            client,
            "POST",
            "/posts/comment",
            {"postUrl": POST_URL, "comment": "Great insights!", "tagPostAuthor": False},
        )

    assert message["message"] == "Message sent successfully"
    assert invited["message"] == "Connection request sent successfully"
    assert followed["message"] == "Successfully followed user"
    assert reacted["message"] == "Successfully reacted to post with LIKE reaction"
    assert commented["message"] == "Successfully posted comment"
    assert [(each.kind, each.text) for each in await office.delivered()] == [
        ("message", "Hi"),
        ("invitation", "Hi Oskar"),
        ("follow", None),
        ("reaction", None),
        ("comment", "Great insights!"),
    ]


async def test_every_operation_of_the_vendors_node_that_reads_is_performed(
    office: Office,
) -> None:
    """Its credential test as well; nothing is left behind."""
    async with connected(office) as client:
        health = await client.get(client.base_url.copy_with(path="/health"))
        stands = await answered(client, "GET", "/relationship/john-doe-123")
        same = await answered(client, "GET", "/relationship/acc_12345/john-doe-123")
        profile = await answered(
            client,
            "POST",
            "/profile",
            {"profileId": "john-doe-123", "includeGeoLocation": False, "includeContact": False},
        )
        posts = await answered(
            client,
            "POST",
            "/posts/latest",
            {"count": 1, "includeReposts": True, "profileUrn": f"urn:li:fsd_profile:{JANE}"},
        )
        members = await answered(
            client, "POST", "/groups/members", {"groupId": GROUP, "count": 2, "start": 0}
        )
        some = await answered(
            client,
            "POST",
            "/posts/comments",
            {"postUrl": POST_URL, "maxComments": 100, "batchSize": 50, "commentCount": 50},
        )
        every = await answered(
            client,
            "POST",
            "/posts/comments/all",
            {
                "postUrl": POST_URL,
                "maxComments": 100,
                "batchSize": 50,
                "accountId": "acc_12345",
            },
        )
        content = await answered(client, "POST", "/posts/scrape", {"postUrl": POST_URL})
        found = await answered(
            client,
            "POST",
            "/posts/search",
            {
                "keywords": "what a week",
                "count": 10,
                "start": 0,
                "datePosted": "any-time",
                "sortBy": "relevance",
            },
        )

    assert health.status_code == 200
    assert stands["connected"] is same["connected"] is True
    assert profile["profile"]["publicIdentifier"] == "john-doe-123"
    assert [each["postUrn"] for each in posts["posts"]] == [POST]
    assert len(members["members"]) == 2
    for comments in (some, every):
        assert [each["text"] for each in comments["comments"]] == ["Congratulations!"]
        assert (comments["total"], comments["hasMore"]) == (1, False)
    assert content["authorName"] == "Jane Mercer-Tully"
    assert content["text"].startswith("What a week at ")
    assert content["commentCount"] == 1
    assert len(found["posts"]) == 8
    assert (found["hasMore"], found["cutShort"]) == (False, None)
    assert await office.delivered() == []
