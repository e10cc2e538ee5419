"""`browser`, `migrate`, `backup`, `config` and `doctor`: the machine and what lies on it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path  # noqa: TC003 - typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import err, fail, out, plain_failures, print_json, print_table
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from api.cli.diagnosis import Finding
    from api.cli.wiring import Settings
    from storage.settings import StorageSettings

browser = typer.Typer(help="The browser on this machine.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@browser.command("install")
def install() -> None:
    """Find a Chromium or Chrome, and install one when there is none."""
    from api.cli.wiring import read_settings
    from executor.browser.find import has_screen
    from executor.browser.install import InstallFailed, ensure_browser

    with plain_failures():
        path = read_settings().executor.browser_path
        try:
            found = asyncio.run(ensure_browser(path, err.print, headless=not has_screen()))
        except InstallFailed as error:
            raise fail(str(error)) from error
    out.print(str(found), markup=False)


def migrate(*, data_dir: DataDir = None) -> None:
    """Bring the database up to date; other commands do so by themselves."""

    async def work() -> None:
        from api.cli.wiring import open_store, read_settings

        settings = read_settings(data_dir=data_dir).storage
        async with open_store(settings):
            out.print(f"{settings.database_path} is up to date.", markup=False)

    with plain_failures():
        asyncio.run(work())


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Copy the database while it is in use; the key to its sessions is not in the copy."""
    from api.cli.wiring import read_settings
    from storage.sqlite.backup import back_up

    with plain_failures():
        settings = read_settings(data_dir=data_dir).storage
        size = asyncio.run(back_up(settings.database_path, target))
    out.print(f"{target} holds the database ({size:,} bytes).", markup=False)
    out.print(
        f"The encryption key is not in it: without {_key_place(settings)} the sessions in it "
        "cannot be opened. Keep that somewhere else.",
        markup=False,
    )


def rotate_key(*, data_dir: DataDir = None) -> None:
    """Encrypt sessions and webhooks' secrets with a new key; `serve` and `run` have to be stopped.

    Interrupted, it can be started again: everything can be read at every moment.
    """
    from api.cli.wiring import open_store, read_settings
    from storage.sqlite.rotation import rotate_key as rotated

    async def work() -> None:
        settings = read_settings(data_dir=data_dir).storage
        async with open_store(settings):
            pass  # Brought up to date, and known to open.
        done = await rotated(settings)
        out.print(
            f"{done.sessions} sessions and {done.secrets} secrets of webhooks are encrypted with "
            f"the new key in {_key_place(settings)}.",
            markup=False,
        )
        if done.unreadable:
            err.print(f"{done.unreadable} could be read with no key and stay as they were.")
        if done.old_keys_in_place:
            out.print("Now take the old key away: leave only the first one.", markup=False)

    with plain_failures():
        asyncio.run(work())


def _key_place(settings: StorageSettings) -> str:
    if settings.encryption_key is not None:
        return "the value of LINKEDIN_EXECUTOR_ENCRYPTION_KEY"
    return str(settings.encryption_key_file or settings.data_dir / "session.key")


def config(*, data_dir: DataDir = None, json_: Json = False) -> None:
    """Show every setting with its effective value; secrets are masked."""
    from api.cli.wiring import read_settings

    with plain_failures():
        settings = read_settings(data_dir=data_dir)
    rows: dict[str, Any] = {}
    for part in (settings.storage, settings.executor, settings.api):
        for name, value in part.model_dump(mode="json").items():
            rows[f"LINKEDIN_EXECUTOR_{name.upper()}"] = value
    rows |= _overrides_in(settings)
    if json_:
        print_json(rows)
    else:
        print_table(("setting", "value"), sorted(rows.items()))


def _overrides_in(settings: Settings) -> dict[str, Any]:
    """Return what `locators.toml` says, or what is wrong with it; CSS only a browser can check."""
    from executor.locators.lookup import Lookup
    from executor.locators.overrides import InvalidOverrides

    file = settings.locators
    try:
        overrides = Lookup(file).read()
    except InvalidOverrides as error:
        return {file.name: f"not valid: {error}"}
    return {f"{file.name} {name}": each.model_dump(mode="json") for name, each in overrides.items()}


def doctor(
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="Walk LinkedIn's pages with the account and look for every element."
        ),
    ] = False,
    profile: Annotated[
        str | None, typer.Option(help="With --live: a member whose profile to look at as well.")
    ] = None,
    post: Annotated[
        str | None, typer.Option(help="With --live: a post to look at as well.")
    ] = None,
    member: Annotated[
        str | None, typer.Option(help="With --live: whose account; default is the oldest admin.")
    ] = None,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Check installation, browser, store and sessions; exit code 1 when something is wrong.

    With --live, look instead at the pages that the executor reads. It writes nothing, opens no
    conversation and clicks nothing but a profile's More. Exit codes then: 0 every required element
    is found by some candidate, 3 one is not, 1 failed (such as signed out, or in use by a runner).
    """
    from api.cli.diagnosis import diagnose
    from api.cli.live_check import check_live, tell
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    configure_logs(quiet=True)
    if not live and (profile or post or member):
        raise typer.BadParameter("--profile, --post and --member go with --live.")
    with plain_failures():
        settings = read_settings(data_dir=data_dir)
        if live:
            looks = asyncio.run(check_live(settings, member=member, profile=profile, post=post))
            sys.exit(tell(looks, as_json=json_))
        findings = asyncio.run(diagnose(settings))
    if json_:
        print_json([finding.as_json() for finding in findings])
    else:
        _tell(findings)
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def _tell(findings: list[Finding]) -> None:
    for finding in findings:
        mark = "[green]ok[/green]  " if finding.ok else "[red]wrong[/red]"
        out.print(f"{mark} {finding.what}: {finding.detail}")
