"""What became of tasks, by the sandbox's ledger and the program's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from tests.faults.place import Order, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One task's end."""

    kind: str
    status: TaskStatus | None
    """What the program says; `None`: it knows of no such task."""
    deliveries: int
    """How often the ledger has it."""
    recovery_s: float | None = None
    """From the strike to the end; `None` when it had ended before, or has not ended."""

    @property
    def is_false_sent(self) -> bool:
        return self.status is TaskStatus.SUCCEEDED and not self.deliveries

    @property
    def is_lost(self) -> bool:
        """Whether it is not there, or was delivered and is said not to have happened."""
        denied = self.status in {TaskStatus.FAILED, TaskStatus.CANCELLED}
        return self.status is None or (denied and self.deliveries > 0)

    @property
    def is_open(self) -> bool:
        return self.status is not None and not self.status.is_final


@dataclass(slots=True, kw_only=True)
class Tally:
    """Verdicts that are counted together."""

    verdicts: list[Verdict] = field(default_factory=list)
    kills: int = 0
    """Processes that were killed or frozen."""
    strays: int = 0
    """Deliveries of something, or to somebody, that nobody asked for."""
    left_behind: int = 0
    """Processes that outlived the one that had started them."""
    troubles: list[str] = field(default_factory=list)
    """Cases that could not be played as they are written."""

    def add(self, other: Tally) -> None:
        self.verdicts += other.verdicts
        self.kills += other.kills
        self.strays += other.strays
        self.left_behind += other.left_behind
        self.troubles += other.troubles

    def ended(self, status: TaskStatus) -> int:
        return sum(each.status is status for each in self.verdicts)

    @property
    def recovery_s(self) -> float | None:
        known = [each.recovery_s for each in self.verdicts if each.recovery_s is not None]
        return round(median(known), 2) if known else None

    def summary(self) -> dict[str, float | None]:
        """Return the line that a run ends with."""
        deliveries = [each.deliveries for each in self.verdicts]
        return {
            "runs": len(self.verdicts),
            "kills": self.kills,
            "max_deliveries": max(deliveries, default=0),
            "duplicates": sum(each - 1 for each in deliveries if each > 1) + self.strays,
            "false_sent": sum(each.is_false_sent for each in self.verdicts),
            "lost": sum(each.is_lost for each in self.verdicts),
            "not_ended": sum(each.is_open for each in self.verdicts),
            "unconfirmed": self.ended(TaskStatus.UNCONFIRMED),
            "median_recovery_s": self.recovery_s,
        }

    @property
    def is_clean(self) -> bool:
        """Whether every task has ended, nothing twice, nothing falsely, nothing unplayed."""
        told = self.summary()
        bar = ("duplicates", "false_sent", "lost", "not_ended")
        return bool(self.verdicts) and not self.troubles and not any(told[name] for name in bar)


async def judge(place: Place) -> Tally:
    """Judge every order of a place, when all its processes have stopped."""
    entries = await place.ledger()
    return Tally(
        verdicts=[await _verdict(place, order) for order in place.orders],
        kills=place.signals,
        strays=sum(not any(each.is_done_by(entry) for each in place.orders) for entry in entries),
    )


async def _verdict(place: Place, order: Order) -> Verdict:
    task = await place.task(order)
    recovery = None
    if task and task.finished_at and order.struck_at and task.finished_at > order.struck_at:
        recovery = (task.finished_at - order.struck_at).total_seconds()
    return Verdict(
        kind=order.kind,
        status=task.status if task else None,
        deliveries=await place.deliveries(order),
        recovery_s=recovery,
    )
