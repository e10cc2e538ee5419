"""The command tree."""

from __future__ import annotations

import typer

from api.cli import demo, login, machine, members, serving, tasks

app = typer.Typer(
    name="linkedin-executor",
    help="Self-hosted executor for OutX-style LinkedIn APIs. Exit codes: 0 done, 1 failed, "
    "2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command()(demo.demo)
app.command()(serving.serve)
app.command()(serving.run)
app.command()(serving.sandbox)
app.command()(login.login)
app.add_typer(members.members, name="members")
app.add_typer(members.keys, name="keys")
app.add_typer(tasks.tasks, name="tasks")
app.add_typer(machine.browser, name="browser")
app.command()(machine.migrate)
app.command()(machine.config)
app.command()(machine.doctor)
