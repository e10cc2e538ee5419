"""The pages tell everything that people can set, run or meet, and nothing that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api.settings import ApiSettings
from executor.settings import ExecutorSettings
from storage.settings import StorageSettings
from storage.tasks import ErrorCode
from tests.architecture.pages import (
    FILES,
    PAGES,
    README,
    addresses_in,
    code_in,
    dead_links,
    misnamed_commands,
    targets_in,
    text_of,
    variables_in,
)
from tests.architecture.source import pyproject
from tests.reference.page import description

if TYPE_CHECKING:
    from pydantic_settings import BaseSettings

HEADING = re.compile(r"^## \[([^\]]+)\]", re.MULTILINE)
SETTINGS = (StorageSettings, ExecutorSettings, ApiSettings)
UNDESCRIBED = ("/mcp",)
"""What has a description of its own kind."""


@pytest.mark.parametrize("model", SETTINGS)
def test_every_setting_is_told(model: type[BaseSettings]) -> None:
    """Each setting stands in the README under the name that it has in the environment."""
    readme = text_of(README)
    names = [f"LINKEDIN_EXECUTOR_{name.upper()}" for name in model.model_fields]

    untold = [name for name in names if not re.search(rf"\b{name}\b", readme)]

    assert untold == [], "\n".join([f"{README} does not tell:", *untold])


@pytest.mark.parametrize("name", FILES)
def test_no_setting_is_invented(name: str) -> None:
    """Each variable that people are told of is one that is read."""
    known = {
        f"LINKEDIN_EXECUTOR_{field.upper()}" for model in SETTINGS for field in model.model_fields
    }

    assert sorted(variables_in(text_of(name)) - known) == []


def test_every_error_code_is_told() -> None:
    """Each code that a task may end with stands in the README."""
    readme = text_of(README)
    untold = [code.value for code in ErrorCode if f"`{code.value}`" not in readme]

    assert untold == [], "\n".join([f"{README} does not tell:", *untold])


@pytest.mark.parametrize("name", PAGES)
def test_every_command_is_there(name: str) -> None:
    """Each command that a page names can be run, with the options that it names."""
    assert misnamed_commands(code_in(text_of(name))) == []


def test_the_files_to_deploy_it_with_name_commands_that_are_there() -> None:
    """So do unit, proxies and container files."""
    wrong = {name: misnamed_commands(text_of(name)) for name in FILES if name not in PAGES}

    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_commands_that_are_not_there_would_be_noticed() -> None:
    """What the pages are held against knows commands, those below them, and options."""
    wrong = (
        "linkedin-executor dance",
        "linkedin-executor keys burn",
        "sudo /opt/bin/linkedin-executor serve --quickly",
        "keys create --forever",
        "serve --no-walker",
    )
    right = (
        "linkedin-executor serve --no-runner | tee log --and-more",
        "linkedin-executor login --import state.json",
        "keys create --read-only",
        "run the tests",
        "journalctl -u linkedin-executor -o cat",
        "config",
    )

    assert misnamed_commands("\n".join([*right, *wrong])) == [*wrong]


@pytest.mark.parametrize("name", PAGES)
def test_every_make_target_is_there(name: str) -> None:
    """Each target that a page names can be made."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))

    assert sorted(targets_in(code_in(text_of(name))) - targets) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_address_is_there(name: str) -> None:
    """Each address of the program that a page gives is one that it serves."""
    routes = description()["paths"]
    patterns = [re.sub(r"{[^}]*}", "[^/]+", path) for path in (*routes, *UNDESCRIBED)]

    unknown = [
        each
        for each in addresses_in(text_of(name))
        if not any(re.fullmatch(pattern, each) for pattern in patterns)
    ]

    assert unknown == []


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    """Each relative link leads to a file that is there, and to a heading in it."""
    assert dead_links(name) == []


@pytest.mark.parametrize("name", [each for each in PAGES if each.startswith("docs/")])
def test_every_page_is_found(name: str) -> None:
    """Some other page leads to each page of the documentation."""
    links = [f"]({name}", f"]({name.removeprefix('docs/')}", f"](../{name}"]
    others = [text_of(each) for each in PAGES if each != name]

    assert any(link in text for link in links for text in others)


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
