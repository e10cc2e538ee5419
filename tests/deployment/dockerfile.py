"""The Dockerfile as a list of steps, so that they can be replayed without a container engine."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from string import Template

_ONLY_FOR_ENGINES = frozenset({"EXPOSE"})


class NotUnderstood(Exception):
    """The Dockerfile uses something that a replay would not do as an engine does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instruction, with its continued lines joined."""

    instruction: str
    rest: str

    @property
    def words(self) -> list[str]:
        """What follows the instruction: the JSON form's strings, else words as a shell has them."""
        if self.rest.startswith("["):
            words: list[str] = json.loads(self.rest)
            return words
        return shlex.split(self.rest)


@dataclass(slots=True, kw_only=True)
class Config:
    """What the steps say about the processes of the image, those before the given one."""

    environment: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    folder: str = "/"
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health_check: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Remember what a step says.

        Raises:
            NotUnderstood: it is not one of those that a replay knows.
        """
        match step.instruction:
            case "ENV":
                self._set(step)
            case "USER":
                (self.user,) = step.words
            case "WORKDIR":
                (self.folder,) = step.words
            case "VOLUME":
                self.volumes += step.words
            case "ENTRYPOINT":
                self.entrypoint = step.words
            case "CMD":
                self.command = step.words
            case "HEALTHCHECK":
                self.health_check = _health_check(step)
            case other if other not in _ONLY_FOR_ENGINES:
                raise NotUnderstood(other)

    def _set(self, step: Step) -> None:
        for word in step.words:
            name, equals, value = word.partition("=")
            if not equals:
                raise NotUnderstood(f"ENV {step.rest}")
            self.environment[name] = Template(value).substitute(self.environment)


def parse(text: str) -> list[Step]:
    """Return the steps in their order; comments and empty lines are left out."""
    joined: list[str] = []
    continues = False
    for line in text.splitlines():
        stripped = line.strip()
        # Docker leaves comments out even between continued lines.
        if not stripped or stripped.startswith("#"):
            continue
        part = stripped.removesuffix("\\").strip()
        if continues:
            joined[-1] += f" {part}"
        else:
            joined.append(part)
        continues = stripped.endswith("\\")
    found = []
    for line in joined:
        instruction, _, rest = line.partition(" ")
        found.append(Step(instruction=instruction.upper(), rest=rest.strip()))
    return found


def config_of(steps: list[Step]) -> Config:
    """Return what holds after the last step."""
    config = Config(environment={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/bin"})
    for step in steps:
        if step.instruction not in {"FROM", "RUN", "COPY"}:
            config.take(step)
    return config


def release_of(steps: list[Step]) -> str:
    """Return the name of the Debian release that the image begins with.

    Raises:
        NotUnderstood: it begins with something else.
    """
    if not steps or steps[0].instruction != "FROM":
        raise NotUnderstood("The first step is not FROM.")
    name, _, tag = steps[0].rest.partition(":")
    if name != "debian" or not tag.endswith("-slim"):
        raise NotUnderstood(f"FROM {steps[0].rest}")
    return tag.removesuffix("-slim")


def _health_check(step: Step) -> list[str]:
    _, _, command = step.rest.partition("CMD ")
    return Step(instruction="CMD", rest=command.strip()).words
