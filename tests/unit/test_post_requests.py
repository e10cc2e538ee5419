"""Which of a post's requests may leave the browser, by their address and body."""

from __future__ import annotations

import json
from typing import Any

import pytest

from executor.browser.guard import RequestBody, _body, call_of
from executor.components.post_requests import comment_problem, reaction_problem
from executor.locators import post
from executor.post import post_urn

URN = "urn:li:activity:7123456789012345678"
OTHER = "urn:li:activity:71234567890123456789"
COMMENT = f"urn:li:comment:({URN},7200000000000000000)"
API = "https://www.linkedin.com/voyager/api"
SERVER = "https://www.linkedin.com/flagship-web/rsc-action/actions/server-request"
GRAPHQL = f"{API}/graphql?action=execute&queryId=voyagerSocialDashReactions.b731222600772fd4"
CREATE = f"{SERVER}?sduiid=com.linkedin.sdui.reactions.create"
DELETE = f"{SERVER}?sduiid=com.linkedin.sdui.reactions.delete"
WRITE = f"{SERVER}?sduiid=com.linkedin.sdui.comments.createComment"
NORM = f"{API}/voyagerSocialDashNormComments?decorationId=com.linkedin.NormComment-43"


def legacy(urn: str, extra: str = "") -> str:
    return f"{API}/voyagerSocialDashReactions?threadUrn={urn}{extra}"


def body(url: str, sent: object) -> RequestBody:
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    fields = {} if isinstance(sent, bytes) else sent
    assert isinstance(fields, dict)
    return RequestBody(fields, url=url, raw=raw)


def variables(**given: Any) -> dict[str, Any]:
    return {"variables": {"threadUrn": URN, **given}}


LIKES = [
    (legacy(URN), {"reactionType": "LIKE"}),
    (legacy(URN.replace(":", "%3A")), {"reactionType": "LIKE"}),
    (GRAPHQL, variables(entity={"reactionType": "LIKE"})),
    (CREATE, b"\x0a\x00" + URN.encode() + b"\x12\x04LIKE"),
]
UNLIKES = [
    (legacy(URN, "&action=delete"), {"reactionType": "LIKE"}),
    (GRAPHQL, variables(reactionType="LIKE")),
    (DELETE, b"\x0a\x00" + URN.encode()),
]
NEITHER = [
    (legacy(OTHER), {"reactionType": "LIKE"}),
    (legacy(COMMENT), {"reactionType": "LIKE"}),
    (legacy(URN), {"reactionType": "PRAISE"}),
    (legacy(URN), {}),
    (legacy(URN, "&action=other"), {"reactionType": "LIKE"}),
    (f"{API}/voyagerSocialDashReactions", {"reactionType": "LIKE", "threadUrn": URN}),
    (GRAPHQL, variables(entity={"reactionType": "PRAISE"})),
    (GRAPHQL, variables(entity={"reactionType": "LIKE"}, threadUrn=OTHER)),
    (GRAPHQL, variables(entity=None)),
    (GRAPHQL, {"variables": None}),
    (CREATE.replace("create", "createOther"), URN.encode()),
    (CREATE, OTHER.encode()),
    (CREATE, b"1" + URN.rpartition(":")[2].encode()),
    (CREATE, COMMENT.encode()),
    (CREATE, URN.encode() + b" urn%3Ali%3Acomment%3A%28x"),
    (CREATE, b""),
]


@pytest.mark.parametrize(("url", "sent"), LIKES)
def test_a_like_of_the_post_may_leave(url: str, sent: object) -> None:
    """In each of the three forms; none of them passes for taking it back."""
    assert reaction_problem(body(url, sent), URN, wanted="LIKE") is None
    assert reaction_problem(body(url, sent), URN, wanted=None) is not None


@pytest.mark.parametrize(("url", "sent"), UNLIKES)
def test_taking_a_like_back_may_leave(url: str, sent: object) -> None:
    """In each of the three forms; none of them passes for a like."""
    assert reaction_problem(body(url, sent), URN, wanted=None) is None
    assert reaction_problem(body(url, sent), URN, wanted="LIKE") is not None


@pytest.mark.parametrize(("url", "sent"), NEITHER)
@pytest.mark.parametrize("wanted", ["LIKE", None])
def test_anything_else_may_not(url: str, sent: object, wanted: str | None) -> None:
    """Another post, a comment, another reaction, or a form in which nothing can be found."""
    assert reaction_problem(body(url, sent), URN, wanted=wanted) is not None


PRAISES = [
    (legacy(URN), {"reactionType": "PRAISE"}),
    (GRAPHQL, variables(entity={"reactionType": "PRAISE"})),
    (CREATE, b"\x0a\x00" + URN.encode() + b"\x12\x06PRAISE"),
    (CREATE, b"\x0a\x00" + URN.encode() + b"ReactionType_PRAISE"),
]


@pytest.mark.parametrize(("url", "sent"), PRAISES)
def test_another_reaction_may_leave_when_it_is_the_wanted_one(url: str, sent: object) -> None:
    """In each form; it passes for no other, and for taking none back."""
    assert reaction_problem(body(url, sent), URN, wanted="PRAISE") is None
    for wanted in ("LIKE", "EMPATHY", None):
        assert reaction_problem(body(url, sent), URN, wanted=wanted) is not None


def test_a_form_that_names_no_reaction_is_told_by_its_deed() -> None:
    """Nobody has described how React's requests say which one."""
    for wanted in ("LIKE", "PRAISE"):
        assert reaction_problem(body(CREATE, URN.encode()), URN, wanted=wanted) is None


TEXT = 'Well "done", Zoë!\nGrüße 👋'


def norm(text: object = TEXT, urn: str = URN) -> dict[str, Any]:
    return {"commentary": {"text": text, "attributesV2": []}, "threadUrn": urn}


@pytest.mark.parametrize(
    ("url", "sent", "right"),
    [
        (NORM, norm(), True),
        (NORM, norm("Another text"), False),
        (NORM, norm(None), False),
        (NORM, norm(urn=OTHER), False),
        (NORM, norm(urn=COMMENT), False),
        (NORM, {"threadUrn": URN}, False),
        (WRITE, f"\x0a{URN}\x12{TEXT}".encode(), True),
        (WRITE, json.dumps([URN, TEXT]).encode(), True),
        (WRITE, json.dumps([URN, TEXT], ensure_ascii=False).encode(), True),
        (WRITE, f"\x0a{URN}\x12Well done".encode(), False),
        (WRITE, f"\x0a{OTHER}\x12{TEXT}".encode(), False),
        (WRITE, f"\x0a{COMMENT}\x12{TEXT}".encode(), False),
        (WRITE, f"\x0a{URN}\x12{TEXT}".encode("utf-16"), False),
    ],
)
def test_a_comment_needs_the_post_and_the_words(url: str, sent: object, *, right: bool) -> None:
    """A reply names a comment as its thread, and is none of ours."""
    assert (comment_problem(body(url, sent), URN, TEXT) is None) is right


@pytest.mark.parametrize(
    ("url", "call"),
    [
        (legacy(URN), post.CHANGE_REACTION),
        (GRAPHQL, post.CHANGE_REACTION),
        (CREATE, post.CHANGE_REACTION),
        (DELETE, post.CHANGE_REACTION),
        (f"{API}/voyagerSocialDashReactions", post.CHANGE_REACTION),
        (NORM, post.CREATE_COMMENT),
        (WRITE, post.CREATE_COMMENT),
        (f"{API}/graphql?action=execute&queryId=voyagerIdentityDashProfiles.1", None),
        (f"{SERVER}?sduiid=com.linkedin.sdui.requests.mynetwork.withdrawInvitation", None),
        (f"{API}/graphql", None),
        (SERVER, None),
    ],
)
def test_every_form_of_the_requests_is_known(url: str, call: object) -> None:
    """The three addresses of one deed are one call."""
    assert call_of(url) is call


def test_only_server_requests_may_be_in_a_form_of_their_own() -> None:
    """Elsewhere a body that is no JSON object cannot be compared and does not leave."""
    sent = {"postData": "\x0aLIKE"}

    opaque = _body(post.CHANGE_REACTION, {"url": CREATE, **sent})
    assert opaque is not None
    assert (dict(opaque), opaque.raw) == ({}, b"\x0aLIKE")
    assert _body(post.CHANGE_REACTION, {"url": GRAPHQL, **sent}) is None
    assert _body(post.CHANGE_REACTION, {"url": CREATE}) is None


@pytest.mark.parametrize(
    ("text", "urn"),
    [
        (f" {URN} ", URN),
        ("urn:li:ugcPost:7123456789012345678", "urn:li:ugcPost:7123456789012345678"),
        ("https://de.linkedin.com/posts/a_b-share-7123456789012345678-x1/", None),
    ],
)
def test_a_posts_kind_stays_as_it_was_given(text: str, urn: str | None) -> None:
    """The numbers of the kinds differ, and none can be worked out from another."""
    assert post_urn(text) == (urn or "urn:li:share:7123456789012345678")
