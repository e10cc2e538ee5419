"""`members` and `keys`."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import fail, out, plain_failures, print_json, print_table
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from pathlib import Path

    from storage.ports import Store
    from storage.teams import Member, Team

members = typer.Typer(help="Who belongs to the team, and who acts.", no_args_is_help=True)
keys = typer.Typer(help="API keys.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@members.command("list")
def list_members(*, data_dir: DataDir = None, json_: Json = False) -> None:
    """List the members, the oldest first; the acting one is marked."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            rows = []
            for team in await store.teams.list():
                acting = await store.teams.acting_member(team.id)
                aliases = await store.teams.aliases(team.id)
                for member in await store.teams.members(team.id):
                    session = await store.sessions.get(member.id)
                    rows.append(
                        {
                            **asdict(member),
                            "acting": acting is not None and acting.id == member.id,
                            "aliases": list(aliases.get(member.id, ())),
                            "session": session.health if session else None,
                            "verified_at": session.verified_at if session else None,
                        }
                    )
        if json_:
            print_json(rows)
        else:
            columns = (
                *("id", "name", "role", "joined_at", "acting", "session", "verified_at"),
                *("paused_at", "aliases"),
            )
            print_table(columns, [[_cell(row[column]) for column in columns] for row in rows])

    _go(work())


@members.command("add")
def add_member(
    name: str,
    *,
    role: Annotated[str, typer.Option(help="admin or member.")] = "member",
    joined_at: Annotated[
        str | None,
        typer.Option(help="ISO 8601 time; decides who is the oldest admin. Default: now."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Add a member to the team."""
    from datetime import UTC, datetime

    from storage.teams import Role

    try:
        chosen = Role(role)
        joined = datetime.fromisoformat(joined_at) if joined_at else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if joined is not None and joined.tzinfo is None:
        joined = joined.replace(tzinfo=UTC)

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            team = await only_team(store)
            member = await store.teams.add_member(team.id, name=name, role=chosen, joined_at=joined)
            out.print(member.id)

    _go(work())


@members.command("alias")
def alias(
    member: Annotated[str, typer.Argument(help="The member's id, or the beginning of it.")],
    name: Annotated[str, typer.Argument(help="What clients call the account, as `accountId`.")],
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the name.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Let clients name a member's account as they did at another service."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            team = await only_team(store)
            found = await _single(store, team, member)
            if not remove:
                await store.teams.add_alias(found.id, name)
            elif name in (await store.teams.aliases(team.id)).get(found.id, ()):
                await store.teams.remove_alias(team.id, name)
            else:
                raise fail("This member's account has no such name.")

    _go(work())


@members.command("pause")
def pause(
    member: Annotated[str, typer.Argument(help="The member's id, or the beginning of it.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Have a member's account take up no task until `resume`; its queue is kept."""
    _go(_pause(member, data_dir, paused=True))


@members.command("resume")
def resume(
    member: Annotated[str, typer.Argument(help="The member's id, or the beginning of it.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Have a paused account take up its tasks again."""
    _go(_pause(member, data_dir, paused=False))


async def _pause(beginning: str, data_dir: Path | None, *, paused: bool) -> None:
    from api.cli.wiring import open_store, read_settings

    async with open_store(read_settings(data_dir=data_dir).storage) as store:
        member = await _single(store, await only_team(store), beginning)
        change = store.teams.pause if paused else store.teams.resume
        await change(member.id)
        out.print(f"{member.name} is paused." if paused else f"{member.name} works again.")


async def _single(store: Store, team: Team, beginning: str) -> Member:
    found = [each for each in await store.teams.members(team.id) if each.id.startswith(beginning)]
    if len(found) != 1:
        raise fail("There is no single member with this id.")
    return found[0]


@keys.command("create")
def create(
    *,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "key",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="May look at tasks, not create any.")
    ] = False,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Make a key and print it; it is shown this once."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings
        from api.keys import create_key
        from storage.teams import Scope

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            team = await only_team(store)
            scope = Scope.READ if read_only else Scope.FULL
            text = await create_key(store, team.id, name=name, scope=scope)
        if json_:
            print_json({"api_key": text})
        else:
            out.print(text)

    _go(work())


@keys.command("list")
def list_keys(*, data_dir: DataDir = None, json_: Json = False) -> None:
    """List the keys; their texts are not stored."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            rows = [asdict(key) for key in await store.keys.list()]
        for row in rows:
            del row["digest"]
        if json_:
            print_json(rows)
        else:
            columns = ("id", "name", "hint", "scope", "created_at", "revoked_at")
            print_table(columns, [[_cell(row[column]) for column in columns] for row in rows])

    _go(work())


@keys.command("revoke")
def revoke(key_id: str, *, data_dir: DataDir = None) -> None:
    """End a key, by its id or by the beginning of its id."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        async with open_store(read_settings(data_dir=data_dir).storage) as store:
            found = [key for key in await store.keys.list() if key.id.startswith(key_id)]
            if len(found) != 1 or not await store.keys.revoke(found[0].id):
                raise fail("There is no single valid key with this id.")

    _go(work())


async def only_team(store: Store) -> Team:
    """Return the team; a store without one is not set up yet."""
    teams = await store.teams.list()
    if not teams:
        raise fail("There is no team yet: start `linkedin-executor serve` once.")
    return teams[0]


def _go(work: object) -> None:
    with plain_failures():
        asyncio.run(work)  # type: ignore[arg-type]  # a coroutine, as every caller passes


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(value)
    return value.isoformat(timespec="seconds") if hasattr(value, "isoformat") else value
