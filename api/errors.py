"""Refusals as HTTP answers: the one place that knows status numbers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import structlog
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.refusals import (
    AccountNotFound,
    AskedForElsewhere,
    BodyTooLarge,
    DashboardIsLocal,
    DeliveryNotFound,
    ForeignForm,
    ForeignOrigin,
    IdempotencyKeyInFlight,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    InvalidField,
    MalformedJson,
    MethodNotAllowed,
    MissingKey,
    NoActiveSession,
    NoAdmin,
    NotAJsonObject,
    NotJsonContent,
    NotSignedIn,
    QuotaReached,
    ReadOnlyKey,
    Refusal,
    TaskEnded,
    TaskNotFound,
    TaskStarted,
    TaskTypeOnHold,
    TemporarilyUnavailable,
    TooManySignIns,
    TooManyStreams,
    TooManyUploads,
    TooManyWebhooks,
    Unexpected,
    UnknownKey,
    UnknownPath,
    WebhookDisabled,
    WebhookNotFound,
)
from api.request_log import request_id
from storage.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from api.dialect import Dialect

RETRY_AFTER_OUTAGE = 5
"""Seconds after which a client may ask again while the store cannot be used."""

STATUS: Mapping[type[Refusal], int] = MappingProxyType(
    {
        IdempotencyKeyInvalid: 400,
        InvalidField: 400,
        MalformedJson: 400,
        NotAJsonObject: 400,
        MissingKey: 401,
        NotSignedIn: 401,
        UnknownKey: 401,
        ForeignOrigin: 403,
        DashboardIsLocal: 403,
        ForeignForm: 403,
        NoActiveSession: 403,
        ReadOnlyKey: 403,
        AccountNotFound: 404,
        NoAdmin: 404,
        DeliveryNotFound: 404,
        TaskNotFound: 404,
        UnknownPath: 404,
        WebhookNotFound: 404,
        MethodNotAllowed: 405,
        AskedForElsewhere: 409,
        IdempotencyKeyInFlight: 409,
        TaskEnded: 409,
        TaskStarted: 409,
        TooManyWebhooks: 409,
        WebhookDisabled: 409,
        BodyTooLarge: 413,
        NotJsonContent: 415,
        IdempotencyKeyReused: 422,
        QuotaReached: 429,
        TaskTypeOnHold: 429,
        TooManySignIns: 429,
        TooManyStreams: 429,
        TooManyUploads: 429,
        Unexpected: 500,
        TemporarilyUnavailable: 503,
    }
)

_log = structlog.get_logger(__name__)


class Answers:
    """Word every refusal in the dialect of the path that was asked for."""

    def __init__(self, dialects: Sequence[Dialect], *, otherwise: Dialect) -> None:
        self._dialects = dialects
        self._otherwise = otherwise

    def install(self, app: FastAPI) -> None:
        """Answer whatever a route of *app* raises, apart from what nobody foresaw."""
        app.add_exception_handler(Refusal, self._refused)
        app.add_exception_handler(StoreUnavailable, self._store_unavailable)
        app.add_exception_handler(HTTPException, self._refused_by_the_framework)

    def answer(self, refusal: Refusal, scope: Scope) -> Response:
        dialect = self._dialect_of(scope["path"].removeprefix(scope.get("root_path", "")))
        status = STATUS[type(refusal)]
        headers = {**refusal.headers, **_headers(refusal)}
        if dialect.show is not None:
            return dialect.show(refusal, scope, status, headers)
        return JSONResponse(
            dialect.word(refusal, request_id(scope)), status_code=status, headers=headers
        )

    def _dialect_of(self, path: str) -> Dialect:
        for dialect in self._dialects:
            if path.startswith(f"{dialect.prefix}/") or path == dialect.prefix:
                return dialect
        return self._otherwise

    async def _refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, Refusal):
            raise error
        return self.answer(error, request.scope)

    async def _store_unavailable(self, request: Request, error: Exception) -> Response:
        _log.warning("store_unavailable", request_id=request_id(request.scope), reason=str(error))
        return self.answer(TemporarilyUnavailable(), request.scope)

    async def _refused_by_the_framework(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        return self.answer(_from_framework(error), request.scope)


def _from_framework(error: HTTPException) -> Refusal:
    # Routing knows two refusals of its own; none of our routes raises an HTTPException.
    if error.status_code == STATUS[MethodNotAllowed]:
        return MethodNotAllowed(allowed=(error.headers or {}).get("Allow", ""))
    if error.status_code == STATUS[UnknownPath]:
        return UnknownPath()
    raise error


def _headers(refusal: Refusal) -> dict[str, str]:
    match refusal:
        case TaskTypeOnHold() | QuotaReached() | TooManySignIns():
            return {"Retry-After": str(refusal.seconds)}
        case IdempotencyKeyInFlight():
            return {"Retry-After": "1"}
        case TemporarilyUnavailable() | TooManyStreams():
            return {"Retry-After": str(RETRY_AFTER_OUTAGE)}
        case MethodNotAllowed():
            return {"Allow": refusal.allowed}
        case _:
            return {}
