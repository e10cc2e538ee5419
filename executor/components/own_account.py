"""Who the account is, as LinkedIn answers its own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.components.counts import numbers_in
from executor.components.profile_ids import profile_ids_in
from executor.locators import account

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """The account's own member; `None` is what was not told."""

    profile_id: str | None
    vanity: str | None
    has_premium: bool | None


def own_account_in(answer: dict[str, Any]) -> OwnAccount | None:
    """Read the answer to the page's question who it is; `None` when it says nothing of that."""
    told = next((each for each in objects_in(answer) if "premiumSubscriber" in each), None)
    if told is None:
        return None
    named = told.get("*miniProfile") or told.get("miniProfile")
    urn = named.get("entityUrn") if isinstance(named, dict) else named
    profile = next(
        (each for each in objects_in(answer) if urn and each.get("entityUrn") == urn), {}
    )
    ids = profile_ids_in(str(urn or ""))
    premium = told["premiumSubscriber"]
    vanity = profile.get("publicIdentifier")
    return OwnAccount(
        profile_id=ids[0] if len(ids) == 1 else None,
        vanity=vanity if isinstance(vanity, str) else None,
        has_premium=premium if isinstance(premium, bool) else None,
    )


def credits_in(text: str) -> int | None:
    """Read "InMail credits: 150 remaining" in any language; `None` unless one line tells it."""
    found = {
        numbers[0]
        for line in text.splitlines()
        if account.BRAND in line and len(numbers := numbers_in(line)) == 1
    }
    return found.pop() if len(found) == 1 else None


def objects_in(part: Any) -> Iterator[dict[str, Any]]:
    """Return every object of an answer, the outer ones first."""
    if isinstance(part, list):
        for each in part:
            yield from objects_in(each)
    elif isinstance(part, dict):
        yield part
        for each in part.values():
            yield from objects_in(each)
