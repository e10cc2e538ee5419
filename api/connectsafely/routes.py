"""ConnectSafely's endpoints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.connectsafely import described, overview
from api.connectsafely.access import (  # noqa: TC001 - FastAPI reads these annotations
    CallerByToken,
    CallerWithCredentials,
)
from api.connectsafely.calls import call
from api.connectsafely.endpoints import ENDPOINTS
from api.connectsafely.words import CONNECTSAFELY, OVERVIEW
from api.json_body import read_object
from api.routing import Router
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.connectsafely.endpoint import Endpoint
    from storage.teams import Caller

router = Router(tag="ConnectSafely")


def _with_body(endpoint: Endpoint) -> Callable[..., Awaitable[Response]]:
    async def perform(request: Request, caller: Caller) -> Response:
        services(request).intake.admit(caller, CONNECTSAFELY, creates=True)
        is_empty = endpoint.takes_empty_body and not await request.body()
        sent = {} if is_empty else await read_object(request)
        if request.path_params:
            # Where the path names what it is about, the account stands in the query.
            sent = {**request.query_params, **sent, **request.path_params}
        return await call(request, caller, endpoint, sent, is_text=False)

    async def by_token(request: Request, caller: CallerByToken) -> Response:
        return await perform(request, caller)

    async def with_credentials(request: Request, caller: CallerWithCredentials) -> Response:
        return await perform(request, caller)

    return with_credentials if endpoint.has_longer_401 else by_token


def _with_query(endpoint: Endpoint) -> Callable[..., Awaitable[Response]]:
    async def perform(request: Request, caller: CallerByToken) -> Response:
        services(request).intake.admit(caller, CONNECTSAFELY, creates=True)
        sent = {**request.query_params, **request.path_params}
        return await call(request, caller, endpoint, sent, is_text=True)

    return perform


for _endpoint in ENDPOINTS:
    _make = _with_body if _endpoint.method == "POST" else _with_query
    router.operation(
        _endpoint.method,
        f"{CONNECTSAFELY.prefix}{_endpoint.path}",
        partial(described.call, _endpoint),
        name=_endpoint.function_name,
    )(_make(_endpoint))


@router.operation(
    "POST", f"{OVERVIEW.prefix}/messages", overview.described, name="post_v1_messages"
)
async def send_message(request: Request, caller: CallerByToken) -> Response:
    services(request).intake.admit(caller, CONNECTSAFELY, creates=True)
    sent = overview.as_message(await read_object(request), request.headers)
    return await call(request, caller, overview.MESSAGE, sent, is_text=False)
