"""Many simulated tasks against the real store; `make storm` has a hundred times as many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.storms import Size, simulated_storm

if TYPE_CHECKING:
    from pathlib import Path


async def test_every_task_ends_and_is_delivered_at_most_once(tmp_path: Path) -> None:
    """Two runners on one database, one of which is killed after every hundred deliveries or so."""
    news: list[str] = []
    size = Size(tasks=1_000, accounts=50, kill_after=(80, 200), patience_s=90)

    storm = await simulated_storm(tmp_path, size, news.append)

    assert storm.tally.is_clean, news
    assert sum(verdict.deliveries for verdict in storm.tally.verdicts) > size.tasks // 2
    assert storm.tally.kills > 1
    assert storm.tally.left_behind == 0
