"""Who calls: from a header to a `Caller`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Security
from fastapi.openapi.models import APIKey, APIKeyIn, HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.refusals import MissingKey, UnknownKey
from api.services import services
from storage.secrets import digest_key
from storage.teams import Caller

if TYPE_CHECKING:
    from storage.ports import Store


async def caller_with(request: Request, key: str | None) -> Caller:
    """Return who calls the app of *request* with *key*; see `caller_of`."""
    return await caller_of(services(request).store, key)


async def caller_of(store: Store, key: str | None) -> Caller:
    """Return who calls with *key*.

    Raises:
        MissingKey: it is absent or empty.
        UnknownKey: no valid key has this text.
    """
    if not key:
        raise MissingKey
    caller = await store.keys.caller(digest_key(key))
    if caller is None:
        raise UnknownKey
    return caller


class KeyHeader(SecurityBase):
    """Take the key from a header; each dialect names its own header.

    Used as a dependency, it also is the security scheme in the API's description.
    """

    def __init__(self, header: str, *, description: str) -> None:
        self._header = header
        self.model = APIKey(**{"in": APIKeyIn.header}, name=header, description=description)
        self.scheme_name = header

    async def __call__(self, request: Request) -> str | None:
        return request.headers.get(self._header)


class BearerToken(SecurityBase):
    """Take the key from `Authorization: Bearer`."""

    def __init__(self, *, description: str, name: str = "bearer") -> None:
        self.model = HTTPBearer(description=description)
        self.scheme_name = name

    async def __call__(self, request: Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else None


X_API_KEY = KeyHeader("x-api-key", description="The team's API key.")
BEARER = BearerToken(description="The team's API key as a bearer token.")


async def _by_x_api_key(
    request: Request, key: Annotated[str | None, Security(X_API_KEY)]
) -> Caller:
    return await caller_with(request, key)


async def _by_either(
    request: Request,
    key: Annotated[str | None, Security(X_API_KEY)],
    token: Annotated[str | None, Security(BEARER)],
) -> Caller:
    return await caller_with(request, key or token)


CallerByKey = Annotated[Caller, Security(_by_x_api_key)]
CallerByKeyOrToken = Annotated[Caller, Security(_by_either)]
"""`x-api-key` wins when both are sent."""
