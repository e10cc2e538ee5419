"""`login`: a person signs a member in to LinkedIn."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path  # noqa: TC003 - typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import err, fail, out, plain_failures
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from api.cli.wiring import Settings
    from storage.ports import Store
    from storage.teams import Member


def login(
    *,
    member: Annotated[
        str | None, typer.Option(help="The member's id; default is the oldest admin.")
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import", help="Take a Playwright storage state from this file instead of a window."
        ),
    ] = None,
    remote: Annotated[
        bool,
        typer.Option("--remote", help="On a server: sign in from another machine, in a live view."),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Keep the session even if it is another LinkedIn account's than the member's so "
            "far; what waits goes out in its name.",
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Sign a member in: opens a browser window, and keeps the session, encrypted, when done."""
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    if remote and import_ is not None:
        raise typer.BadParameter("either --remote or --import", param_hint="--remote")
    if remote and replace:
        raise typer.BadParameter("not with --remote; use --import", param_hint="--replace")
    configure_logs(level="warning")
    with plain_failures():
        settings = read_settings(data_dir=data_dir)
        asyncio.run(_login(settings, member, import_, remote=remote, replace=replace))


async def _login(
    settings: Settings, member_id: str | None, file: Path | None, *, remote: bool, replace: bool
) -> None:
    from api.cli.remote_login import sign_in_remotely
    from api.cli.sandbox_site import at_sandbox
    from api.cli.wiring import found_team, open_store
    from executor.browser.sign_in import check_state, sign_in_by_hand
    from storage.sessions import SessionHealth

    executor = at_sandbox(settings.executor, settings.storage.data_dir)
    async with open_store(settings.storage) as store:
        first = await found_team(store)
        if first is not None:
            out.print(f"New data directory. Its API key, shown this once: {first.api_key}")
        who = await who_acts(store, member_id)
        if remote:
            await sign_in_remotely(settings, store, who)
            return
        if file is None:
            err.print(f"Sign {who.name} in to LinkedIn in the window that opens …")
            signed_in = await sign_in_by_hand(executor)
        else:
            signed_in = await check_state(executor, _read_state(file))
        if replace and signed_in.profile_id is None:
            raise fail("LinkedIn did not tell whose account this is; no session was kept.")
        saved = await store.sessions.save(
            who.id,
            signed_in.state,
            health=SessionHealth.SIGNED_IN,
            verified=True,
            profile_id=signed_in.profile_id,
            replaces_account=replace,
        )
        if saved is None:
            raise fail(
                f"This is another LinkedIn account than {who.name}'s so far, so no session was "
                "kept: what waits would go out in another person's name. Sign in to the same "
                "account as before; for another person's, add a member (`members add`) and use "
                f"`--member`; or say `--replace` if {who.name} is to act as this one from now on."
            )
        out.print(f"{who.name} is signed in; the session is kept, encrypted.")


async def who_acts(store: Store, member_id: str | None) -> Member:
    """Return a member by id, or the oldest admin of the first team."""
    if member_id is not None:
        found = await store.teams.member(member_id)
        if found is None:
            raise fail("There is no member with this id; see `members list`.")
        return found
    for team in await store.teams.list():
        acting = await store.teams.acting_member(team.id)
        if acting is not None:
            return acting
    raise fail("The team has no admin; see `members add --role admin`.")


def _read_state(file: Path) -> dict[str, Any]:
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise fail(f"{file} is not JSON.") from error
    cookies = state.get("cookies") if isinstance(state, dict) else None
    if not isinstance(cookies, list) or not all(
        isinstance(cookie, dict) and {"name", "value"} <= cookie.keys() for cookie in cookies
    ):
        raise fail(f"{file} is not a Playwright storage state: it has no list of cookies.")
    return {"cookies": cookies, "origins": state.get("origins", [])}
