"""The command tree."""

from __future__ import annotations

import typer

from api.cli.demo import demo
from api.cli.inspect import inspect
from api.cli.login import login
from api.cli.machine import backup, browser, config, doctor, migrate, rotate_key
from api.cli.mcp import mcp
from api.cli.members import keys, members
from api.cli.serving import run, sandbox, serve
from api.cli.tasks import tasks
from api.cli.webhooks import webhooks

app = typer.Typer(
    name="linkedin-executor",
    help="Self-hosted executor for OutX- and ConnectSafely-style LinkedIn APIs. Exit codes: "
    "0 done, 1 failed, 2 wrong usage; `inspect` and `doctor --live` have more.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (
    *(demo, serve, run, mcp, sandbox, login, migrate, backup, rotate_key, config, doctor, inspect),
):
    app.command()(command)
for group, name in (
    (members, "members"),
    (keys, "keys"),
    (tasks, "tasks"),
    (webhooks, "webhooks"),
    (browser, "browser"),
):
    app.add_typer(group, name=name)
