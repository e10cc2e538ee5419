"""The HTTP application."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fastapi.responses import RedirectResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api import connectsafely, dashboard, mcp, native, outx
from api.body_limit import BodyLimit
from api.clock import utc_now
from api.connectsafely.looks import Looks
from api.connectsafely.quotas import Quotas
from api.connectsafely.seats import Seats
from api.dialect import PLAIN
from api.docs import DOCS_PATH, OPENAPI_PATH, add_docs
from api.endings import Endings
from api.errors import Answers
from api.health import Health
from api.intake import Intake
from api.native.streams import Streams
from api.refusals import Unexpected, UnknownPath
from api.request_log import RequestLog
from api.routing import DescribedApp
from api.security_headers import SecurityHeaders
from api.services import Services, services
from api.waiting import Waits
from api.webhooks.targets import Targets, system_addresses

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Scope

    from api.clock import Clock
    from api.connectsafely.quotas import Caps
    from api.dashboard.live_views import LiveViews
    from api.health import Readiness
    from api.settings import ApiSettings
    from api.waiting import Forecast
    from api.webhooks.targets import Resolve
    from storage.ports import Store

_SUMMARY = "Sends LinkedIn messages and invitations for clients written for hosted APIs."
# The first whose prefix fits is the one.
_DIALECTS = (
    outx.OUTX,
    *connectsafely.BARE,
    connectsafely.CONNECTSAFELY,
    connectsafely.OVERVIEW,
    native.NATIVE,
    mcp.MCP,
    dashboard.DASHBOARD,
)
_ROUTERS = (outx.router, *connectsafely.ROUTERS, *native.ROUTERS)


def create_app(
    store: Store,
    settings: ApiSettings,
    *,
    clock: Clock = utc_now,
    readiness: Readiness | None = None,
    forecast: Forecast | None = None,
    caps: Caps | None = None,
    watched_every: timedelta | None = None,
    resolve: Resolve = system_addresses,
    artifacts: Path | None = None,
    working_hours: str | None = None,
    live_views: LiveViews | None = None,
) -> FastAPI:
    """Make the application over an open *store*, which stays the caller's to close.

    Args:
        readiness: asks further parts for `/readyz`, such as the runner for its heartbeat.
        forecast: estimates when waiting tasks start; without one the end of their holds is told.
        caps: knows what the operator lets accounts do; without it the documented quotas stand
            alone.
        watched_every: how often runners look at inboxes by themselves, if they do.
        resolve: looks up the hosts that webhooks name.
        artifacts: where runners keep the pages of tasks that were not understood.
        working_hours: when accounts write, for the dashboard to tell.
        live_views: opens accounts for a person at the dashboard to sign them in.
    """
    waits = Waits(clock=clock, forecast=forecast)
    own = Services(
        store=store,
        intake=Intake(store, settings, waits=waits, clock=clock),
        waits=waits,
        endings=Endings(store),
        streams=Streams(store),
        quotas=Quotas(store, caps=caps, clock=clock),
        looks=Looks(store, every=watched_every, clock=clock),
        seats=Seats(store, clock=clock),
        targets=Targets(allow_private=settings.webhook_allow_private, resolve=resolve),
        settings=settings,
        clock=clock,
        caps=caps,
        artifacts=artifacts,
        working_hours=working_hours,
        failed_sign_ins=dashboard.FailedSignIns(clock),
        live_views=live_views,
    )
    tools = mcp.Endpoint(own, version=_version())
    app = DescribedApp(
        described=_ROUTERS,
        title="linkedin-executor",
        summary=_SUMMARY,
        version=_version(),
        openapi_url=OPENAPI_PATH if settings.docs else None,
        docs_url=None,
        redoc_url=None,
        # A path either exists or does not; a redirect would be built from a header.
        redirect_slashes=False,
        # It would tell whatever OpenTelemetry provider there is of queries and of texts in errors.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=tools.serving,
    )
    app.state.services = own
    answers = Answers(_DIALECTS, otherwise=PLAIN)
    answers.install(app)

    def on_crash(scope: Scope) -> ASGIApp:
        return answers.answer(Unexpected(), scope)

    # The last one added is the outermost.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(RequestLog, on_crash=on_crash)
    app.add_middleware(SecurityHeaders)

    health = Health(
        store,
        session_active_for=settings.session_active_for,
        clock=clock,
        readiness=readiness,
    )
    # As they are: `include_router` would build every route anew at the first request, which takes
    # longer than all else that an application is made of.
    for router in _ROUTERS:
        app.router.routes.extend(router.routes)
    app.router.routes.append(tools.route())
    app.include_router(health.router())
    if settings.metrics_key is not None:
        from api.metrics import Metrics  # noqa: PLC0415 - no start without a key waits for it

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
    if settings.dashboard != "off":
        app.router.routes.extend(dashboard.router.routes)
    if settings.docs or settings.dashboard != "off":
        app.add_api_route("/", _to_first_page, include_in_schema=False)
    return app


def stop_waiting(app: FastAPI) -> None:
    """Let go the clients that wait for tasks or listen to them: the server is about to stop."""
    found: Services = app.state.services
    found.endings.close()
    found.streams.close()


async def _to_first_page(request: Request) -> RedirectResponse:
    own = services(request)
    if dashboard.is_served_to(request):
        return RedirectResponse(f".{dashboard.DASHBOARD.prefix}")
    if not own.settings.docs:
        raise UnknownPath
    return RedirectResponse(f".{DOCS_PATH}")


def _version() -> str:
    try:
        return version("linkedin-executor")
    except PackageNotFoundError:
        return "0+source"
