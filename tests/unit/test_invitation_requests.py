"""Requests about invitations, compared with what a task is about before they leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.guard import RequestBody, call_of
from executor.components.invitation_requests import Deed, Invitation, invitation_problem
from executor.components.member import Member
from executor.locators import invitation_change

if TYPE_CHECKING:
    from storage.tasks import JsonObject

SITE = "https://www.linkedin.com"
OLDER = f"{SITE}/voyager/api/voyagerRelationshipsDashInvitations"
REQUEST = f"{SITE}/flagship-web/rsc-action/actions/server-request"
SDUI = f"{REQUEST}?sduiid=com.linkedin.sdui.requests.mynetwork."
WITHDRAW, ANSWER = f"{SDUI}addaWithdrawInvitation&parentSpanId=x", f"{SDUI}addaInvitationAction"
ADA = Member(profile_id="ACoAAAda", vanity="ada", name="Ada Example")
BY_NUMBER = Invitation(member=ADA, number="4711")
BY_MEMBER = Invitation(member=ADA)


def payload(deed: Deed, number: str = "4711", profile: str = "ACoAAAda") -> JsonObject:
    if deed is Deed.WITHDRAW:
        told: Any = {"inviterActionType": "InviterActionType_WITHDRAW", "profileUrn": profile}
    else:
        kind = f"InviteeActionType_{deed.upper()}"
        told = {"inviteeActionType": kind, "profileUrn": {"profileId": profile}}
    return {**told, "invitationUrn": {"invitationId": number}}


def readable(url: str, *payloads: JsonObject) -> RequestBody:
    first, *others = ({"requestedArguments": {"payload": each}} for each in payloads)
    fields: dict[str, Any] = {**first, "serverRequest": (others or [first])[0]}
    return RequestBody(fields, url=url, raw=json.dumps(fields).encode())


def opaque(url: str, told: JsonObject) -> RequestBody:
    return RequestBody({}, url=url, raw=b"\x0a\x00" + json.dumps(told).encode())


def older(path: str) -> RequestBody:
    return RequestBody({"invitationType": "CONNECTION"}, url=f"{OLDER}/{path}", raw=b"{}")


@pytest.mark.parametrize("invitation", [BY_NUMBER, BY_MEMBER])
@pytest.mark.parametrize("form", [readable, opaque])
@pytest.mark.parametrize("deed", Deed)
def test_the_right_request_may_leave(form: Any, invitation: Invitation, deed: Deed) -> None:
    """Deed and invitation are those of the task, in either form."""
    url = WITHDRAW if deed is Deed.WITHDRAW else ANSWER

    assert invitation_problem(form(url, payload(deed)), invitation, deed) is None


@pytest.mark.parametrize("form", [readable, opaque])
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [(Deed.IGNORE, Deed.ACCEPT), (Deed.ACCEPT, Deed.IGNORE), (Deed.WITHDRAW, Deed.ACCEPT)],
)
def test_another_deed_is_stopped(form: Any, asked: Deed, wanted: Deed) -> None:
    """A click on the wrong one of two buttons goes no further than this."""
    assert invitation_problem(form(ANSWER, payload(asked)), BY_NUMBER, wanted) is not None


@pytest.mark.parametrize(
    ("number", "profile"), [("4712", "ACoAAAda"), ("4711", "ACoAAEve"), ("47", "ACoAAEve")]
)
def test_another_invitation_is_stopped(number: str, profile: str) -> None:
    """Whatever the payload names has to be right."""
    body = readable(ANSWER, payload(Deed.ACCEPT, number, profile))

    assert invitation_problem(body, BY_NUMBER, Deed.ACCEPT) is not None


def test_every_payload_is_compared() -> None:
    """The same is said twice in a body (2026-06); the server reads one of them."""
    body = readable(ANSWER, payload(Deed.ACCEPT), payload(Deed.ACCEPT, "4712"))

    assert invitation_problem(body, BY_NUMBER, Deed.ACCEPT) is not None


def test_marks_inside_longer_ones_do_not_count() -> None:
    """A number that merely begins like the invitation's is another one."""
    body = opaque(ANSWER, payload(Deed.ACCEPT, "47110", "ACoAAAdams"))

    assert invitation_problem(body, BY_NUMBER, Deed.ACCEPT) is not None


def test_a_payload_that_names_nobody_is_stopped() -> None:
    """What cannot be compared is refused, not trusted."""
    bare = {"inviteeActionType": "InviteeActionType_ACCEPT"}

    assert invitation_problem(readable(ANSWER, bare), BY_NUMBER, Deed.ACCEPT) is not None
    assert invitation_problem(opaque(ANSWER, bare), BY_NUMBER, Deed.ACCEPT) is not None


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("urn:li:fsd_invitation:4711?action=withdraw", True),
        ("urn%3Ali%3Afsd_invitation%3A4711?action=withdraw", True),
        ("urn:li:fsd_invitation:4712?action=withdraw", False),
        ("urn:li:fsd_invitation:4711?action=accept", False),
        ("urn:li:fsd_invitation:4711", False),
    ],
)
def test_the_older_call_names_all_in_its_address(path: str, *, fits: bool) -> None:
    """Number and deed stand there, and nothing in the body does."""
    problem = invitation_problem(older(path), BY_NUMBER, Deed.WITHDRAW)

    assert (problem is None) is fits


def test_the_older_call_is_stopped_without_a_number_to_compare() -> None:
    """It does not name the member."""
    body = older("urn:li:fsd_invitation:4711?action=withdraw")

    assert invitation_problem(body, BY_MEMBER, Deed.WITHDRAW) is not None


@pytest.mark.parametrize(
    "url",
    [
        WITHDRAW,
        ANSWER,
        f"{OLDER}/urn%3Ali%3Afsd_invitation%3A4711?action=withdraw",
        f"{OLDER}/urn:li:fsd_invitation:4711/?action=accept",
        f"{OLDER}?action=batchIgnore",
    ],
)
def test_every_address_of_the_call_is_guarded(url: str) -> None:
    """None of them leaves the browser unless a task expects it."""
    assert call_of(url) is invitation_change.CHANGE_INVITATION


@pytest.mark.parametrize(
    "url",
    [
        f"{SDUI}addaUpdateFollowState",
        f"{SITE}/flagship-web/rsc-action/actions/pagination?sduiid=com.linkedin.sdui.pagers.x",
        f"{OLDER}/a/b?action=withdraw",
    ],
)
def test_other_requests_are_none_of_it(url: str) -> None:
    """The name of the call is compared by whole parts of the address."""
    assert call_of(url) is not invitation_change.CHANGE_INVITATION
