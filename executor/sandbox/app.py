"""The sandbox as one web application: LinkedIn's routes, the scripts, and the control API."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.requests import ClientDisconnect

from executor.sandbox.control import control_app
from executor.sandbox.deeds import RefusedError
from executor.sandbox.entry import InsteadError, answer_instead, answer_refusal
from executor.sandbox.rendering import STATIC
from executor.sandbox.routes import (
    companies,
    following,
    groups,
    identity,
    invitations,
    mailbox,
    messaging,
    posts,
    profiles,
    sales,
    sales_api,
    search,
    sending,
    server_requests,
    sign_in,
    uploads,
)
from executor.sandbox.scripts import script
from executor.sandbox.stage import Stage


def create_app(state_file: Path | None = None) -> FastAPI:
    """Build a sandbox with its own world.

    Args:
        state_file: SQLite file that keeps the world over restarts; None forgets it.
    """
    app = FastAPI(openapi_url=None, redirect_slashes=True)
    stage = Stage(state_file)
    app.state.stage = stage
    app.add_exception_handler(InsteadError, answer_instead)
    app.add_exception_handler(RefusedError, answer_refusal)
    app.add_exception_handler(404, _unknown)
    app.add_exception_handler(ClientDisconnect, _nobody_listens)
    for area in (
        sign_in,
        profiles,
        companies,
        groups,
        sales,
        sales_api,
        search,
        posts,
        invitations,
        following,
        server_requests,
        identity,
        messaging,
        mailbox,
        sending,
        uploads,
    ):
        app.include_router(area.router)
    # The React style sheet names the rotating classes, so it is rendered for each start.
    app.add_api_route("/static/sdui.css", _sdui_css)
    app.add_api_route("/favicon.ico", _no_icon, status_code=204)
    app.add_api_route("/static/{name}.css", _style)
    app.add_api_route("/static/{name}.js", _script)
    app.mount("/_sandbox", control_app(stage))
    return app


# Their addresses change with each start.
_KEPT = {"cache-control": "max-age=86400, immutable"}


async def _sdui_css(request: Request) -> Response:
    stage: Stage = request.app.state.stage
    return Response(stage.look.render("sdui.css", "en"), media_type="text/css", headers=_KEPT)


async def _style(name: str) -> Response:
    return _kept(name, "text/css", (STATIC / f"{name}.css").read_bytes)


async def _script(name: str) -> Response:
    return _kept(name, "text/javascript", lambda: script(name))


def _kept(name: str, media_type: str, read: Callable[[], bytes]) -> Response:
    if not name.isidentifier():
        return Response(status_code=404)
    try:
        return Response(read(), media_type=media_type, headers=_KEPT)
    except FileNotFoundError:
        return Response(status_code=404)


async def _no_icon() -> None:
    """Spare browsers the error of a missing icon."""


async def _nobody_listens(_request: Request, _error: Exception) -> Response:
    """Make no noise about a browser that has gone while it was asking."""
    return Response(status_code=204)


async def _unknown(request: Request, _error: Exception) -> Response:
    called = request.url.path.startswith(
        ("/voyager/", "/sales-api/", "/static/", "/_sandbox/", "/preload/")
    )
    return Response(status_code=404) if called else RedirectResponse("/404/", 302)
