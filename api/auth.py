"""Who calls: from a header to a `Caller`."""

from __future__ import annotations

from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.security.base import SecurityBase
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.refusals import MissingKey, UnknownKey
from api.services import services
from storage.secrets import digest_key
from storage.teams import Caller  # noqa: TC001 - FastAPI reads this annotation


class KeyHeader(SecurityBase):
    """Look the caller up by the key in a header; each dialect names its own header.

    Used as a dependency, it also is the security scheme in the API's description.
    """

    def __init__(self, header: str, *, description: str) -> None:
        self._header = header
        self.model = APIKey(**{"in": APIKeyIn.header}, name=header, description=description)
        self.scheme_name = header

    async def __call__(self, request: Request) -> Caller:
        """Return who calls.

        Raises:
            MissingKey: the header is absent or empty.
            UnknownKey: no valid key has this text.
        """
        key = request.headers.get(self._header)
        if not key:
            raise MissingKey
        caller = await services(request).store.keys.caller(digest_key(key))
        if caller is None:
            raise UnknownKey
        return caller
