"""Comparing what a profile's page asks of LinkedIn's server with the member who is to be followed.

React pages name the member by a number, which the page may not tell; the profile's id stands among
what is to be drawn anew (2026-05-07). The older call has the id in its address (2026-09-09).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from executor.components.server_requests import holds, last_of, payloads

if TYPE_CHECKING:
    from executor.browser.guard import RequestBody
    from executor.components.member import Member

_OTHER_MEMBER = "The request is about another member."
_OTHER_DEED = "The request asks for something else."

_WORD = re.compile(rb"FollowStateType_[A-Z_]+")
_FOLLOWS = {"FollowStateType_FOLLOW", "FollowStateType_FOLLOW_ACTIVE"}
_UNFOLLOWS = {"FollowStateType_UNFOLLOW", "FollowStateType_FOLLOW_INACTIVE"}
"""Two pairs have been captured (2026-05-07, and 2026 without a day)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A member who is to be followed, or not any more."""

    member: Member
    number: str | None = None
    """The end of `urn:li:member:N`, where the page tells it."""


def follow_problem(body: RequestBody, followed: Followed, *, follows: bool) -> str | None:
    """Say what is wrong with a request that should follow this member, or end that."""
    if "sduiid" not in parse_qs(urlsplit(body.url).query):
        return _older_problem(body, followed, follows=follows)
    words = {each.decode() for each in _WORD.findall(body.raw)}
    if not words or words - (_FOLLOWS if follows else _UNFOLLOWS):
        return _OTHER_DEED
    numbers = {
        last_of(urn.get("memberId") if isinstance(urn, dict) else urn)
        for urn in (each.get("memberUrn") for each in payloads(body))
    }
    if followed.number is not None and numbers:
        return None if numbers == {followed.number} else _OTHER_MEMBER
    # A stranger's request may hold the profile's id as well, so the number is the better mark.
    mark = followed.number or followed.member.profile_id
    return None if holds(body.raw, mark) else _OTHER_MEMBER


def _older_problem(body: RequestBody, followed: Followed, *, follows: bool) -> str | None:
    patch = body.get("patch")
    changes = patch.get("$set") if isinstance(patch, dict) else None
    if changes != {"following": follows}:
        return _OTHER_DEED
    named = last_of(unquote(urlsplit(body.url).path).rstrip("/"))
    known = {followed.member.profile_id, followed.number} - {None}
    return None if named in known else _OTHER_MEMBER
