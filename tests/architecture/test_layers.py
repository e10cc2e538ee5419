"""Dependencies point one way, and the contracts that say so forget no module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT, children, pyproject

CLI = "only api.cli wires things together; nothing else of api imports it"
ACTIONS_ONLY = "the API (outside its cli) sees of the executor only its actions"
NO_CHAIN = "no chain of imports leads from the API's parts or the actions to a browser"
PLAYWRIGHT = "Playwright is loaded by executor.browser only"
SANDBOX = "the sandbox is written from the facts, not from what will read it"

# Plain values that the actions' names bring along.
SEEN_BY_API = {
    "executor.actions",
    "executor.company",
    "executor.errors",
    "executor.models",
    "executor.pace",
    "executor.person",
    "executor.post",
}
# What is no page, locator or action, and tells the sandbox nothing about them.
HARMLESS_TO_SANDBOX = {
    "executor.company",
    "executor.errors",
    "executor.evidence",
    "executor.outcome",
    "executor.person",
    "executor.post",
    "executor.sandbox",
    "executor.settings",
}


def contract(name: str) -> dict[str, Any]:
    contracts: list[dict[str, Any]] = pyproject()["tool"]["importlinter"]["contracts"]
    found = [each for each in contracts if each["name"] == name]
    assert len(found) == 1, f"[tool.importlinter] has no contract named {name!r}"
    return found[0]


def listed(name: str, key: str, package: str) -> set[str]:
    return {each for each in contract(name)[key] if each.split(".")[0] == package}


def api_parts() -> set[str]:
    return children("api") - {"api.cli"}


def test_the_contracts_hold(tmp_path: Path) -> None:
    """Nothing imports what its layer may not know."""
    program = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run(
        [program, "--no-logo", "--cache-dir", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", [CLI, ACTIONS_ONLY, NO_CHAIN])
def test_every_part_of_the_api_is_bound(name: str) -> None:
    """A new module of the API stands under the same contracts as the others."""
    forgotten = sorted(api_parts() - listed(name, "source_modules", "api"))

    assert forgotten == [], f"add to source_modules of {name!r}: {forgotten}"


def test_the_actions_are_bound_as_the_api_is() -> None:
    """The catalogue, which the API imports, must not lead to a browser either."""
    assert "executor.actions" in contract(NO_CHAIN)["source_modules"]


def test_every_part_of_the_executor_is_hidden_from_the_api() -> None:
    """A new part of the executor is none of the API's business unless it is said here."""
    hidden = listed(ACTIONS_ONLY, "forbidden_modules", "executor")
    forgotten = sorted(children("executor") - SEEN_BY_API - hidden)

    assert forgotten == [], f"add to forbidden_modules of {ACTIONS_ONLY!r}: {forgotten}"


def test_every_part_but_the_browser_is_kept_from_playwright() -> None:
    """A new part of the executor may not load Playwright by itself."""
    bound = set(contract(PLAYWRIGHT)["source_modules"])
    forgotten = sorted((children("executor") | {"storage"}) - {"executor.browser"} - bound)

    assert forgotten == [], f"add to source_modules of {PLAYWRIGHT!r}: {forgotten}"


def test_every_reader_is_hidden_from_the_sandbox() -> None:
    """A new part that reads pages stays unknown to the sandbox that stands in for them."""
    hidden = set(contract(SANDBOX)["forbidden_modules"])
    forgotten = sorted((children("executor") | {"api", "storage"}) - HARMLESS_TO_SANDBOX - hidden)

    assert forgotten == [], f"add to forbidden_modules of {SANDBOX!r}: {forgotten}"


def test_the_contracts_name_nothing_that_is_gone() -> None:
    """A module that was moved or removed is taken out of the contracts as well."""
    known = {
        *("api", "executor", "storage", "tests"),
        *(name for package in ("api", "executor", "storage") for name in children(package)),
    }
    gone = sorted(
        name
        for each in pyproject()["tool"]["importlinter"]["contracts"]
        for key in ("layers", "source_modules", "forbidden_modules")
        for name in each.get(key, ())
        if name.split(".")[0] in {"api", "executor", "storage", "tests"} and name not in known
    )

    assert gone == []
