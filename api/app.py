"""The HTTP application."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from api import connectsafely, native, outx
from api.body_limit import BodyLimit
from api.clock import utc_now
from api.connectsafely.looks import Looks
from api.connectsafely.quotas import Quotas
from api.dialect import PLAIN
from api.docs import DOCS_PATH, OPENAPI_PATH, add_docs
from api.endings import Endings
from api.errors import Answers
from api.health import Health
from api.intake import Intake
from api.metrics import Metrics
from api.refusals import Unexpected
from api.request_log import RequestLog
from api.services import Services
from api.waiting import Waits

if TYPE_CHECKING:
    from datetime import timedelta

    from fastapi.routing import APIRoute
    from starlette.types import ASGIApp, Scope

    from api.clock import Clock
    from api.connectsafely.quotas import Caps
    from api.health import Readiness
    from api.settings import ApiSettings
    from api.waiting import Forecast
    from storage.ports import Store

_SUMMARY = "Sends LinkedIn messages and invitations for clients written for hosted APIs."
# The first whose prefix fits is the one.
_DIALECTS = (
    outx.OUTX,
    connectsafely.SALES_NAV,
    connectsafely.CONNECTSAFELY,
    connectsafely.OVERVIEW,
    native.NATIVE,
)


def create_app(
    store: Store,
    settings: ApiSettings,
    *,
    clock: Clock = utc_now,
    readiness: Readiness | None = None,
    forecast: Forecast | None = None,
    caps: Caps | None = None,
    watched_every: timedelta | None = None,
) -> FastAPI:
    """Make the application over an open *store*, which stays the caller's to close.

    Args:
        readiness: asks further parts for `/readyz`, such as the runner for its heartbeat.
        forecast: estimates when waiting tasks start; without one the end of their holds is told.
        caps: knows what the operator lets accounts do; without it the documented quotas stand
            alone.
        watched_every: how often runners look at inboxes by themselves, if they do.
    """
    app = FastAPI(
        title="linkedin-executor",
        summary=_SUMMARY,
        version=_version(),
        openapi_url=OPENAPI_PATH if settings.docs else None,
        docs_url=None,
        redoc_url=None,
        # A path either exists or does not; a redirect would be built from a header.
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    waits = Waits(clock=clock, forecast=forecast)
    app.state.services = Services(
        store=store,
        intake=Intake(store, settings, waits=waits, clock=clock),
        waits=waits,
        endings=Endings(store),
        quotas=Quotas(store, caps=caps, clock=clock),
        looks=Looks(store, every=watched_every, clock=clock),
        settings=settings,
        clock=clock,
    )
    answers = Answers(_DIALECTS, otherwise=PLAIN)
    answers.install(app)

    def on_crash(scope: Scope) -> ASGIApp:
        return answers.answer(Unexpected(), scope)

    # The last one added is the outermost.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(RequestLog, on_crash=on_crash)

    health = Health(
        store,
        session_active_for=settings.session_active_for,
        clock=clock,
        readiness=readiness,
    )
    app.include_router(outx.router)
    for router in connectsafely.ROUTERS:
        app.include_router(router)
    app.include_router(native.router)
    app.include_router(health.router())
    if settings.metrics_key is not None:
        metrics = Metrics(
            store,
            key=settings.metrics_key.get_secret_value(),
            version=app.version,
            caps=caps,
            clock=clock,
        )
        app.include_router(metrics.router())
    if settings.docs:
        add_docs(app)
        app.add_api_route("/", _to_docs, include_in_schema=False)
    return app


def stop_waiting(app: FastAPI) -> None:
    """Answer the clients that wait for tasks, because the server is about to stop."""
    found: Services = app.state.services
    found.endings.close()


def _operation_id(route: APIRoute) -> str:
    return f"{str(route.tags[0]).lower()}_{route.name}" if route.tags else route.name


async def _to_docs() -> RedirectResponse:
    return RedirectResponse(f".{DOCS_PATH}")


def _version() -> str:
    try:
        return version("linkedin-executor")
    except PackageNotFoundError:
        return "0+source"
