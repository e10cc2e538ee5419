"""The API and the command line's help come up without what is slow to load and seldom needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPORT = """
import sys
print(sorted({n.partition('.')[0] for n in sys.modules} & {'playwright', 'mcp', 'mcp_types'}))
"""
EVERY_HELP = """
import typer
from click.testing import CliRunner
from api.cli.commands import app

def visit(command, words):
    answer = CliRunner().invoke(main, [*words, "--help"])
    assert answer.exit_code == 0, (words, answer.output, answer.exception)
    for name, below in getattr(command, "commands", {}).items():
        visit(below, [*words, name])

main = typer.main.get_command(app)
visit(main, [])
"""


def run(code: str) -> str:
    """Run *code* in a fresh interpreter and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["api.app", "api.cli.application", "executor.actions"])
def test_importing_it_loads_no_browser_and_no_protocol_for_models(module: str) -> None:
    """A process that only serves requests carries no browser code, nor MCP until it is asked for.

    The SDK of MCP takes as long to load as the rest of the API together.
    """
    assert run(f"import {module}\n{REPORT}") == "[]\n"


def test_a_service_answers_before_the_slow_parts_are_loaded() -> None:
    """What acts on LinkedIn, tells clients or draws pages is no part of the wait for an answer."""
    slow = ("executor.sandbox", "executor.pages", "playwright", "httpx", "jinja2")
    loaded = f"import sys\nprint([n for n in sys.modules if n.startswith({slow})])"

    assert run(f"import api.cli.service\n{loaded}") == "[]\n"


def test_a_runner_of_its_own_loads_no_api() -> None:
    """`run` performs tasks, and answers nobody."""
    loaded = "import sys\nprint({'fastapi', 'uvicorn', 'starlette'} & {*sys.modules})"

    assert run(f"import api.cli.performing\n{loaded}") == "set()\n"


def test_no_help_loads_either() -> None:
    """Asking any command for its help is quick, because commands import when they run."""
    assert run(EVERY_HELP + REPORT) == "[]\n"


def test_the_installed_program_answers() -> None:
    """`linkedin-executor --help`, as installed, lists the commands and loads neither."""
    program = Path(sys.executable).with_name("linkedin-executor")
    code = (
        "import runpy, sys\n"
        f"sys.argv = ['linkedin-executor', '--help']\n"
        f"try:\n    runpy.run_path({str(program)!r}, run_name='__main__')\n"
        f"except SystemExit as end:\n    assert not end.code\n{REPORT}"
    )

    said = run(code)

    assert "serve" in said
    assert said.endswith("\n[]\n")
