"""That the harness of `make bench` measures; how fast the program is, no test says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench.__main__ import play
from tests.bench.figures import alone, compared, every_figure, summary
from tests.bench.report import write_report
from tests.bench.sizes import TINY

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [
    "accept_ratio",
    "status_ratio",
    "pickup_p99_ms",
    "pickup_cross_p99_ms",
    "live_view_key_ms",
    "overhead_message_ratio",
    "overhead_invitation_ratio",
    "throughput_ratio",
    "memory_ratio",
    "start_ratio",
    "help_s",
    "scale_ratio",
    "soak_growth",
]


@pytest.mark.timeout(300)  # Six programs are started, on a machine that is busy with other tests.
async def test_requests_and_queries_are_measured_beside_their_baselines(tmp_path: Path) -> None:
    """Real servers and databases give numbers, and a report with a plot for each figure."""
    figures = await play(("serving", "scale"), TINY, tmp_path)
    page = write_report(figures, TINY, tmp_path / "report")

    told = summary(figures)
    measured = {key: value for key, value in told.items() if value is not None}
    plots = {path.stem for path in page.parent.glob("*.svg")}
    assert list(told) == KEYS
    assert measured.keys() == {"accept_ratio", "status_ratio", "scale_ratio"}
    assert all(value > 0 for value in measured.values())
    assert plots == measured.keys()


def test_a_figure_is_its_worst_row_that_counts() -> None:
    """Ratios are taken round by round, and what is told beside a figure does not decide."""
    figure = every_figure()["accept_ratio"]
    figure.rows += [
        compared("1 connection", "/s", [90, 40, 80], [100, 50, 100]),
        compared("16 connections", "/s", [70, 70, 70], [100, 100, 100]),
        alone("p50", "ms", [0.1], counts=False),
    ]

    assert figure.worst is figure.rows[1]
    assert figure.rows[0].value == 0.8
    assert (figure.rows[0].low, figure.rows[0].high) == (0.8, 0.9)
    assert figure.is_met is False
