"""Comparing what a page asks of LinkedIn's server about an invitation with what the task is about.

React pages send a JSON body whose *payload* names deed, invitation and member (measured 2026-06);
others have seen bodies that cannot be read. From the latter the words that have to be in them are
picked out, and a form in which they cannot be found is refused, not trusted. The older call names
nothing but the deed and the invitation's number, in its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from executor.components.server_requests import holds, last_of, payloads

if TYPE_CHECKING:
    from executor.browser.guard import RequestBody
    from executor.components.member import Member
    from storage.tasks import JsonObject

_OTHER_INVITATION = "The request is about another invitation."
_OTHER_DEED = "The request asks for something else."


class Deed(StrEnum):
    """What can be done about an invitation, in the server's words."""

    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    IGNORE = "ignore"


_FIELDS = {
    Deed.WITHDRAW: "inviterActionType",
    Deed.ACCEPT: "inviteeActionType",
    Deed.IGNORE: "inviteeActionType",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A pending invitation between the account and a member, in either direction."""

    member: Member
    number: str | None = None
    """The end of its URN, where the page tells it."""


def invitation_problem(body: RequestBody, invitation: Invitation, deed: Deed) -> str | None:
    """Say what is wrong with a request that should do this to this invitation."""
    if "sduiid" not in parse_qs(urlsplit(body.url).query):
        return _older_problem(body.url, invitation, deed)
    told = list(payloads(body))
    if not told:
        return _opaque_problem(body.raw, invitation, deed)
    problems = (_payload_problem(each, invitation, deed) for each in told)
    return next(filter(None, problems), None)


def _older_problem(url: str, invitation: Invitation, deed: Deed) -> str | None:
    parts = urlsplit(url)
    if parse_qs(parts.query).get("action") != [deed]:
        return _OTHER_DEED
    if invitation.number is None:
        return "It names the invitation by a number that no page has told."
    named = unquote(parts.path).rstrip("/").rpartition(":")[2]
    return None if named == invitation.number else _OTHER_INVITATION


def _payload_problem(payload: JsonObject, invitation: Invitation, deed: Deed) -> str | None:
    if not str(payload.get(_FIELDS[deed])).endswith(f"_{deed.upper()}"):
        return _OTHER_DEED
    urn, profile = payload.get("invitationUrn"), payload.get("profileUrn")
    number = urn.get("invitationId") if isinstance(urn, dict) else urn
    profile_id = profile.get("profileId") if isinstance(profile, dict) else profile
    told = {
        (last_of(number), invitation.number),
        (last_of(profile_id), invitation.member.profile_id),
    }
    compared = [one == other for one, other in told if one is not None and other is not None]
    return None if compared and all(compared) else _OTHER_INVITATION


def _opaque_problem(raw: bytes, invitation: Invitation, deed: Deed) -> str | None:
    others = [each for each in Deed if each is not deed]
    if not holds(raw, f"_{deed.upper()}") or any(holds(raw, f"_{o.upper()}") for o in others):
        return _OTHER_DEED
    marks = filter(None, (invitation.number, invitation.member.profile_id))
    return None if any(holds(raw, each) for each in marks) else _OTHER_INVITATION
