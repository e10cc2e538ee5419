"""What a person sees instead of the page that they have asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.dashboard.pages import show
from api.refusals import NotSignedIn, TooManySignIns
from api.request_log import request_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import Scope

    from api.refusals import Refusal


def show_refusal(
    refusal: Refusal, scope: Scope, status: int, headers: Mapping[str, str]
) -> Response:
    """Ask for a key where one is missing; else say why, and where to go from here."""
    if isinstance(refusal, NotSignedIn):
        return show_sign_in(scope, status=status, wanted=_wanted(scope))
    if isinstance(refusal, TooManySignIns):
        minutes = -(-refusal.seconds // 60)
        trouble = f"Too many sign-ins have failed. Try again in {minutes} min."
        return show_sign_in(scope, status=status, headers=headers, trouble=trouble)
    return show(
        scope,
        "refused.html",
        status=status,
        headers=headers,
        code=refusal.code,
        message=str(refusal),
        request_id=request_id(scope),
    )


def show_sign_in(
    scope: Scope,
    *,
    status: int,
    headers: Mapping[str, str] | None = None,
    wanted: str = "",
    trouble: str = "",
) -> Response:
    """Show the form that takes a key.

    Args:
        wanted: which page of the dashboard to go on to, as `safe_place` has it.
    """
    return show(
        scope, "sign_in.html", status=status, headers=headers, wanted=wanted, trouble=trouble
    )


def _wanted(scope: Scope) -> str:
    if scope["method"] != "GET":
        return ""
    path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/dashboard")
    query = scope["query_string"].decode("ascii", errors="ignore")
    return f"{path.lstrip('/')}?{query}".rstrip("?")
