"""The HTTP application as the command line wires it: with what the executor knows of pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.app import create_app
from api.cli.sandbox_site import at_sandbox
from api.cli.wiring import utc_now
from executor.forecast import QueueForecast
from executor.pacing import OperatorCaps, Pacing

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.cli.wiring import Settings
    from api.dashboard.live_views import LiveViews
    from api.health import Readiness
    from executor.settings import ExecutorSettings
    from storage.ports import Store


def application(
    settings: Settings,
    store: Store,
    *,
    readiness: Readiness | None = None,
    live_views: LiveViews | None = None,
) -> FastAPI:
    executor = at_sandbox(settings.executor, settings.storage.data_dir)
    pacing = Pacing(executor)
    return create_app(
        store,
        settings.api,
        readiness=readiness,
        forecast=QueueForecast(store, pacing, clock=utc_now),
        caps=OperatorCaps(store, pacing, clock=utc_now),
        watched_every=executor.watch_every,
        artifacts=settings.artifacts,
        working_hours=_working_hours(executor),
        live_views=live_views,
    )


def _working_hours(settings: ExecutorSettings) -> str | None:
    if settings.working_hours is None or not settings.is_paced:
        return None
    zone = settings.timezone or "this machine's time zone"
    return f"{settings.working_hours} ({zone})"
