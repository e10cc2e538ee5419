"""What the guard lets a tab do, decided from addresses and requests alone."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from executor.browser.guard import Guard, Permission, RequestBody, _body, call_of
from executor.browser.tunnel import Tunnel
from executor.errors import NotSent, RecipientMismatch
from executor.locators import IRREVERSIBLE_CALLS, invite, message_deeds, messaging
from storage.errors import LeaseLost, StoreUnavailable

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

    from executor.browser.guard import Commit
    from storage.errors import StoreError
    from storage.tasks import JsonObject

REAL = "https://www.linkedin.com"
SANDBOX = "http://127.0.0.1:8123"
API = f"{REAL}/voyager/api"
SEND = f"{API}/voyagerMessagingDashMessengerMessages?action=createMessage"
INVITE = f"{API}/voyagerRelationshipsDashMemberRelationships?action=verifyQuotaAndCreateV2"
SERVER = f"{REAL}/flagship-web/rsc-action/actions/server-request?sduiid=com.linkedin.sdui"
MAIN = "main-frame"


def guard(site: str = REAL) -> Guard:
    # Judging needs no browser; only carrying the judgement out does.
    return Guard(cast("Page", None), cast("CDPSession", None), MAIN, site, Tunnel())


def paused(url: str, body: object = None, *, frame: str = MAIN, method: str = "POST") -> Any:
    request: dict[str, Any] = {"url": url, "method": method}
    if body is not None:
        request["postData"] = json.dumps(body)
    return {"requestId": "1", "frameId": frame, "request": request}


def accepts(body: JsonObject) -> str | None:
    return None if body.get("to") == "ada" else "It names somebody else."


@pytest.mark.parametrize(
    "url",
    [
        REAL,
        f"{REAL}/",
        f"{REAL}/in/ada/?x=https://evil.example",
        f"{REAL}/in/ada/#x",
        "https://de.linkedin.com/in/ada",
        "https://a.b.linkedin.com/",
        "https://WWW.LINKEDIN.COM/feed/",
        "about:blank",
        "about:srcdoc",
        "data:text/html,x",
        "blob:https://www.linkedin.com/0",
    ],
)
def test_the_real_sites_own_addresses_are_allowed(url: str) -> None:
    """The tab may be anywhere on LinkedIn's own hosts, and on pages without any host."""
    assert guard().allows_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.linkedin.com/",
        "http://de.linkedin.com/",
        "https://linkedin.com.evil.example/",
        "https://www.linkedin.com.evil.example/",
        "https://evillinkedin.com/",
        "https://www.evillinkedin.com/",
        "https://www.linkedin.com@evil.example/",
        "https://evil.example/www.linkedin.com/",
        "https://evil.example/?x=.linkedin.com",
        "https://evil.example/#.linkedin.com",
        "https://evil.example:443/.linkedin.com",
        "https://licdn.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "chrome://settings",
        "ftp://www.linkedin.com/",
        "ws://www.linkedin.com/",
        "",
        SANDBOX,
    ],
)
def test_everything_else_is_left_out_on_the_real_site(url: str) -> None:
    """Other hosts, look-alikes, plain HTTP and scripts are no place to be."""
    assert not guard().allows_address(url)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (SANDBOX, True),
        (f"{SANDBOX}/in/ada/", True),
        ("about:blank", True),
        ("https://127.0.0.1:8123/", False),
        ("http://127.0.0.1:8124/", False),
        ("http://127.0.0.1/", False),
        ("http://localhost:8123/", False),
        ("http://x.127.0.0.1:8123/", False),
        ("http://127.0.0.1:8123@evil.example/", False),
        ("http://127.0.0.1:8123.evil.example/", False),
        (REAL, False),
        ("https://de.linkedin.com/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_sandbox_is_one_origin(url: str, *, allowed: bool) -> None:
    """On a sandbox the tab stays at exactly its address, and never reaches the real LinkedIn."""
    assert allowed is guard(SANDBOX).allows_address(url)


@pytest.mark.parametrize(
    ("url", "call"),
    [
        (SEND, messaging.CREATE_MESSAGE),
        (f"{SEND}&x=1", messaging.CREATE_MESSAGE),
        (f"{SANDBOX}/voyager/api/{SEND.rpartition('/')[2]}", messaging.CREATE_MESSAGE),
        (INVITE, invite.CREATE_INVITATION),
        (f"{INVITE}&decorationId=x[1]", invite.CREATE_INVITATION),
        (INVITE.removesuffix("V2"), invite.CREATE_INVITATION),
        (f"{SERVER}.requests.mynetwork.addaAddConnection&x=1", invite.ADD_CONNECTION),
        (f"{SERVER}.pagers.profile.details", None),
        (SEND.replace("createMessage", "create%4Dessage"), messaging.CREATE_MESSAGE),
        (SEND.replace("voyagerMessaging", "voyager%4Dessaging"), messaging.CREATE_MESSAGE),
        (SEND.replace("action=", "x=1&action="), messaging.CREATE_MESSAGE),
        (
            SEND.replace("createMessage", "reactWithEmoji"),
            message_deeds.CHANGE_MESSAGE_REACTION,
        ),
        (
            SEND.replace("createMessage", "unreactWithEmoji"),
            message_deeds.CHANGE_MESSAGE_REACTION,
        ),
        (SEND.replace("createMessage", "recall"), message_deeds.RECALL_MESSAGE),
        (SEND.replace("createMessage", "edit"), None),
        (f"{API}/voyagerMessagingDashMessengerConversations?action=typing", None),
        (f"{API}/voyagerMessagingDashMessengerMessageDeliveryAcknowledgements?action=x", None),
        (f"{REAL}/in/ada/", None),
        ("", None),
    ],
)
def test_irreversible_calls_are_known_by_their_address(url: str, call: object) -> None:
    """Exactly the requests that send a message or an invitation are held for judgement."""
    assert call is call_of(url)


def test_every_irreversible_call_can_be_named() -> None:
    """No call's pattern hides behind another one's."""
    for call in IRREVERSIBLE_CALLS:
        assert call is call_of(f"{API}/{call.endpoint}?{call.parameter}={call.value}V9")


BODY = {"message": {"body": {"text": "Grüße, Ada 👋"}}}


def entries(*parts: bytes) -> dict[str, Any]:
    return {"postDataEntries": [{"bytes": base64.b64encode(part).decode()} for part in parts]}


def read(request: dict[str, Any]) -> RequestBody | None:
    return _body(messaging.CREATE_MESSAGE, {"url": SEND, **request})


def test_a_short_body_is_read() -> None:
    """Chromium hands short bodies over as text."""
    assert read({"postData": json.dumps(BODY)}) == BODY


def test_a_long_body_is_read_from_its_parts() -> None:
    """Chromium leaves `postData` out of long requests and hands their parts over instead."""
    whole = json.dumps({**BODY, "padding": "x" * 200_000}, ensure_ascii=False).encode()

    assert read(entries(whole)) == json.loads(whole)


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_parts_may_be_cut_anywhere(cut: int) -> None:
    """A part may end within a character; the whole is decoded, not each part."""
    whole = json.dumps(BODY, ensure_ascii=False).encode()

    assert read(entries(whole[:cut], whole[cut:])) == BODY


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"postData": ""},
        {"postData": "{"},
        {"postData": "message=hello"},
        {"postData": "[]"},
        {"postData": '"text"'},
        {"postData": "null"},
        {"postDataEntries": []},
        {"postDataEntries": [{}]},
        entries(b"\xff\xfe{}"),
        {"postDataEntries": [{"bytes": "no Base64!"}]},
        {"postDataEntries": [{"bytes": "abc"}]},
    ],
)
def test_an_unreadable_body_is_no_body(request_: dict[str, Any]) -> None:
    """What is no JSON object cannot be compared, so it is not let through."""
    assert read(request_) is None


async def take_down(_: JsonObject) -> None: ...


def leave(watch: Guard, commit: Commit = take_down) -> Permission:
    """Permit one message to Ada."""
    permission = Permission(messaging.CREATE_MESSAGE, accepts, lambda body: body, commit)
    watch.permit(permission)
    return permission


async def test_nothing_irreversible_leaves_without_permission() -> None:
    """A send that no task has asked for is stopped, whoever clicked."""
    assert not await guard().may_leave(paused(SEND, {"to": "ada"}))


async def test_a_permitted_call_leaves_once() -> None:
    """The request that a task expects passes once; a second one is stopped."""
    watch = guard()
    permission = leave(watch)

    assert await watch.may_leave(paused(SEND, {"to": "ada"}))
    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))
    assert permission.let_through
    permission.raise_if_stopped()  # One has left, so nothing is proven by stopping the second.


@pytest.mark.parametrize("body", [{"to": "bob"}, {}, None, []])
async def test_a_call_for_somebody_else_is_stopped(body: object) -> None:
    """A request whose body does not name the person is stopped, and that is proof."""
    watch = guard()
    permission = leave(watch)

    assert not await watch.may_leave(paused(SEND, body))
    with pytest.raises(NotSent) as caught:
        permission.raise_if_stopped()
    assert isinstance(caught.value.cause, RecipientMismatch)


async def test_a_permission_is_for_one_kind_of_call() -> None:
    """Leave to send a message is no leave to invite."""
    watch = guard()
    permission = leave(watch)

    assert not await watch.may_leave(paused(INVITE, {"to": "ada"}))
    permission.raise_if_stopped()


async def test_a_withdrawn_permission_is_gone() -> None:
    """Once the task is over its leave is, too."""
    watch = guard()
    leave(watch)
    watch.withdraw_permission()

    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))


async def test_a_call_from_a_frame_is_judged_as_well() -> None:
    """It does not matter which frame of the page sends."""
    assert not await guard().may_leave(paused(SEND, {"to": "ada"}, frame="some-frame"))


async def test_a_preflight_sends_nothing() -> None:
    """An OPTIONS request to the same address is not the call."""
    assert await guard().may_leave(paused(SEND, method="OPTIONS"))


async def test_only_the_main_frame_is_kept_on_the_site() -> None:
    """Frames load what the site embeds; the tab itself may not go there."""
    elsewhere = "https://evil.example/"

    assert not await guard().may_leave(paused(elsewhere, method="GET"))
    assert await guard().may_leave(paused(elsewhere, method="GET", frame="some-frame"))


@pytest.mark.parametrize(
    ("trouble", "told"), [(LeaseLost(), LeaseLost), (StoreUnavailable(), NotSent)]
)
async def test_a_call_that_is_not_taken_down_does_not_leave(
    trouble: StoreError, told: type[Exception]
) -> None:
    """Without the commit, and so without the lease, the request stays in the browser."""

    async def refuse(_: JsonObject) -> None:
        raise trouble

    watch = guard()
    permission = leave(watch, refuse)

    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))
    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))
    with pytest.raises(told):
        permission.raise_if_stopped()


async def test_a_second_call_during_the_commit_proves_nothing() -> None:
    """The first one is about to leave, so stopping the second is no reason to call it unsent."""
    committing, may_commit = asyncio.Event(), asyncio.Event()

    async def slowly(_: JsonObject) -> None:
        committing.set()
        await may_commit.wait()

    watch = guard()
    permission = leave(watch, slowly)
    first = asyncio.ensure_future(watch.may_leave(paused(SEND, {"to": "ada"})))
    await committing.wait()

    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))
    permission.raise_if_stopped()
    may_commit.set()
    assert await first


async def test_a_call_whose_caller_has_given_up_does_not_leave() -> None:
    """A store that was busy for too long does not send long after the task has moved on."""
    watch = guard()

    async def while_the_caller_leaves(_: JsonObject) -> None:
        watch.withdraw_permission()

    leave(watch, while_the_caller_leaves)

    assert not await watch.may_leave(paused(SEND, {"to": "ada"}))
