"""The most telling cases of the kill matrix; `make faults` plays all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.server import running_sandbox
from tests.faults.cases import (
    Case,
    Outage,
    Prey,
    every_case,
    freeze_runner,
    kill,
    mishap,
    outage,
)
from tests.faults.kinds import Kind
from tests.faults.playing import play
from tests.faults.points import Point

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from executor.sandbox.client import SandboxClient

CASES = [
    kill(Prey.RUNNER, Point.AFTER_INTENT, [Kind.INVITATION]),
    kill(Prey.RUNNER, Point.BEFORE_RECORD, [Kind.MESSAGE]),
    kill(Prey.RUNNER, Point.BEFORE_ANSWER, [Kind.FILE]),
    kill(Prey.SERVE, Point.BEFORE_ANSWER, [Kind.FIRST_MESSAGE]),
    kill(Prey.BROWSER, Point.AFTER_LEAVING, [Kind.INVITATION]),
    freeze_runner(Point.BEFORE_LEAVING, [Kind.MESSAGE]),
    mishap(
        "drops its answer",
        Fault(on="create_message", do="drop_answer_after_delivery"),
        [Kind.FIRST_MESSAGE],
    ),
    kill(Prey.RUNNER, Point.AFTER_LEAVING, [Kind.TYPED_MESSAGE, Kind.INMAIL, Kind.GROUP_MESSAGE]),
    kill(Prey.RUNNER, Point.BEFORE_RECORD, [Kind.MARK_SEEN]),
    # Chromium repeats a request by itself when a connection that it had used before breaks.
    outage(Outage.BLINK, Point.BEFORE_ANSWER, [Kind.MESSAGE, Kind.INVITATION]),
]


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[SandboxClient]:
    async with running_sandbox() as running:
        yield running.client


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_nothing_is_sent_twice_or_lost(
    case: Case, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """By the ledger: at most once, never falsely reported, and every task ends."""
    tally = await play(case, sandbox, tmp_path)

    assert tally.is_clean, (tally.troubles, tally.verdicts)
    assert tally.left_behind == 0


def test_a_round_kills_everybody_everywhere() -> None:
    """The matrix has no gap, and no two of its cases share a line of its table."""
    names = [case.name for case in every_case()]

    kills = {
        f"SIGKILL {prey}{kinds}, {point}"
        for prey in Prey
        for kinds in ("", ", inbox")
        for point in Point
    }
    assert kills <= set(names)
    assert {f"SIGKILL {prey}, mark seen, {Point.BEFORE_RECORD}" for prey in Prey} <= set(names)
    assert len(names) == len(set(names))
