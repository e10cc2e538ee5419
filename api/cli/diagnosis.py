"""What `doctor` looks at."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from api.cli.sandbox_site import at_sandbox
from api.cli.wiring import open_store, utc_now
from api.holds import holds_in_force, in_words, trouble_among
from executor.browser.launch import BrowserHost
from executor.errors import ExecutorError
from storage.errors import SecretUnreadable, StoreError
from storage.runners import why_nobody_works
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from api.cli.wiring import Settings
    from executor.locators.lookup import Lookup
    from storage.ports import Store
    from storage.runners import SeenRunner


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    detail: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything that has to be in order before tasks can be performed."""
    findings = [_installation(), *[each async for each in _browser(settings)]]
    try:
        async with open_store(settings.storage) as store:
            await store.check()
            findings.append(_found("store", str(settings.storage.database_path)))
            findings.append(await _runner(store))
            findings.extend([finding async for finding in _teams(store, settings)])
    except (StoreError, OSError) as error:
        findings.append(Finding(what="store", ok=False, detail=str(error)))
    return findings


def _installation() -> Finding:
    return _found(
        "installation",
        f"linkedin-executor {version('linkedin-executor')}, Python {platform.python_version()}, "
        f"Playwright {version('playwright')}",
    )


async def _browser(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with BrowserHost(settings.executor, locators=settings.locators) as browsers:
            account = await browsers.open_account(None)
            yield _found("browser", browsers.description)
            await account.tab.refresh_locators()
            yield _locators(settings, browsers.lookup)
            await account.close()
    except ExecutorError as error:
        yield Finding(what="browser", ok=False, detail=error.message)


def _locators(settings: Settings, lookup: Lookup) -> Finding:
    """Tell what the operator has overridden; an invalid file leaves what was valid before it."""
    if lookup.problem is not None:
        detail = f"{settings.locators} is not valid: {lookup.problem}"
        return Finding(what="locators", ok=False, detail=detail)
    told = ", ".join(lookup.overridden)
    return _found("locators", f"overridden: {told}" if told else "the built-in ones")


async def _runner(store: Store) -> Finding:
    """Tell who performs tasks; before the first start, and while all is stopped, nobody has to."""
    seen, now = await store.runners.seen(), utc_now()
    if (reason := why_nobody_works(seen, now)) is not None:
        return _found("runner", reason)
    return _found("runner", "; ".join(_told(each, now) for each in seen if not each.is_silent(now)))


def _told(runner: SeenRunner, now: datetime) -> str:
    host, process, _ = runner.owner.rsplit(":", 2)
    megabytes = (runner.memory.own + runner.memory.browser) / 1e6
    age = (now - runner.seen_at).total_seconds()
    return (
        f"process {process} on {host}, seen {age:.0f} s ago with {megabytes:.0f} MB of memory, "
        "its browser's included"
    )


async def _teams(store: Store, settings: Settings) -> AsyncIterator[Finding]:
    site = at_sandbox(settings.executor, settings.storage.data_dir).site
    yield _found("site", site)
    teams = await store.teams.list()
    if not teams:
        yield Finding(
            what="team", ok=False, detail="none yet; start `linkedin-executor serve` once"
        )
    for team in teams:
        acting = await store.teams.acting_member(team.id)
        if acting is None:
            yield Finding(what=f"team {team.name}", ok=False, detail="has no admin to act")
            continue
        session = await store.sessions.get(acting.id)
        what = f"session of {acting.name}"
        if session is None:
            yield Finding(what=what, ok=False, detail="never signed in; run `login`")
        elif session.health is not SessionHealth.SIGNED_IN:
            yield Finding(what=what, ok=False, detail=f"{session.health}; run `login`")
        elif (unreadable := await _unreadable(store, acting.id)) is not None:
            yield Finding(what=what, ok=False, detail=f"{unreadable} Run `login`.")
        else:
            age = utc_now() - session.verified_at if session.verified_at else None
            fresh = age is not None and age < settings.api.session_active_for
            detail = f"signed in, last seen so {_hours(age)}" if age else "never seen signed in"
            yield Finding(what=what, ok=fresh, detail=detail)
        if acting.paused_at is not None:
            since = acting.paused_at.isoformat(timespec="seconds")
            detail = f"since {since}; `members resume` lets its tasks go on"
            yield Finding(what=f"{acting.name} is paused", ok=True, detail=detail)
        holds = await holds_in_force(store.limits, acting.id, now=utc_now())
        if holds:
            yield Finding(
                what=f"holds on {acting.name}",
                ok=trouble_among(holds) is None,
                detail="; ".join(in_words(hold) for hold in holds),
            )


async def _unreadable(store: Store, member_id: str) -> str | None:
    """Return why a session does not open, as after a backup that came back without its key."""
    try:
        await store.sessions.open(member_id)
    except SecretUnreadable as error:
        return str(error)
    return None


def _hours(age: Any) -> str:
    hours = age.total_seconds() / 3600
    return "less than an hour ago" if hours < 1 else f"{hours:.0f} h ago"


def _found(what: str, detail: str) -> Finding:
    return Finding(what=what, ok=True, detail=detail)
