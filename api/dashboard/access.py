"""Who may open the dashboard, and who is signed in to it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends
from starlette.requests import (  # noqa: TC002 - FastAPI reads this annotation
    HTTPConnection,
    Request,
)

from api.body_limit import allow_body
from api.dashboard.refused import show_refusal
from api.dialect import Dialect, plainly
from api.refusals import DashboardIsLocal, ForeignForm, NotSignedIn, ReadOnlyKey, UnknownPath
from api.request_log import log_quietly
from api.services import services
from storage.secrets import digest_key
from storage.teams import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.teams import Caller

DASHBOARD = Dialect(
    name="dashboard",
    prefix="/dashboard",
    word=plainly,
    refuses_what_must_wait=False,
    show=show_refusal,
)
COOKIE = "linkedin_executor_dashboard"
LIVE_HEADER = "x-live"
"""Sent with what a page asks for by itself, which is no sign of a person being there."""

_NOTED_EVERY = timedelta(minutes=1)
_LARGEST_FORM = 16 * 1024
_MOST_FIELDS = 20
_FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
_PROXIES = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is signed in."""

    caller: Caller
    digest: str
    """Of the cookie's token."""
    form_token: str
    """What forms of this visitor's pages carry, and no other site can know."""

    @property
    def may_write(self) -> bool:
        return self.caller.scope is Scope.FULL

    def require_write(self) -> None:
        if not self.may_write:
            raise ReadOnlyKey


def is_served_to(request: HTTPConnection) -> bool:
    """Tell whether the operator lets this request see the dashboard.

    With `local`, it has to come from this machine, to this machine's own name, and through no
    proxy: a proxy on this machine would make everybody local, and so would a name that somebody
    else lets lead here.
    """
    match services(request).settings.dashboard:
        case "on":
            return True
        case "off":
            return False
        case "local":
            return (
                request.client is not None
                and _is_loopback(request.client.host)
                and _is_own_name(request.headers.get("host", ""))
                and not _PROXIES & set(request.headers.keys())
            )


async def served_here(request: HTTPConnection) -> None:
    """Refuse whom the dashboard is not served to."""
    if services(request).settings.dashboard == "off":
        raise UnknownPath
    if not is_served_to(request):
        raise DashboardIsLocal


async def signed_in(request: HTTPConnection) -> Visitor:
    """Return who is signed in.

    Raises:
        NotSignedIn: nobody is, or not any more.
    """
    await served_here(request)
    own = services(request)
    token = request.cookies.get(COOKIE, "")
    digest = digest_key(token)
    sessions = own.store.dashboard_sessions
    session = await sessions.find(digest, idle_for=own.settings.dashboard_idle_for)
    caller = await own.store.keys.caller(session.key_digest) if session else None
    if session is None or caller is None:
        raise NotSignedIn
    if LIVE_HEADER in request.headers:
        log_quietly(request.scope)
    elif own.clock() - session.seen_at >= _NOTED_EVERY:
        await sessions.seen(digest)
    return Visitor(caller=caller, digest=digest, form_token=form_token_of(token))


SignedIn = Annotated[Visitor, Depends(signed_in)]


def form_token_of(token: str) -> str:
    """Return what the forms of a session carry; it tells nothing of the session's token."""
    return hmac.new(token.encode(), b"form", sha256).hexdigest()


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that was sent from a page of ours.

    Raises:
        ForeignForm: the browser says that another site sent it, or it is no form.
    """
    if _is_foreign(request):
        raise ForeignForm
    allow_body(request.scope, _LARGEST_FORM)
    try:
        text = (await request.body()).decode()
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise ForeignForm from error


def is_from_own_page(connection: HTTPConnection) -> bool:
    """Tell whether a page of ours has opened it; browsers name the origin of every WebSocket."""
    origin = connection.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == connection.headers.get("host")


async def read_own_form(request: Request, visitor: Visitor) -> Mapping[str, str]:
    """Return the fields of a form that this visitor was shown.

    Raises:
        ForeignForm: see `read_form`; or the form is not this visitor's.
    """
    form = await read_form(request)
    presented = form.get(_FORM_TOKEN, "").encode()
    if not hmac.compare_digest(presented, visitor.form_token.encode()):
        raise ForeignForm
    return form


def _is_foreign(request: Request) -> bool:
    # Browsers say so themselves where they trust the connection; else the origin is compared.
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _is_own_name(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)
