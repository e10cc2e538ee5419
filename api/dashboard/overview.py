"""The first page: what goes on, what needs a person, what went out."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.dashboard.access import SignedIn  # noqa: TC001 - FastAPI reads this annotation
from api.dashboard.accounts import accounts_of, can_sign_in
from api.dashboard.pages import show
from api.dashboard.plots import plot
from api.dashboard.tasks import names_of, rows_of
from api.services import services
from storage.runners import why_nobody_works
from storage.tasks import TaskFilter, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.dashboard.plots import Plot
    from api.services import Services

router = APIRouter()

_AT_WORK = frozenset({TaskStatus.RUNNING, TaskStatus.SUBMITTING})
_FEW = 6
_SOME = 10
_DAYS = 14


@router.get("")
async def overview(request: Request, visitor: SignedIn) -> Response:
    """Show how the team's work stands."""
    own, team_id = services(request), visitor.caller.team_id
    reports = own.store.reports
    at_work = await reports.list(TaskFilter(team_id=team_id, statuses=_AT_WORK, limit=_SOME))
    counts = await reports.unfinished(team_id)
    writes, reads = await _plots(own, team_id)
    return show(
        request.scope,
        "overview.html",
        visitor=visitor,
        section="overview",
        accounts=await accounts_of(own, team_id),
        members=await names_of(own, team_id),
        counts=counts,
        why_nobody_works=await _why_nobody_works(own) if any(counts.values()) else None,
        at_work=await rows_of(own, at_work),
        waiting=await rows_of(own, await reports.waiting_longest(team_id, limit=_FEW)),
        unreviewed=await rows_of(own, await reports.unreviewed(team_id, limit=_SOME)),
        writes=writes,
        reads=reads,
        can_sign_in=can_sign_in(own, visitor),
    )


async def _why_nobody_works(own: Services) -> str | None:
    return why_nobody_works(await own.store.runners.seen(), own.clock())


async def _plots(own: Services, team_id: str) -> Sequence[Plot]:
    today = own.clock().astimezone(UTC).date()
    since = today - timedelta(days=_DAYS - 1)
    counted = await own.store.reports.ended_by_day(team_id, since=since)
    return [plot(counted, is_write=each, last=today, days=_DAYS) for each in (True, False)]
