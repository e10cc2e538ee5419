"""The Dockerfile as a replay reads it, and what the files beside it have to agree on."""

from __future__ import annotations

import re

import pytest

from executor.settings import ExecutorSettings
from tests.architecture.source import ROOT
from tests.deployment import compose
from tests.deployment.dockerfile import Config, NotUnderstood, config_of, parse, release_of

TEXT = """\
# What it begins with.
FROM debian:bookworm-slim

RUN apt-get update \\
    # Comments may stand between.
    && apt-get install tini \\

    && true
ENV PATH=/opt/bin:$PATH A=b
COPY one two ./
env SAID="two words"
USER executor
HEALTHCHECK --interval=30s --timeout=5s CMD \\
    ["python3", "-c", "print('a b')"]
ENTRYPOINT ["tini", "--", "program"]
CMD ["serve"]
"""


def test_continued_lines_are_one_step() -> None:
    """Comments and empty lines between them are left out, as Docker does."""
    steps = parse(TEXT)

    assert [step.instruction for step in steps[:4]] == ["FROM", "RUN", "ENV", "COPY"]
    assert steps[1].rest == "apt-get update && apt-get install tini && true"
    assert steps[3].words == ["one", "two", "./"]


def test_what_the_steps_say_holds_for_the_service() -> None:
    """Variables build upon earlier ones; commands keep their words."""
    config = config_of(parse(TEXT))

    assert config.environment["PATH"].startswith("/opt/bin:/usr/local/sbin:")
    assert (config.environment["A"], config.environment["SAID"]) == ("b", "two words")
    assert config.user == "executor"
    assert config.health_check == ["python3", "-c", "print('a b')"]
    assert [*config.entrypoint, *config.command] == ["tini", "--", "program", "serve"]


@pytest.mark.parametrize("line", ["ADD a b", "ARG NAME", "ENV NAME", "SHELL ['bash']"])
def test_a_step_that_would_not_be_replayed_is_refused(line: str) -> None:
    """Passing over it would replay another image."""
    with pytest.raises(NotUnderstood):
        config_of(parse(f"FROM debian:bookworm-slim\n{line}\n"))


@pytest.mark.parametrize("first", ["FROM alpine:3", "FROM debian", "RUN true", ""])
def test_only_a_plain_debian_can_be_made(first: str) -> None:
    """Debootstrap makes nothing else."""
    with pytest.raises(NotUnderstood):
        release_of(parse(first))


@pytest.fixture
def config() -> Config:
    return config_of(parse((ROOT / "Dockerfile").read_text(encoding="utf-8")))


def test_the_image_has_no_rights_and_an_init(config: Config) -> None:
    """A user of its own, a process that reaps, and a folder for what is kept."""
    assert config.user not in {"root", "0"}
    assert config.entrypoint[:2] == ["tini", "--"]
    assert config.volumes == [config.environment["LINKEDIN_EXECUTOR_DATA_DIR"]]


def test_the_compose_file_withholds_what_the_image_does_not_need() -> None:
    """Loopback only, nothing to write to but volume and memory, and bounds."""
    service = compose.service()

    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert service["read_only"] == ["true"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit"} < service.keys()
    written_to = {entry.partition(":")[0] for entry in service["tmpfs"]}
    assert written_to == {"/tmp", "/home/executor"}  # noqa: S108 - the image's


def test_whoever_stops_it_waits_longer_than_a_stop_takes() -> None:
    """Open requests have 5 s and the browser 10; the runner's own grace comes between."""
    longest = 5 + ExecutorSettings().stop_grace.total_seconds() + 10
    unit = (ROOT / "docs/deploy/linkedin-executor.service").read_text(encoding="utf-8")
    of_unit = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    of_compose = re.fullmatch(r"(\d+)s", compose.service()["stop_grace_period"][0])

    assert of_unit is not None
    assert of_compose is not None
    assert min(int(of_unit[1]), int(of_compose[1])) > longest


def test_what_is_copied_is_not_ignored() -> None:
    """The list of what the build may see names all that the steps copy."""
    seen = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    steps = parse((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    copied = [word for step in steps if step.instruction == "COPY" for word in step.words[:-1]]

    assert copied
    assert [each for each in copied if f"!{each}" not in seen] == []
    assert [each for each in copied if not (ROOT / each).exists()] == []


def test_the_secrets_that_the_compose_file_offers_are_read() -> None:
    """Uncommented, its lines mount each file that a setting names, under that name."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    named = re.findall(
        r"^ +# (LINKEDIN_EXECUTOR_\w+_FILE): /run/secrets/(\w+)$", text, re.MULTILINE
    )
    lent = re.findall(r"^    #   - (\w+)$", text, re.MULTILINE)
    files = re.findall(r"^#   (\w+):\n#     file: ", text, re.MULTILINE)

    assert [variable for variable, _ in named] == [
        "LINKEDIN_EXECUTOR_ENCRYPTION_KEY_FILE",
        "LINKEDIN_EXECUTOR_METRICS_KEY_FILE",
    ]
    assert [file for _, file in named] == lent == files
