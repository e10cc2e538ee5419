"""The API's description as a page that works without the internet."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse  # noqa: TC002 - FastAPI reads this annotation
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response

DOCS_PATH = "/docs"
OPENAPI_PATH = "/openapi.json"
_ASSETS_PATH = f"{DOCS_PATH}/assets"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class _Assets(StaticFiles):
    """Files that browsers may keep and ask about: the largest has a megabyte and a half."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_docs(app: FastAPI) -> None:
    """Serve Swagger UI under `/docs`, with its files from our own address.

    Only the files of *fastapi-standalone-docs* are used: its class replaces a function inside
    FastAPI for the whole process, which two apps in one process would share.
    """
    assets = Path(str(files("fastapi_standalone_docs"))) / "static"
    app.mount(f"{_ASSETS_PATH}/fastapi", _Assets(directory=assets / "fastapi"))
    app.mount(_ASSETS_PATH, _Assets(directory=assets / "swagger"))

    @app.get(DOCS_PATH, include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "").rstrip("/")
        page = get_swagger_ui_html(
            openapi_url=f"{root}{OPENAPI_PATH}",
            title=app.title,
            swagger_js_url=f"{root}{_ASSETS_PATH}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{_ASSETS_PATH}/swagger-ui.css",
            swagger_favicon_url=f"{root}{_ASSETS_PATH}/fastapi/favicon.png",
            # Otherwise the page sends the description to a validator on the internet.
            swagger_ui_parameters={"validatorUrl": None, "displayRequestDuration": True},
        )
        page.headers["Content-Security-Policy"] = _policy(bytes(page.body).decode())
        return page


def _policy(page: str) -> str:
    """Allow what the page has of its own, its one script by its digest, and calls to this API."""
    scripts = " ".join(
        f"'sha256-{base64.b64encode(sha256(each.encode()).digest()).decode()}'"
        for each in _INLINE_SCRIPT.findall(page)
    )
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
