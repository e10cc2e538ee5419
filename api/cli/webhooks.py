"""`webhooks`: who is told what happens, and how far the telling has come."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.members import only_team
from api.cli.output import err, fail, out, plain_failures, print_json, print_table
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.ports import Store
    from storage.teams import Team
    from storage.webhooks import Delivery, Webhook

webhooks = typer.Typer(help="Who is told what happens.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Which = Annotated[str, typer.Argument(help="The webhook's id, or the beginning of it.")]


@webhooks.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where events are posted to.")],
    *,
    event: Annotated[
        list[str] | None, typer.Option(help="Only these events; may be given several times.")
    ] = None,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Have an address told what happens, and print its secret, which is shown this once."""
    from storage.webhooks import SUBSCRIBABLE, EventType

    unknown = sorted({*(event or ())} - {*SUBSCRIBABLE})
    if unknown:
        known = ", ".join(SUBSCRIBABLE)
        raise typer.BadParameter(f"{unknown[0]} is none of {known}", param_hint="--event")
    event_types = tuple(dict.fromkeys(map(EventType, event))) if event else None

    async def work() -> None:
        from api.cli.wiring import read_settings
        from api.webhooks.targets import AddressRefused, Targets
        from storage.secrets import new_webhook_secret

        settings = read_settings(data_dir=data_dir)
        try:
            await Targets(allow_private=settings.api.webhook_allow_private).checked(url)
        except AddressRefused as error:
            raise fail(f"The address {error}.") from error
        secret = new_webhook_secret()
        async with _team_in(data_dir) as (store, team):
            made = await store.webhooks.add(
                team.id, url=url, event_types=event_types, secret=secret
            )
        if json_:
            print_json({**asdict(made), "secret": secret.get_secret_value()})
        else:
            out.print(made.id, markup=False)
            out.print(secret.get_secret_value(), markup=False)

    _go(work())


@webhooks.command("list")
def list_webhooks(*, data_dir: DataDir = None, json_: Json = False) -> None:
    """List the webhooks, the oldest first."""

    async def work() -> None:
        async with _team_in(data_dir) as (store, team):
            found = await store.webhooks.list(team.id)
        if json_:
            print_json([asdict(each) for each in found])
            return
        print_table(
            ("id", "url", "events", "created", "switched off"),
            [
                (
                    each.id,
                    each.url,
                    " ".join(each.event_types) if each.event_types else "all",
                    each.created_at.isoformat(timespec="seconds"),
                    each.disabled_reason,
                )
                for each in found
            ],
        )

    _go(work())


@webhooks.command("remove")
def remove(webhook: Which, *, data_dir: DataDir = None) -> None:
    """Remove a webhook, and with it what is on its way there."""

    async def work() -> None:
        async with _team_in(data_dir) as (store, team):
            found = await _one(store, team, webhook)
            await store.webhooks.remove(found.id, team_id=team.id)
            err.print(f"{found.id} is removed.")

    _go(work())


@webhooks.command("test")
def send_test(webhook: Which, *, data_dir: DataDir = None, json_: Json = False) -> None:
    """Send a webhook a test; a running `serve` delivers it."""

    async def work() -> None:
        async with _team_in(data_dir) as (store, team):
            found = await _one(store, team, webhook)
            sent = await store.webhooks.send_test(found.id, team_id=team.id)
        _print_one(sent, as_json=json_)

    _go(work())


@webhooks.command("deliveries")
def deliveries(
    webhook: Annotated[
        str | None,
        typer.Argument(help="The webhook's id, or the beginning of it; else all, and callbacks."),
    ] = None,
    *,
    task: Annotated[str | None, typer.Option(help="Only what tells the end of this task.")] = None,
    state: Annotated[str | None, typer.Option(help="Only pending, delivered or dead ones.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """List what was or is on its way to webhooks and callbacks, the newest first."""
    from storage.webhooks import DeliveryState

    try:
        come_to = None if state is None else DeliveryState(state)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--state") from error

    async def work() -> None:
        async with _team_in(data_dir) as (store, team):
            found = await store.webhooks.deliveries(
                (await _one(store, team, webhook)).id if webhook is not None else None,
                team_id=team.id,
                limit=limit,
                state=come_to,
                task_id=task,
            )
        if json_:
            print_json([asdict(each) for each in found])
            return
        print_table(
            ("id", "event", "happened", "state", "attempts", "next", "answer", "to"),
            [
                (
                    each.id,
                    each.event_type,
                    each.event_at.isoformat(timespec="seconds"),
                    each.state,
                    each.attempts,
                    each.next_at.isoformat(timespec="seconds") if each.next_at else None,
                    each.last_status or each.last_error,
                    each.url,
                )
                for each in found
            ],
        )

    _go(work())


@webhooks.command("replay")
def replay(
    delivery: Annotated[str, typer.Argument(help="The delivery's id.")],
    *,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Deliver once more, with the same event; a running `serve` does it."""

    async def work() -> None:
        async with _team_in(data_dir) as (store, team):
            replayed = await store.webhooks.replay(delivery, team_id=team.id)
        _print_one(replayed, as_json=json_)

    _go(work())


@asynccontextmanager
async def _team_in(data_dir: Path | None) -> AsyncIterator[tuple[Store, Team]]:
    from api.cli.wiring import open_store, read_settings

    async with open_store(read_settings(data_dir=data_dir).storage) as store:
        yield store, await only_team(store)


async def _one(store: Store, team: Team, beginning: str) -> Webhook:
    found = [each for each in await store.webhooks.list(team.id) if each.id.startswith(beginning)]
    if len(found) != 1:
        raise fail("There is no single webhook with this id.")
    return found[0]


def _print_one(delivery: Delivery | None, *, as_json: bool) -> None:
    if delivery is None:
        raise fail("There is no delivery with this id.")
    if as_json:
        print_json(asdict(delivery))
    else:
        out.print(delivery.id, markup=False)


def _go(work: Any) -> None:
    with plain_failures():
        asyncio.run(work)
