"""One attempt: a request to exactly the address that was looked at, and the answer to it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

import httpx

from api.webhooks.targets import AddressRefused, Unresolved
from storage.webhooks import DeliveryError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from datetime import timedelta
    from types import TracebackType

    from api.webhooks.targets import Target, Targets

_READ_AT_MOST = 16 * 1024
"""Bytes of an answer's body that are read, for the sender's sake: nothing of it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of an attempt."""

    status: int | None = None
    error: DeliveryError | None = None
    """`None`: the receiver has taken it."""


class Exchange:
    """Sends to receivers; used as a context manager.

    It is httpx's transport alone, without a client around it: no proxies from the environment, no
    redirects, no cookies, no credentials of a `.netrc`, and no decompression.
    """

    def __init__(
        self, targets: Targets, *, timeout: timedelta, trust: ssl.SSLContext | None = None
    ) -> None:
        """Make one.

        Args:
            targets: knows where webhooks may go.
            timeout: for the whole of it, from the look-up of the name to the end of the answer.
            trust: whose certificates are good; default: those of public authorities, or of
                `SSL_CERT_FILE`.
        """
        self._targets = targets
        self._seconds = timeout.total_seconds()
        self._trust = trust
        self._transport: httpx.AsyncHTTPTransport | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._transport is not None:
            await self._transport.aclose()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send *body*, and tell what came of it; whatever goes wrong outside is an answer too."""
        try:
            async with asyncio.timeout(self._seconds):
                target = self._targets.parse(url)
                status = await self._status(target, body, headers)
        except AddressRefused:
            return Answered(error=DeliveryError.ADDRESS_REFUSED)
        except Unresolved:
            return Answered(error=DeliveryError.UNRESOLVED)
        except TimeoutError:
            return Answered(error=DeliveryError.TIMED_OUT)
        except (httpx.TransportError, OSError):
            return Answered(error=DeliveryError.NOT_CONNECTED)
        return Answered(status=status, error=_trouble(status))

    async def _opened(self) -> httpx.AsyncHTTPTransport:
        """Return the transport, which is made once somebody is to be told something.

        The certificates of all public authorities take 40 ms to read, at every start.
        """
        if self._transport is None:
            if (trust := self._trust) is None:
                trust = await asyncio.to_thread(httpx.create_ssl_context)
            # Somebody else may have been waiting for theirs as well.
            self._transport = self._transport or httpx.AsyncHTTPTransport(
                verify=trust,
                trust_env=False,
                # A connection is for one address that was looked at under one name.
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            )
        return self._transport

    async def _status(self, target: Target, body: bytes, headers: Mapping[str, str]) -> int:
        *others, last = await self._targets.addresses(target)
        for address in others:
            try:
                return await self._status_at(address, target, body, headers)
            except httpx.ConnectError:
                continue
        return await self._status_at(last, target, body, headers)

    async def _status_at(
        self, address: str, target: Target, body: bytes, headers: Mapping[str, str]
    ) -> int:
        request = httpx.Request(
            "POST",
            target.at(address),
            content=body,
            headers={
                **headers,
                "Host": target.url.netloc.decode("ascii"),
                "Content-Type": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": "linkedin-executor",
            },
            # TLS goes by the name: the receiver's certificate is for that, not for its address.
            extensions={"sni_hostname": target.host},
        )
        transport = await self._opened()
        response = await transport.handle_async_request(request)
        try:
            taken = 0
            async for piece in response.aiter_raw():
                taken += len(piece)
                if taken >= _READ_AT_MOST:
                    break
        finally:
            await response.aclose()
        return response.status_code


def _trouble(status: int) -> DeliveryError | None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status == HTTPStatus.GONE:
        return DeliveryError.GONE
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return DeliveryError.REDIRECTED
    return DeliveryError.BAD_STATUS
