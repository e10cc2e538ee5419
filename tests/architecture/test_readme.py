"""The README tells everything that people can set, run or meet, and nothing that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import typer

from api.cli.commands import app
from api.settings import ApiSettings
from executor.settings import ExecutorSettings
from storage.settings import StorageSettings
from storage.tasks import ErrorCode
from tests.architecture.source import ROOT, pyproject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_settings import BaseSettings

README = "README.md"
HEADING = re.compile(r"^## \[([^\]]+)\]", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
COMMAND = re.compile(r"(?<![\w/.-])linkedin-executor((?: +[a-z][a-z-]*)+)")
Tree = dict[str, "Tree"]


def text_of(name: str) -> str:
    path = ROOT / name
    assert path.is_file(), f"{name} is not there"
    return path.read_text(encoding="utf-8")


def code_in(markdown: str) -> str:
    """Return what stands in code blocks and code spans, a line each."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", prose)])


def command_tree(command: object) -> Tree:
    below: Mapping[str, object] = getattr(command, "commands", {})
    return {name: command_tree(each) for name, each in below.items()}


def unknown_commands(code: str, commands: Tree) -> list[str]:
    unknown = []
    for words in COMMAND.findall(code):
        level = commands
        for word in words.split():
            if not level:
                break  # Arguments of a command.
            if word not in level:
                unknown.append(f"linkedin-executor{words}")
                break
            level = level[word]
    return unknown


def missing_files(name: str) -> list[str]:
    targets = [link.partition("#")[0] for link in LINK.findall(text_of(name))]
    return [
        f"{name}: {target}"
        for target in targets
        if target and ":" not in target and not (ROOT / target).exists()
    ]


@pytest.mark.parametrize("model", [StorageSettings, ExecutorSettings, ApiSettings])
def test_every_setting_is_told(model: type[BaseSettings]) -> None:
    """Each setting stands in the README under the name that it has in the environment."""
    readme = text_of(README)
    names = [f"LINKEDIN_EXECUTOR_{name.upper()}" for name in model.model_fields]

    untold = [name for name in names if not re.search(rf"\b{name}\b", readme)]

    assert untold == [], "\n".join([f"{README} does not tell:", *untold])


def test_no_setting_is_invented() -> None:
    """Each variable that the README names is one that is read; `__` leads into a setting."""
    known = {
        f"LINKEDIN_EXECUTOR_{name.upper()}"
        for model in (StorageSettings, ExecutorSettings, ApiSettings)
        for name in model.model_fields
    }
    named = re.findall(r"\bLINKEDIN_EXECUTOR_[A-Z][A-Z_]*[A-Z]\b", text_of(README))
    told = {name.partition("__")[0] for name in named}

    assert sorted(told - known) == []


def test_every_error_code_is_told() -> None:
    """Each code that a task may end with stands in the README."""
    readme = text_of(README)
    untold = [code.value for code in ErrorCode if f"`{code.value}`" not in readme]

    assert untold == [], "\n".join([f"{README} does not tell:", *untold])


def test_every_command_is_there() -> None:
    """Each command that the README names can be run, sub-commands included."""
    commands = command_tree(typer.main.get_command(app))

    assert "serve" in commands
    assert unknown_commands(code_in(text_of(README)), commands) == []


def test_every_make_target_is_there() -> None:
    """Each target that the README names can be made."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    told = re.findall(
        r"(?:^|[;&|] *|\$ *)make +([a-z][a-z-]*)", code_in(text_of(README)), re.MULTILINE
    )

    assert sorted(set(told) - targets) == []


@pytest.mark.parametrize("name", [README, "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    """Each relative link leads to a file that is there."""
    assert missing_files(name) == []


def test_the_license_that_is_declared_is_there() -> None:
    """The package names a licence, so its text lies beside it."""
    assert pyproject()["project"]["license"] in text_of("LICENSE")


def test_the_changelog_knows_the_version() -> None:
    """The newest entry is of the package's version, or says that it is not released yet."""
    version = pyproject()["project"]["version"]
    headings = HEADING.findall(text_of("CHANGELOG.md"))

    assert headings, "CHANGELOG.md has no heading such as `## [Unreleased]`"
    released = [each for each in headings if each != "Unreleased"]
    assert headings.count("Unreleased") <= 1
    assert "Unreleased" not in headings[1:]
    if "Unreleased" not in headings or version in released:
        assert released[0] == version
