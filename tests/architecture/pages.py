"""The pages that people read, and what they name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import typer

from api.cli.commands import app
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

README = "README.md"
PAGES = (
    README,
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
)
"""Every page; what holds for the README holds for all of them."""
FILES = (
    *PAGES,
    "Dockerfile",
    "compose.yaml",
    *sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "docs" / "deploy").glob("*")
        if path.is_file()
    ),
)
"""Pages, and the files that people deploy it with."""

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z-]*")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_END_OF_COMMAND = re.compile(r"[|;&>#]")
_VARIABLE = re.compile(r"\bLINKEDIN_EXECUTOR_[A-Z][A-Z_]*[A-Z]\b")
_ADDRESS = re.compile(
    r"(?:https?://(?:127\.0\.0\.1:8000|executor\.example\.org)|\$EXECUTOR_URL)(/[^\s\"'`?)]*)"
)
_TARGET = re.compile(r"(?:^|[;&|] *|\$ *)make +([a-z][a-z-]*)", re.MULTILINE)


class Command(NamedTuple):
    """One command of the program: what may follow it."""

    below: dict[str, Command]
    options: frozenset[str]

    @classmethod
    def of(cls, command: object) -> Command:
        """Read a command of the command line, with all below it."""
        params = getattr(command, "params", ())
        return cls(
            {name: cls.of(each) for name, each in getattr(command, "commands", {}).items()},
            frozenset(opt for each in params for opt in (*each.opts, *each.secondary_opts)),
        )


PROGRAM = Command.of(typer.main.get_command(app))


def text_of(name: str) -> str:
    path = ROOT / name
    assert path.is_file(), f"{name} is not there"
    return path.read_text(encoding="utf-8")


def code_in(markdown: str) -> str:
    """Return what stands in code blocks and code spans, a line each."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", _prose(markdown))])


def misnamed_commands(code: str) -> list[str]:
    """Return the lines that name a command or an option which the program does not have.

    A line is about the program when it names it, or begins with one of its commands and goes on
    with a command below that or an option.
    """
    whole_lines = code.replace("\\\n", " ").splitlines()
    return [line for line in whole_lines if not _is_right(line)]


def variables_in(text: str) -> set[str]:
    """Return the settings that are named; `__` leads into a setting."""
    return {name.partition("__")[0] for name in _VARIABLE.findall(text)}


def targets_in(code: str) -> set[str]:
    return set(_TARGET.findall(code))


def addresses_in(text: str) -> set[str]:
    """Return the paths below the address that the pages give the program."""
    return {path for path in _ADDRESS.findall(text) if path != "/"}


def dead_links(name: str) -> list[str]:
    """Return the links of a page to files or headings that are not there."""
    folder = (ROOT / name).parent
    found = []
    for link in _LINK.findall(_prose(text_of(name))):
        path, _, heading = link.partition("#")
        if ":" in path:
            continue
        target = (folder / path).resolve() if path else ROOT / name
        if not target.exists() or (heading and heading not in anchors(target.read_text("utf-8"))):
            found.append(f"{name}: {link}")
    return found


def anchors(markdown: str) -> set[str]:
    """Return the names under which headings can be linked to, as forges make them."""
    blocks_out = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    found: set[str] = set()
    for heading in _HEADING.findall(blocks_out):
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        number = sum(each == plain or each.startswith(f"{plain}-") for each in found)
        found.add(f"{plain}-{number}" if plain in found else plain)
    return found


def _prose(markdown: str) -> str:
    return re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)


def _is_right(line: str) -> bool:
    return all(_exists(words) for words in _commands_of(line))


def _commands_of(line: str) -> Iterator[list[str]]:
    for part in _END_OF_COMMAND.split(line):
        words = part.split()
        for number, word in enumerate(words):
            # After an option it is a user's or a unit's name.
            is_named = number and words[number - 1].startswith("-")
            if PurePosixPath(word).name == "linkedin-executor" and not is_named:
                yield words[number + 1 :]
                break
        else:
            if len(words) > 1 and words[0] in PROGRAM.below:
                command = PROGRAM.below[words[0]]
                if words[1] in command.below or words[1].startswith("--"):
                    yield words


def _exists(words: list[str]) -> bool:
    command = PROGRAM
    for word in words:
        if word.startswith("--"):
            found = _OPTION.match(word)
            if word != "--help" and (found is None or found[0] not in command.options):
                return False
        elif command.below and _WORD.fullmatch(word):
            if word not in command.below:
                return False
            command = command.below[word]
    return True
