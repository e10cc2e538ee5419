"""Whether the program is alive, and whether it can do its work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from traceback import format_exception
from typing import TYPE_CHECKING, Annotated, Any

import structlog
from fastapi import APIRouter, Security
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import BEARER, X_API_KEY, caller_with
from api.errors import STATUS
from api.holds import holds_in_force, trouble_among
from api.refusals import TemporarilyUnavailable, UnknownKey
from storage.errors import StoreError
from storage.runners import why_nobody_works
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from datetime import timedelta

    from api.clock import Clock
    from storage.ports import Store
    from storage.sessions import Session
    from storage.teams import Member, Team

PATIENCE = 5.0
"""Seconds after which a check counts as failed."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one part of the program is."""

    ok: bool
    reason: str | None = None
    """One sentence that says what is wrong; `None` when nothing is."""


Readiness = Callable[[], Awaitable[Mapping[str, Check]]]
"""Asks further parts, such as the runner, by name; it may raise."""


class Health:
    """Answer `/health`, `/livez` and `/readyz`.

    A failed check of the store, of the runner or of a part asked through *readiness* makes the
    program unavailable. Without *readiness* the runner is another process, as the store has seen
    it. An account that is not signed in, or rests after trouble with LinkedIn, only degrades it:
    tasks are still accepted and wait, and whoever looks into it needs the program to be reachable.
    """

    def __init__(
        self,
        store: Store,
        *,
        session_active_for: timedelta,
        clock: Clock,
        readiness: Readiness | None,
    ) -> None:
        self._store = store
        self._session_active_for = session_active_for
        self._clock = clock
        self._readiness = readiness

    def router(self) -> APIRouter:
        router = APIRouter(tags=["Health"])
        router.add_api_route(
            "/health",
            self.credentials,
            summary="Test a key, if one is sent",
            # As for `/readyz`.
            openapi_extra={"security": [{}]},
            responses={
                STATUS[UnknownKey]: {"description": "No valid key has the text that was sent."},
                STATUS[TemporarilyUnavailable]: {"description": "The store does not answer."},
            },
        )
        router.add_api_route("/livez", self.live, summary="Tell that the process answers")
        router.add_api_route(
            "/readyz",
            self.ready,
            summary="Tell whether the program can do its work",
            # A key is welcome, and not asked for.
            openapi_extra={"security": [{}]},
            responses={
                STATUS[UnknownKey]: {"description": "No valid key has the text that was sent."},
                STATUS[TemporarilyUnavailable]: {"description": "A part does not work."},
            },
        )
        return router

    async def credentials(
        self,
        request: Request,
        key: Annotated[str | None, Security(X_API_KEY)],
        token: Annotated[str | None, Security(BEARER)],
    ) -> JSONResponse:
        """Answer whoever has no key, or a valid one.

        ConnectSafely's node for n8n tests its credentials here; what it gets is not documented,
        so the body is ours.
        """
        if key or token:
            await caller_with(request, key or token)
        return JSONResponse({"status": "ok"})

    async def live(self) -> JSONResponse:
        """Answer as long as the process does."""
        return JSONResponse({"status": "alive"})

    async def ready(
        self,
        request: Request,
        key: Annotated[str | None, Security(X_API_KEY)],
        token: Annotated[str | None, Security(BEARER)],
    ) -> JSONResponse:
        """Check the store, the runner and the accounts; each says what is wrong with it.

        `unavailable` (503) when the store or the runner does not work, `degraded` (200) when
        an acting account of any team is not signed in or rests after trouble, else `ready`. A
        runner that is a process of its own counts as gone 150 seconds after it was last seen. It
        asks for no key; only who sends one is shown an account, the one of that key's team.
        """
        checks = {"store": await self._bounded(self._store.check)}
        if self._readiness is not None:
            checks |= await self._further(self._readiness)
        elif checks["store"].ok:
            checks["runner"] = await self._any_runner()
        accounts: list[dict[str, Any]] = []
        shown: list[dict[str, Any]] = []
        if checks["store"].ok:
            accounts = await self._accounts()
            if key or token:
                caller = await caller_with(request, key or token)
                shown = [each for each in accounts if each["team_id"] == caller.team_id]
        if not all(check.ok for check in checks.values()):
            status, code = "unavailable", STATUS[TemporarilyUnavailable]
        elif all(account["ok"] for account in accounts):
            status, code = "ready", HTTPStatus.OK.value
        else:
            status, code = "degraded", HTTPStatus.OK.value
        content = {
            "status": status,
            "checks": {name: asdict(check) for name, check in checks.items()},
            "accounts": shown,
        }
        return JSONResponse(content, status_code=code)

    async def _bounded(self, ask: Callable[[], Awaitable[None]]) -> Check:
        try:
            async with asyncio.timeout(PATIENCE):
                await ask()
        except TimeoutError:
            return Check(ok=False, reason=f"There was no answer within {PATIENCE:g} seconds.")
        except StoreError as error:
            return Check(ok=False, reason=str(error))
        return Check(ok=True)

    async def _further(self, readiness: Readiness) -> Mapping[str, Check]:
        try:
            async with asyncio.timeout(PATIENCE):
                return await readiness()
        except Exception as error:  # noqa: BLE001 - a watcher gets an answer, whatever the part does
            _log.error("readiness_check_failed", exception="".join(format_exception(error)))
            return {"runner": Check(ok=False, reason="The check itself failed; see the log.")}

    async def _any_runner(self) -> Check:
        reason = why_nobody_works(await self._store.runners.seen(), self._clock())
        return Check(ok=reason is None, reason=reason)

    async def _accounts(self) -> list[dict[str, Any]]:
        return [await self._account(team) for team in await self._store.teams.list()]

    async def _account(self, team: Team) -> dict[str, Any]:
        member = await self._store.teams.acting_member(team.id)
        session = await self._store.sessions.get(member.id) if member else None
        holds = (
            await holds_in_force(self._store.limits, member.id, now=self._clock()) if member else ()
        )
        reason = self._what_is_wrong(member, session) or trouble_among(holds)
        return {
            "team_id": team.id,
            "member_id": member.id if member else None,
            "session": session.health.value if session else None,
            "holds": [
                {
                    "reason": hold.reason.value,
                    "task_type": hold.task_type,
                    "until": hold.until.isoformat(),
                }
                for hold in holds
            ],
            "ok": reason is None,
            "reason": reason,
        }

    def _what_is_wrong(self, member: Member | None, session: Session | None) -> str | None:
        if member is None:
            return "The team has no admin whose account could act."
        if session is None:
            return "The acting member has never been signed in."
        match session.health:
            case SessionHealth.SIGNED_OUT:
                return "The acting member is signed out of LinkedIn."
            case SessionHealth.CHALLENGE:
                return "LinkedIn asks the acting member to prove who they are."
            case SessionHealth.RESTRICTED:
                return "LinkedIn has restricted the acting member's account."
            case SessionHealth.SIGNED_IN:
                return self._too_long_ago(session)

    def _too_long_ago(self, session: Session) -> str | None:
        verified_at = session.verified_at
        if verified_at is None or self._clock() - verified_at >= self._session_active_for:
            return "The acting member's sign-in has not been verified recently enough."
        return None
