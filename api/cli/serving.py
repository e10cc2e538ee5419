"""`serve`, `run` and `sandbox`."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.cli.output import err, out, plain_failures, print_json

if TYPE_CHECKING:
    from api.cli.service import Addresses
    from api.cli.wiring import Settings

_GARBAGE = (10_000, 10, 10)
"""Python's own begin at 700 objects, of which an answer or a page's event makes hundreds."""

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Where database, keys and pictures are kept.")
]
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser's window.")]
LogLevel = Annotated[
    Literal["debug", "info", "warning", "error"],
    typer.Option("--log-level", help="How much to tell on stderr."),
]


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0: any free one.", min=0, max=65535)
    ] = None,
    data_dir: DataDir = None,
    runner: Annotated[
        bool, typer.Option(help="Perform tasks in this process; else start `run` beside it.")
    ] = True,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Act on the bundled look-alike, not on LinkedIn.")
    ] = False,
    api_key: Annotated[
        str | None, typer.Option(help="With --sandbox: the key to accept.", envvar=None)
    ] = None,
    headed: Headed = False,
    json_: Annotated[bool, typer.Option("--json", help="One JSON line once ready.")] = False,
    log_level: LogLevel = "info",
) -> None:
    """Serve the HTTP API and perform its tasks."""
    # Loading makes some half a million objects, and all of them stay.
    gc.disable()
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    if api_key is not None and not sandbox:
        raise typer.BadParameter("only with --sandbox; see `keys create`", param_hint="--api-key")
    configure_logs(level=log_level)
    with plain_failures():
        told: dict[str, Any] = {
            "api": {"host": host, "port": port},
            "executor": {"headless": False if headed else None},
        }
        settings = read_settings(data_dir=data_dir, **told)
        if sandbox and "data_dir" not in settings.storage.model_fields_set:
            # Invented people stay apart from the default directory's real ones.
            beside = settings.storage.data_dir.with_name("linkedin-executor-sandbox")
            settings = read_settings(data_dir=beside, **told)
        asyncio.run(
            _serve(
                settings,
                with_runner=runner,
                with_sandbox=sandbox,
                api_key=api_key,
                as_json=json_,
            )
        )


def run(*, data_dir: DataDir = None, headed: Headed = False, log_level: LogLevel = "info") -> None:
    """Perform tasks, beside a `serve --no-runner` or a second runner on the same directory."""
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    configure_logs(level=log_level)
    with plain_failures():
        settings = read_settings(
            data_dir=data_dir, executor={"headless": False if headed else None}
        )
        asyncio.run(_run(settings))


def sandbox(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0: any free one.", min=0, max=65535)
    ] = 8765,
    state: Annotated[
        Path | None, typer.Option(help="File that keeps what was delivered over restarts.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON line once ready.")] = False,
) -> None:
    """Serve the LinkedIn look-alike alone, for development."""
    from api.cli.logs import configure_logs

    configure_logs()
    with plain_failures():
        asyncio.run(_sandbox(host, port, state, as_json=json_))


def stopped_by_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _serve(
    settings: Settings,
    *,
    with_runner: bool,
    with_sandbox: bool,
    api_key: str | None,
    as_json: bool,
) -> None:
    from api.cli.service import serving

    def tell(addresses: Addresses) -> None:
        if as_json:
            print_json(_as_json(settings, addresses))
        else:
            _tell(settings, addresses, with_runner=with_runner)

    stop = stopped_by_signal()
    async with serving(
        settings,
        with_runner=with_runner,
        with_sandbox=with_sandbox,
        api_key=api_key,
        tell=tell,
    ):
        _collect_garbage()
        await stop.wait()
        err.print("Stopping …")


async def _run(settings: Settings) -> None:
    from api.cli.performing import performing
    from api.cli.wiring import open_store

    stop = stopped_by_signal()
    async with open_store(settings.storage) as store, performing(settings, store):
        _collect_garbage()
        out.print(f"Performing tasks of {settings.storage.data_dir}. Ctrl-C stops.")
        await stop.wait()
        err.print("Stopping …")


async def _sandbox(host: str, port: int, state: Path | None, *, as_json: bool) -> None:
    from executor.sandbox.server import running_sandbox

    stop = stopped_by_signal()
    async with running_sandbox(port=port, host=host, state_file=state) as running:
        if as_json:
            print_json({"sandbox_url": running.url, "pid": os.getpid()})
        else:
            out.print(f"Sandbox      {running.url}/")
            out.print(f"Its controls {running.url}/_sandbox/")
            out.print("Ctrl-C stops.")
        await stop.wait()


def _collect_garbage() -> None:
    """Have garbage looked for from now on, in what comes now only: what is there already stays.

    Playwright's objects refer to each other, and live until thousands of others have come, or their
    context is closed. With the thresholds of loading nobody would look among such old ones.
    """
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    gc.enable()


def _as_json(settings: Settings, addresses: Addresses) -> dict[str, object]:
    return {
        "api_url": addresses.api_url,
        "docs_url": addresses.docs_url,
        "dashboard_url": addresses.dashboard_url,
        "sandbox_url": addresses.sandbox_url,
        "api_key": addresses.api_key,
        "data_dir": str(settings.storage.data_dir),
        "pid": os.getpid(),
    }


def _tell(settings: Settings, addresses: Addresses, *, with_runner: bool) -> None:
    out.print(f"API      {addresses.api_url}")
    out.print(f"Docs     {addresses.docs_url}")
    if settings.api.dashboard != "off":
        out.print(f"Pages    {addresses.dashboard_url}  (for a person; an API key opens them)")
    if addresses.sandbox_url:
        out.print(f"Sandbox  {addresses.sandbox_url}/  (controls: /_sandbox/)")
    out.print(f"Data     {settings.storage.data_dir}")
    if addresses.api_key:
        out.print(f"API key  {addresses.api_key}")
    if addresses.first_team and not addresses.sandbox_url:
        out.print(
            "\nThis is a new data directory: it was given a team, its admin and the key above,\n"
            "which is shown this once. Next, sign the admin in to LinkedIn:\n"
            f"  linkedin-executor login --data-dir {settings.storage.data_dir}\n"
        )
    if not with_runner:
        out.print("No runner here: start `linkedin-executor run` on the same data directory.")
    out.print("Ctrl-C stops.")
