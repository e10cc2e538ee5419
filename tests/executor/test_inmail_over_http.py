"""InMails and groups through ConnectSafely's calls, judged by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.executor.office import STRANGER
from tests.executor.test_connectsafely_over_http import connected

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_an_inmail_is_sent_for_a_credit_and_repeated_for_none(office: Office) -> None:
    """The client that asks twice gets the same answer, and one credit is gone."""
    await office.sandbox.client.change_account(1, premium=True)
    await office.sandbox.client.change_limits(inmail_credits=3)
    body = {
        "recipientProfileUrn": f"urn:li:fsd_profile:{STRANGER}",
        "message": "Hello Oskar",
        "subject": "Lanterns",
        "messageType": "inmail",
    }
    async with connected(office) as client:
        answers = [await client.post("/message", json=body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.subject, entry.text) == (STRANGER, "Lanterns", "Hello Oskar")
    assert (await office.sandbox.client.limits()).inmail_credits == 2


async def test_an_inmail_without_credits_is_refused_before_the_click(office: Office) -> None:
    """With its reason."""
    await office.sandbox.client.change_account(1, premium=True)
    await office.sandbox.client.change_limits(inmail_credits=0)
    body = {
        "recipientProfileUrn": f"urn:li:fsd_profile:{STRANGER}",
        "message": "Hello Oskar",
        "subject": "Lanterns",
        "messageType": "inmail",
    }
    async with connected(office) as client:
        answer = await client.post("/messaging/send", json=body)

    assert (answer.status_code, answer.headers["X-Error-Code"]) == (400, "inmail_credits_exhausted")
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("premium", "navigator", "told"),
    [
        (False, False, ("NON_PREMIUM", False, False)),
        (True, False, ("UNKNOWN", True, False)),
        (True, True, ("SALES_NAVIGATOR", True, True)),
    ],
)
async def test_an_accounts_plan_is_told_as_its_pages_prove_it(
    office: Office, *, premium: bool, navigator: bool, told: tuple[str, bool, bool]
) -> None:
    """By its own path, and afterwards by the account's status, without a visit."""
    account = {"premium": premium, "sales_navigator": navigator}
    await office.sandbox.client.change_account(1, **account)
    async with connected(office) as client:
        answer = await client.get("/account/acc_12345/premium")
        await office.sandbox.client.forget_visits()
        status = await client.get("/account/acc_12345/status")

    assert answer.status_code == 200, answer.text
    for plan in (answer.json(), status.json()["linkedinPlan"]):
        assert (plan["premiumType"], plan["isPremium"], plan["hasSalesNavigator"]) == told
        assert plan["hasRecruiter"] is None
    assert answer.json()["accountName"] == "Avery"
    assert await office.pages_visited() == []


async def test_a_fellow_member_of_a_group_is_listed_and_written_to(office: Office) -> None:
    """By the group's number; who is no member may do neither."""
    stranger = await office.sandbox.client.person(STRANGER)
    message = {"recipientProfileUrn": stranger.urn, "message": "Hello from the Circle"}
    elsewhere = {**message, "message": "Hello from elsewhere", "groupId": "87654321"}
    async with connected(office) as client:
        listed = await client.post("/groups/members", json={"groupId": "12345678", "count": 100})
        sent = await client.post("/messaging/send-group", json={**message, "groupId": "12345678"})
        outside = await client.post("/messaging/send-group", json=elsewhere)

    assert listed.status_code == 200, listed.text
    assert stranger.vanity in [each["profileId"] for each in listed.json()["members"]]
    assert (sent.status_code, sent.json()["groupId"]) == (200, "12345678")
    assert (outside.status_code, outside.headers["X-Error-Code"]) == (403, "not_group_member")
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.group) == (STRANGER, "12345678")
