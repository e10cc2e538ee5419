"""The page about the elements of LinkedIn's pages, and what finds them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.dashboard.access import SignedIn  # noqa: TC001 - FastAPI reads this annotation
from api.dashboard.pages import show
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.measures import LocatorUse

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownElement:
    """What has found an element in ordinary work; each is what was so last, if it ever was."""

    name: str
    first: LocatorUse | None
    fallback: LocatorUse | None
    missing: LocatorUse | None

    @property
    def state(self) -> str:
        """Return how it was when it was looked for last: `first`, `fallback` or `missing`."""
        known = {"missing": self.missing, "fallback": self.fallback, "first": self.first}
        return max((use.last_at, name) for name, use in known.items() if use)[1]


@router.get("/locators")
async def locators_page(request: Request, visitor: SignedIn) -> Response:
    """Show which elements are found, by what, and since when no more."""
    known = elements_in(await services(request).store.measures.locators())
    by_state = {
        state: [each for each in known if each.state == state]
        for state in ("missing", "fallback", "first")
    }
    return show(
        request.scope, "locators.html", visitor=visitor, section="locators", by_state=by_state
    )


def elements_in(uses: Sequence[LocatorUse]) -> list[KnownElement]:
    """Return what is known of each element, by name."""
    return [_element(name, list(group)) for name, group in groupby(uses, lambda use: use.element)]


def _element(name: str, uses: Sequence[LocatorUse]) -> KnownElement:
    return KnownElement(
        name=name,
        first=_last([use for use in uses if use.rank == 0]),
        fallback=_last([use for use in uses if use.rank]),
        missing=_last([use for use in uses if use.rank is None]),
    )


def _last(uses: Sequence[LocatorUse]) -> LocatorUse | None:
    return max(uses, key=lambda use: use.last_at, default=None)
