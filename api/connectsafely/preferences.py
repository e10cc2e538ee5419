"""`Prefer`: how long a client likes to wait (RFC 7240)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST_WAIT = 60
"""Seconds that a client may ask to be waited for."""

_RESPOND_ASYNC = "respond-async"
_WAIT = re.compile(r"wait\s*=\s*\"?(\d{1,6})\"?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How long to wait for a task, and which of the client's wishes that honours."""

    seconds: float
    applied: dict[str, str]
    """The header that says so."""

    def less(self, seconds: float) -> Preferences:
        """Return what is left of them after so many seconds."""
        return replace(self, seconds=max(0.0, self.seconds - seconds))

    @classmethod
    def of(cls, request: Request, *, usual: float) -> Preferences:
        """Read the request's preferences; what is not understood is passed over, as RFC 7240 says.

        Args:
            usual: how long to wait for whoever says nothing.
        """
        said = ",".join(request.headers.getlist("Prefer")).lower().split(",")
        wishes = [each.partition(";")[0].strip() for each in said]
        if _RESPOND_ASYNC in wishes:
            return cls(seconds=0, applied={"Preference-Applied": _RESPOND_ASYNC})
        for wish in wishes:
            if (found := _WAIT.fullmatch(wish)) is not None:
                seconds = min(int(found[1]), LONGEST_WAIT)
                return cls(seconds=seconds, applied={"Preference-Applied": f"wait={seconds}"})
        return cls(seconds=usual, applied={})
