"""Requests to follow somebody, compared with what a task is about before they leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.guard import RequestBody, call_of
from executor.components.follow_requests import Followed, follow_problem
from executor.components.member import Member
from executor.locators import follow

if TYPE_CHECKING:
    from storage.tasks import JsonObject

SITE = "https://www.linkedin.com"
OLDER = f"{SITE}/voyager/api/feed/dash/followingStates"
SDUI = (
    f"{SITE}/flagship-web/rsc-action/actions/server-request"
    "?sduiid=com.linkedin.sdui.requests.mynetwork.addaUpdateFollowState"
)
ADA = Member(profile_id="ACoAAAda", vanity="ada", name="Ada Example")
NUMBERED = Followed(member=ADA, number="4711")
NAMED = Followed(member=ADA)
WORDS = {True: ["FOLLOW", "FOLLOW_ACTIVE"], False: ["UNFOLLOW", "FOLLOW_INACTIVE"]}


def payload(word: str, number: str = "4711", profile: str = "ACoAAAda") -> JsonObject:
    return {
        "followStateType": f"FollowStateType_{word}",
        "memberUrn": {"memberId": number},
        "postActionSentConfigs": [{"value": {"data": {"profileId": profile}}}],
    }


def readable(told: JsonObject) -> RequestBody:
    fields: dict[str, Any] = {"serverRequest": {"requestedArguments": {"payload": told}}}
    return RequestBody(fields, url=SDUI, raw=json.dumps(fields).encode())


def opaque(told: JsonObject) -> RequestBody:
    return RequestBody({}, url=SDUI, raw=b"\x0a\x00" + json.dumps(told).encode())


def older(name: str, *, following: object) -> RequestBody:
    fields = {"patch": {"$set": {"following": following}}}
    return RequestBody(fields, url=f"{OLDER}/{name}", raw=json.dumps(fields).encode())


@pytest.mark.parametrize("followed", [NUMBERED, NAMED])
@pytest.mark.parametrize("form", [readable, opaque])
@pytest.mark.parametrize("follows", [True, False])
def test_the_right_request_may_leave(form: Any, followed: Followed, *, follows: bool) -> None:
    """Deed and member are those of the task, in either form and in both pairs of words."""
    for word in WORDS[follows]:
        assert follow_problem(form(payload(word)), followed, follows=follows) is None


@pytest.mark.parametrize("form", [readable, opaque])
@pytest.mark.parametrize("follows", [True, False])
def test_the_opposite_is_stopped(form: Any, *, follows: bool) -> None:
    """Of the same member, in either pair of words, and in words that nobody knows."""
    for word in (*WORDS[not follows], "FOLLOW_SOMEHOW"):
        assert follow_problem(form(payload(word)), NUMBERED, follows=follows) is not None


@pytest.mark.parametrize("form", [readable, opaque])
@pytest.mark.parametrize(
    ("followed", "told"),
    [
        (NUMBERED, payload("FOLLOW", number="47112")),
        (NUMBERED, payload("FOLLOW", number="1")),
        (NAMED, payload("FOLLOW", profile="ACoAAAdam")),
    ],
)
def test_somebody_else_is_stopped(form: Any, followed: Followed, told: JsonObject) -> None:
    """A request from the rail holds the profile's id as well, so the number goes before it."""
    assert follow_problem(form(told), followed, follows=True) is not None


def test_the_older_call_names_its_member_in_the_address() -> None:
    """Its body says whether to follow, and nothing else may be changed with it."""
    name = "urn%3Ali%3Afsd_followingState%3Aurn%3Ali%3Afsd_profile%3AACoAAAda"

    assert follow_problem(older(name, following=True), NAMED, follows=True) is None
    assert follow_problem(older(name, following=False), NAMED, follows=False) is None
    assert follow_problem(older(name, following=False), NAMED, follows=True) is not None
    assert follow_problem(older(name, following="yes"), NAMED, follows=True) is not None
    assert follow_problem(older(f"{name}m", following=True), NAMED, follows=True) is not None
    assert follow_problem(older("", following=True), NAMED, follows=True) is not None


@pytest.mark.parametrize(
    "url",
    [
        SDUI,
        f"{SDUI}&parentSpanId=x",
        f"{OLDER}/urn:li:fsd_followingState:urn:li:fsd_profile:ACoAAAda",
        f"{OLDER}/urn%3Ali%3Afsd_followingState%3Aurn%3Ali%3Afsd_company%3A1035",
        f"{OLDER}?ids=List(urn:li:fsd_followingState:x)&action=toggleFollow",
    ],
)
def test_every_address_of_the_call_is_guarded(url: str) -> None:
    """None of them leaves the browser unless a task expects it."""
    assert call_of(url) is follow.CHANGE_FOLLOWING
