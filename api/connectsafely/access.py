"""Who calls: a bearer token, and this contract's words for a wrong one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Security
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import BEARER, caller_with
from api.connectsafely.words import INVALID_CREDENTIALS, UNAUTHORIZED
from api.refusals import MissingKey, UnknownKey
from storage.teams import Caller


async def _by_token(request: Request, token: Annotated[str | None, Security(BEARER)]) -> Caller:
    return await _caller(request, token, UNAUTHORIZED)


async def _with_credentials(
    request: Request, token: Annotated[str | None, Security(BEARER)]
) -> Caller:
    return await _caller(request, token, INVALID_CREDENTIALS)


async def _caller(request: Request, token: str | None, text: str) -> Caller:
    try:
        return await caller_with(request, token)
    except (MissingKey, UnknownKey) as error:
        raise type(error)(text) from None


CallerByToken = Annotated[Caller, Security(_by_token)]
CallerWithCredentials = Annotated[Caller, Security(_with_credentials)]
"""The same with the longer text that some endpoints' pages have."""
