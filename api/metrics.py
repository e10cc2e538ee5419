"""What Prometheus may know: counts and times of all teams' work, and no person's data.

All of it is read from the store when it is asked for, so that every process on the store says the
same, restarts included. Only `linkedin_executor_process_*` are about the process that answers.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Security
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response

from api.auth import BearerToken
from api.errors import STATUS
from api.limits_used import limits_used
from api.refusals import MissingKey, UnknownKey
from storage.measures import TIME_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from prometheus_client.core import Metric

    from api.clock import Clock
    from api.connectsafely.quotas import Caps
    from api.limits_used import LimitUsed
    from storage.measures import Accounts, Ended, LocatorUse, Queued, Took
    from storage.ports import Store
    from storage.runners import SeenRunner
    from storage.webhooks import DeliveryBacklog, DeliveryTally

PATH = "/metrics"
PREFIX = "linkedin_executor"

_METRICS_KEY = BearerToken(description="The operator's key for watching.", name="metrics-key")
_NEVER_SIGNED_IN = "never_signed_in"
_STEPS = {
    "pick_up": (
        f"{PREFIX}_task_wait_seconds",
        "From acceptance, or the time asked for, until a runner first took the task up.",
    ),
    "submit": (
        f"{PREFIX}_task_submit_seconds",
        "From the last take-up until the commit that comes before the click.",
    ),
    "end": (
        f"{PREFIX}_task_end_seconds",
        "From that commit, of what submits nothing from the take-up, until the end.",
    ),
}


# By identity: a registry keeps its collectors in a dictionary.
@dataclass(frozen=True, kw_only=True, eq=False)
class Reading(Collector):
    """What the store said at one moment, as families of metrics."""

    version: str
    now: datetime
    ended: Sequence[Ended]
    took: Sequence[Took]
    queued: Sequence[Queued]
    accounts: Sequence[Accounts]
    limits: Sequence[LimitUsed]
    deliveries: Sequence[DeliveryTally]
    backlog: DeliveryBacklog
    locators: Sequence[LocatorUse]
    browser_restarts: int
    runners: Sequence[SeenRunner]

    def collect(self) -> Iterator[Metric]:
        build = {"version": self.version}
        yield InfoMetricFamily(f"{PREFIX}_build", "The program that answers.", value=build)
        yield self._tasks_ended()
        yield from self._queue()
        yield from self._times()
        yield self._signed_in()
        yield self._limits_used()
        yield from self._webhooks()
        yield from self._browser()
        yield from self._runners()

    def _tasks_ended(self) -> Metric:
        family = CounterMetricFamily(
            f"{PREFIX}_tasks_ended",
            "Tasks that have ended, by outcome and, where they did not succeed, error code.",
            labels=("task_type", "outcome", "code"),
        )
        for each in self.ended:
            family.add_metric([each.task_type, each.outcome, each.code or ""], each.tasks)
        return family

    def _queue(self) -> Iterator[Metric]:
        depth = GaugeMetricFamily(
            f"{PREFIX}_queued_tasks",
            "Tasks that wait; `due` is false while a time asked for, or a pause, keeps them back.",
            labels=("task_type", "due"),
        )
        age = GaugeMetricFamily(
            f"{PREFIX}_oldest_queued_task_age_seconds",
            "For how long the oldest due task has waited.",
            labels=("task_type",),
        )
        for each in self.queued:
            depth.add_metric([each.task_type, str(each.is_due).lower()], each.tasks)
            if each.is_due:
                seconds = (self.now - each.since).total_seconds()
                age.add_metric([each.task_type], max(0.0, seconds))
        yield depth
        yield age

    def _times(self) -> Iterator[Metric]:
        # The store counts within bounds; Prometheus wants everything up to each of them.
        families = {
            step: HistogramMetricFamily(name, told, labels=("task_type",))
            for step, (name, told) in _STEPS.items()
        }
        for (task_type, step), group in groupby(
            self.took, key=lambda each: (each.task_type, each.step)
        ):
            counted = list(group)
            buckets = [
                (
                    f"{bound.total_seconds()}",
                    sum(each.tasks for each in counted if each.up_to and each.up_to <= bound),
                )
                for bound in TIME_BOUNDS
            ]
            buckets.append(("+Inf", sum(each.tasks for each in counted)))
            total = sum(each.total.total_seconds() for each in counted)
            families[step].add_metric([task_type], buckets, total)
        yield from families.values()

    def _signed_in(self) -> Metric:
        family = GaugeMetricFamily(
            f"{PREFIX}_accounts",
            "Members' accounts, by their session's state.",
            labels=("session",),
        )
        for each in self.accounts:
            family.add_metric([each.health or _NEVER_SIGNED_IN], each.accounts)
        return family

    def _limits_used(self) -> Metric:
        family = GaugeMetricFamily(
            f"{PREFIX}_limit_used_ratio",
            "Share of the cap on an account's tasks of a type in a rolling window that is used.",
            labels=("account", "task_type", "window_seconds"),
        )
        for each in self.limits:
            seconds = f"{each.window.total_seconds():.0f}"
            family.add_metric([each.account, each.task_type, seconds], each.ratio)
        return family

    def _webhooks(self) -> Iterator[Metric]:
        outcomes = CounterMetricFamily(
            f"{PREFIX}_webhook_deliveries",
            "What came of deliveries: `delivered`, `dead`, or `retried` for each attempt that "
            "another one follows.",
            labels=("event_type", "outcome"),
        )
        for each in self.deliveries:
            outcomes.add_metric([each.event_type, each.outcome], each.deliveries)
        yield outcomes
        yield GaugeMetricFamily(
            f"{PREFIX}_pending_webhook_deliveries",
            "Deliveries that are on their way, or wait for their next attempt.",
            value=self.backlog.deliveries,
        )
        since = self.backlog.since
        yield GaugeMetricFamily(
            f"{PREFIX}_oldest_pending_webhook_age_seconds",
            "For how long the oldest of them has not been told; 0 when there is none.",
            value=max(0.0, (self.now - since).total_seconds()) if since else 0.0,
        )

    def _browser(self) -> Iterator[Metric]:
        fallbacks = CounterMetricFamily(
            f"{PREFIX}_locator_fallbacks",
            "How often an element of LinkedIn's pages was found by another than its first "
            "candidate.",
            labels=("element",),
        )
        missing = CounterMetricFamily(
            f"{PREFIX}_locators_missing",
            "How often none of its candidates found an element where it has to be.",
            labels=("element",),
        )
        for element, group in groupby(self.locators, key=lambda each: each.element):
            uses = list(group)
            if fallen := sum(each.times for each in uses if each.rank):
                fallbacks.add_metric([element], fallen)
            if gone := sum(each.times for each in uses if each.rank is None):
                missing.add_metric([element], gone)
        yield fallbacks
        yield missing
        yield CounterMetricFamily(
            f"{PREFIX}_browser_restarts",
            "Browsers that had died or hung and were replaced.",
            value=self.browser_restarts,
        )

    def _runners(self) -> Iterator[Metric]:
        there = [each.memory for each in self.runners if not each.is_silent(self.now)]
        yield GaugeMetricFamily(
            f"{PREFIX}_runners",
            "Processes that perform tasks and were seen lately.",
            value=len(there),
        )
        memory = GaugeMetricFamily(
            f"{PREFIX}_runner_memory_bytes",
            "Resident memory of them, and of the browsers that they have started, once a minute.",
            labels=("part",),
        )
        memory.add_metric(["runner"], sum(each.own for each in there))
        memory.add_metric(["browser"], sum(each.browser for each in there))
        yield memory


class Metrics:
    """Answer `/metrics` for whoever has the operator's own key.

    A team's key is not enough: the answer counts all teams' work and names all accounts' ids.
    """

    def __init__(
        self, store: Store, *, key: str, version: str, caps: Caps | None, clock: Clock
    ) -> None:
        self._store = store
        self._key = key.encode()
        self._version = version
        self._caps = caps
        self._clock = clock

    def router(self) -> APIRouter:
        router = APIRouter(tags=["Health"])
        router.add_api_route(
            PATH,
            self.metrics,
            summary="Tell Prometheus how the work goes",
            response_class=Response,
            responses={STATUS[UnknownKey]: {"description": "Not the operator's key."}},
        )
        return router

    async def metrics(
        self, request: Request, token: Annotated[str | None, Security(_METRICS_KEY)]
    ) -> Response:
        """Answer in the text format, or in OpenMetrics for who accepts that."""
        if not token:
            raise MissingKey
        if not hmac.compare_digest(token.encode(), self._key):
            raise UnknownKey
        registry = CollectorRegistry()
        registry.register(await self._reading())
        ProcessCollector(namespace=PREFIX, registry=registry)
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), headers={"Content-Type": content_type})

    async def _reading(self) -> Reading:
        measures = self._store.measures
        return Reading(
            version=self._version,
            now=self._clock(),
            ended=await measures.ended(),
            took=await measures.took(),
            queued=await measures.queued(),
            accounts=await measures.accounts(),
            limits=await self._limits(),
            deliveries=await self._store.outbox.tallies(),
            backlog=await self._store.outbox.backlog(),
            locators=await measures.locators(),
            browser_restarts=await measures.browser_restarts(),
            runners=await self._store.runners.seen(),
        )

    async def _limits(self) -> Sequence[LimitUsed]:
        if self._caps is None:
            return []
        now = self._clock()
        found: list[LimitUsed] = []
        for session in await self._store.sessions.list():
            found += await limits_used(self._store.limits, self._caps, session.member_id, now=now)
        return found
