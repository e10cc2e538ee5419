"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Rounds, seconds and numbers of everything."""

    rounds: int
    """Of accept and status, for each number of connections."""
    load_seconds: float
    connections: tuple[int, ...]
    pickups: int
    """Tasks picked up, in each of the two arrangements."""
    letters: int
    """Typed in a live view."""
    pairs: int
    """Messages, and invitations; there are some forty people to invite."""
    accounts: tuple[int, ...]
    """Numbers of accounts for the throughput; the last is the memory's as well."""
    tasks_per_account: int
    """Of one round of the throughput."""
    throughput_rounds: int
    memory_rounds: int
    starts: int
    scale: tuple[int, int]
    """Tasks in the small and in the large database."""
    queue: int
    """Tasks that one account has queued."""
    asked: int
    """Times that each query is asked."""
    soak_tasks: int
    soak_settled: int
    """Tasks after which memory is expected to stay."""


FULL = Size(
    rounds=7,
    load_seconds=5,
    connections=(1, 16, 64),
    pickups=300,
    letters=60,
    pairs=30,
    accounts=(1, 4, 8),
    tasks_per_account=15,
    throughput_rounds=3,
    memory_rounds=3,
    starts=15,
    scale=(1_000, 1_000_000),
    queue=2_000,
    asked=400,
    soak_tasks=5_000,
    soak_settled=500,
)
QUICK = Size(
    rounds=2,
    load_seconds=1,
    connections=(1, 16, 64),
    pickups=20,
    letters=10,
    pairs=4,
    accounts=(1, 4, 8),
    tasks_per_account=2,
    throughput_rounds=1,
    memory_rounds=1,
    starts=3,
    scale=(1_000, 100_000),
    queue=2_000,
    asked=100,
    soak_tasks=40,
    soak_settled=20,
)
TINY = Size(
    rounds=1,
    load_seconds=0.3,
    connections=(2,),
    pickups=2,
    letters=2,
    pairs=1,
    accounts=(1, 2),
    tasks_per_account=1,
    throughput_rounds=1,
    memory_rounds=1,
    starts=1,
    scale=(100, 1_000),
    queue=20,
    asked=3,
    soak_tasks=6,
    soak_settled=2,
)
"""For a test of the harness, whose numbers tell nothing."""
