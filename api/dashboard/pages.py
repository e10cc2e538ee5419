"""From a template and values to an answer."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

from api.dashboard import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2
    from starlette.types import Scope

SECURITY_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        # No script or style stands in a page; what is not ours is not loaded.
        "Content-Security-Policy": (
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        # `no-referrer` would also keep from us which page of ours has sent a form.
        "Referrer-Policy": "same-origin",
    }
)
"""What the dashboard's answers have beside, or in the place of, `api.security_headers`."""
STATIC_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "dashboard.css": "text/css",
        "dashboard.js": "text/javascript",
        "live.js": "text/javascript",
        "icon.svg": "image/svg+xml",
    }
)


@cache
def static_file(name: str) -> bytes:
    """Return what is in `static/`; only names of `STATIC_TYPES` are there."""
    return files("api.dashboard").joinpath("static", name).read_bytes()


def base_of(scope: Scope) -> str:
    """Return the path at which browsers find the dashboard, behind whatever proxy."""
    return f"{scope.get('root_path', '').rstrip('/')}/dashboard"


def show(
    scope: Scope,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Fill *template* and answer with it."""
    base = base_of(scope)

    def static(name: str) -> str:
        return f"{base}/static/{name}?v={_version(name)}"

    text = (
        _environment()
        .get_template(template)
        .render({"visitor": None, "section": "", **values}, base=base, static=static)
    )
    # A page's text, or a client's, may hold half a surrogate pair.
    return HTMLResponse(
        text.encode(errors="replace"),
        status_code=status,
        headers={**SECURITY_HEADERS, **(headers or {})},
    )


@cache
def _version(name: str) -> str:
    return sha256(static_file(name)).hexdigest()[:12]


@cache
def _environment() -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - no start waits for it: nobody has opened a page yet

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("api.dashboard"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= words.FILTERS
    return environment
