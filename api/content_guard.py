"""Digests that tell when two requests ask for the same effect on LinkedIn.

A person has several names: a profile id, a vanity, and each conversation with them alone. Clients
use any of them. What is known of the others is looked up, so that all lead to a common digest; what
is not known yet shows when a page has proven whom it is about to reach (`TaskQueue.submitting`).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import BaseModel

from executor.actions import Content, Person, Write

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from executor.actions import Action
    from storage.people import KnownPerson
    from storage.ports import People


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDigests:
    """One request's content."""

    canonical: str
    """Stored with the task: under the profile id when it is known, else under the vanity."""
    every: frozenset[str]
    """Under each name by which the person is known."""
    opposites: frozenset[tuple[str, str]] = frozenset()
    """Task types and digests of what would undo or replace it, under each name as well."""
    words: str | None = None
    """Without any name, for when the recipient is proven; `None` where nobody asks then."""


async def digests_of(
    people: People,
    action: Action[Any, Any],
    order: Any,
    *,
    member_id: str,
    not_before: datetime | None,
    is_later: bool = False,
    is_awaited: bool = False,
) -> ContentDigests | None:
    """Return the digests of *order*; `None` for what may be asked for as often as one likes.

    Args:
        not_before: part of the content, since the same words for two dates are two wishes.
        is_later: whether that date is still to come. Else it is a wish like that without a date;
            but what was accepted for this date while it was to come is the same.
        is_awaited: whether a client waits for the outcome, so that a read is one that may have
            to be found again.
    """
    if not isinstance(action, Write):
        if not is_awaited:
            return None
        digest = _digest(member_id, action.task_type, order.model_dump_json())
        opposed = frozenset(
            (each.task_type, _digest(member_id, each.task_type, each.asks.model_dump_json()))
            for each in action.opposites(order)
            if isinstance(each.asks, BaseModel)
        )
        return ContentDigests(canonical=digest, every=frozenset({digest}), opposites=opposed)
    content: Content = action.content(order)
    when = not_before.isoformat() if not_before is not None else None
    said = (content.text, when if is_later else None, *content.files)
    names = await _names(people, member_id, content)
    effect = action.effect or action.task_type
    digests = [_digest(member_id, effect, kind, name, *said) for kind, name in names]
    # Tasks that were stored before ways of one effect were compared have the way, and the subject
    # as a part of the words.
    whole = (content.text if content.subject is None else f"{content.subject}\n\n{content.text}",)
    older = [
        _digest(member_id, action.task_type, kind, name, *whole, *said[1:]) for kind, name in names
    ]
    dated = [
        _digest(member_id, effect, kind, name, content.text, when, *content.files)
        for kind, name in names
        if when != said[1]
    ]
    opposites = frozenset(
        (each.task_type, _digest(member_id, each.task_type, kind, name, each.asks.text, said[1]))
        for each in action.opposites(order)
        if isinstance(each.asks, Content)
        for kind, name in names
    )
    return ContentDigests(
        canonical=digests[0],
        every=frozenset({*digests, *older, *dated}),
        opposites=opposites,
        # What has an opposite looks by itself whether it is done.
        words=_digest(*said) if _reaches_somebody(content) and not opposites else None,
    )


def _reaches_somebody(content: Content) -> bool:
    return content.thread_id is not None or not isinstance(content.target, str)


async def _names(people: People, member_id: str, content: Content) -> list[tuple[str, str]]:
    """Return every name of whom it reaches, the profile id first; what is no person has one."""
    target, thread_id = content.target, content.thread_id
    if not isinstance(target, str):
        names = await _names_of_person(people, member_id, target)
    elif thread_id is None:
        return [("urn", target)]
    else:
        who = await people.in_conversation(member_id, thread_id)
        person = None if who is None else Person(profile_id=who)
        names = [] if person is None else await _names_of_person(people, member_id, person)
    threads = [] if thread_id is None else [thread_id]
    for kind, name in names:
        if kind == "profile_id":
            threads += await people.conversations_with(member_id, name)
    named = [*names, *(("conversation", each) for each in threads)]
    # Tasks that were stored before conversations were remembered have the whole URN.
    return [*named, ("urn", target)] if isinstance(target, str) else named


async def _names_of_person(people: People, member_id: str, person: Person) -> list[tuple[str, str]]:
    profile_id, vanities = person.profile_id, [person.vanity]
    known: KnownPerson | None = None
    if profile_id is not None:
        known = await people.by_profile_id(member_id, profile_id)
    elif person.vanity is not None:
        known = await people.by_vanity(member_id, person.vanity)
    if known is not None:
        profile_id = known.profile_id
        vanities.append(known.vanity)
    ids = [("profile_id", profile_id)] if profile_id is not None else []
    return [*ids, *(("vanity", _folded(vanity)) for vanity in vanities if vanity is not None)]


def _folded(vanity: str) -> str:
    return unicodedata.normalize("NFC", vanity).lower()


def _digest(*parts: str | None) -> str:
    return sha256(json.dumps(parts).encode("ascii")).hexdigest()
