"""What is measured, and how rounds become one number with its spread."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Better = Literal["more", "less"]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all stays at or below, one of them itself."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row: what came out, over all rounds."""

    what: str
    value: float
    """What is compared with the aim: a ratio, where there is a baseline."""
    low: float
    high: float
    """The spread: the lowest and highest round."""
    unit: str = ""
    """Of *ours* and *baseline*; the value's own where there is no baseline."""
    ours: tuple[float, ...] = ()
    baseline: tuple[float, ...] = ()
    counts: bool = True
    """Whether it decides about its figure, or is told beside it."""


def compared(
    what: str,
    unit: str,
    ours: Sequence[float],
    baseline: Sequence[float],
    *,
    counts: bool = True,
) -> Measured:
    """Compare round by round, since each round's two stand side by side in time."""
    ratios = [mine / other for mine, other in zip(ours, baseline, strict=True)]
    return Measured(
        what=what,
        unit=unit,
        value=statistics.median(ratios),
        low=min(ratios),
        high=max(ratios),
        ours=tuple(ours),
        baseline=tuple(baseline),
        counts=counts,
    )


def alone(
    what: str,
    unit: str,
    rounds: Sequence[float],
    *,
    value: float | None = None,
    counts: bool = True,
) -> Measured:
    """Take the median of the rounds, or *value* where all samples together have said more."""
    return Measured(
        what=what,
        unit=unit,
        value=statistics.median(rounds) if value is None else value,
        low=min(rounds),
        high=max(rounds),
        ours=tuple(rounds),
        counts=counts,
    )


@dataclass(slots=True, kw_only=True)
class Figure:
    """One key of the summary."""

    key: str
    title: str
    against: str
    aim: float
    better: Better
    rows: list[Measured] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    series: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """What became of something over time, for a plot: a line for each name."""

    @property
    def worst(self) -> Measured | None:
        """The row that decides: of those that count, the one that is furthest from good."""
        counted = [row for row in self.rows if row.counts]
        if not counted:
            return None
        choose = min if self.better == "more" else max
        return choose(counted, key=lambda row: row.value)

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; `None` when nothing was measured."""
        worst = self.worst
        if worst is None:
            return None
        return worst.value >= self.aim if self.better == "more" else worst.value <= self.aim

    @property
    def told_aim(self) -> str:
        return f"{'>=' if self.better == 'more' else '<='} {self.aim:g}"


def _figure(key: str, title: str, against: str, better: Better, aim: float) -> Callable[[], Figure]:
    return lambda: Figure(key=key, title=title, against=against, aim=aim, better=better)


_BARE = "a FastAPI app that validates the same body and stores nothing"
_SCRIPT = "a Playwright script with the same navigations and clicks, and no checks"
_FIGURES = (
    _figure("accept_ratio", "accept: POST send-message", _BARE, "more", 0.75),
    _figure("status_ratio", "status: GET get-task-status", _BARE, "more", 0.85),
    _figure("pickup_p99_ms", "pick-up in one process", "", "less", 10),
    _figure("pickup_cross_p99_ms", "pick-up across processes", "", "less", 60),
    _figure("live_view_key_ms", "live view: from a key to its picture", "", "less", 150),
    _figure("overhead_message_ratio", "a whole send_message", _SCRIPT, "less", 1.10),
    _figure("overhead_invitation_ratio", "a whole invitation", _SCRIPT, "less", 1.10),
    _figure("throughput_ratio", "tasks a minute", f"{_SCRIPT}, in parallel contexts", "more", 0.9),
    _figure("memory_ratio", "memory of a further account", "a Chromium for each", "less", 0.4),
    _figure("start_ratio", "serve, until ready", "FastAPI and uvicorn bare", "less", 1.5),
    _figure("help_s", "the command line's --help", "", "less", 0.3),
    _figure("scale_ratio", "queries on a full database", "the same on an empty one", "less", 1.3),
    _figure("soak_growth", "growth over a long run", "its own beginning", "less", 0.05),
)


def every_figure() -> dict[str, Figure]:
    """Return the figures by key, in the order in which they are told, without anything measured."""
    figures = [make() for make in _FIGURES]
    return {figure.key: figure for figure in figures}


def summary(figures: dict[str, Figure]) -> dict[str, float | None]:
    """Return the line that a run ends with; `None` for what was not measured."""
    return {
        key: round(figure.worst.value, 4) if figure.worst else None
        for key, figure in figures.items()
    }
