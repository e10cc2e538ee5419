"""The report of a run: a page of Markdown with a plot for each figure."""

from __future__ import annotations

import platform
import statistics
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import matplotlib as mpl
import psutil
from matplotlib.figure import Figure as Plot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.figures import Figure, Measured
    from tests.bench.sizes import Size

_OURS, _BASELINE, _AIM = "#2f5d8a", "#b8b8b8", "#a33b2f"
_PER_ROW = 0.5


def number(rounds: Sequence[float], unit: str) -> str:
    """Tell the median of some rounds with its unit."""
    return f"{statistics.median(rounds):.4g} {unit}".strip() if rounds else ""


def spread(row: Measured) -> str:
    return f"{row.low:.3g} .. {row.high:.3g}"


def write_report(figures: dict[str, Figure], size: Size, folder: Path) -> Path:
    """Write the page and its plots, and return where the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    # Text stays text, so that the plots can be searched.
    mpl.rcParams["svg.fonttype"] = "none"
    parts = ["# make bench", _machine(size)]
    for figure in figures.values():
        if figure.rows:
            _plot(figure, folder / f"{figure.key}.svg")
            parts.append(_section(figure))
    page = folder / "report.md"
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def _machine(size: Size) -> str:
    gigabytes = psutil.virtual_memory().total / 2**30
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {psutil.cpu_count()} processors, "
        f"{gigabytes:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}."
    )
    reading = (
        "Rounds of the program and of its baseline take turns. A ratio is the median of those "
        "of the single rounds, its spread the lowest and the highest of them. The figure is "
        "its worst row, in bold."
    )
    return f"{machine}\n\n{reading}\n\n`{size}`"


def _section(figure: Figure) -> str:
    against = f"Against {figure.against}. " if figure.against else ""
    lines = [
        f"## {figure.title} (`{figure.key}`)",
        "",
        f"{against}Aim: {figure.told_aim}.",
        "",
        "| what | ours | baseline | value | spread |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in figure.rows:
        mark = "**" if row is figure.worst else ""
        cells = (
            f"{mark}{row.what}{mark}",
            number(row.ours, row.unit),
            number(row.baseline, row.unit),
            f"{mark}{row.value:.3g}{mark}",
            spread(row),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *(f"- {note}" for note in figure.notes)]
    lines += ["", f"![{figure.title}]({figure.key}.svg)"]
    return "\n".join(lines)


def _plot(figure: Figure, path: Path) -> None:
    """Draw what is compared with the aim, with its spread; and a series over time below it."""
    rows = [row for row in figure.rows if row.counts or not figure.series]
    height = 1.2 + _PER_ROW * len(rows)
    plot = Plot(figsize=(8, height + 3 * bool(figure.series)), layout="constrained")
    axes, *below = plot.subplots(
        1 + bool(figure.series),
        1,
        squeeze=False,
        height_ratios=[height, 3][: 1 + bool(figure.series)],
    ).flat
    for place, row in enumerate(rows):
        color = _OURS if row.counts else _BASELINE
        axes.barh(place, row.value, color=color, height=0.55)
        axes.plot((row.low, row.high), (place, place), color="black", linewidth=1)
    axes.axvline(figure.aim, color=_AIM, linewidth=1, linestyle="--", label=figure.told_aim)
    axes.set_yticks(range(len(rows)), [row.what for row in rows])
    axes.invert_yaxis()
    axes.set_title(figure.title, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    for each in below:
        for name, points in figure.series.items():
            each.plot(*zip(*points, strict=True), label=name)
        each.set_ylim(bottom=0)
        each.legend(frameon=False)
        each.set_xlabel("tasks done")
        each.set_ylabel("MB")
        each.spines[["top", "right"]].set_visible(False)
    plot.savefig(path)
