"""Noticing that the machine's clock was set, and moving along what only our own pace is made of.

The wall clock is compared with one that nobody sets, which counts from the last boot and goes on
while the machine sleeps. How far the two are apart stands in the database, so that of several
processes one makes the correction, and a restart in between changes nothing.

Within one boot every step is seen. Over a reboot only a clock that has gone back is, because time
that is missing may just as well have been spent switched off: then nothing counts as having
passed. Where the machine does not tell one boot from another (macOS), nothing is corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from storage.sqlite.times import MICROSECOND, to_micros

if TYPE_CHECKING:
    from storage.sqlite.times import Clock, SteadyClock
    from storage.sqlite.transaction import Transaction

_STEP = 10_000_000
"""Microseconds beyond which the clock was set, and did not just drift."""
_DRIFT = 1_000_000
"""Microseconds after which the anchor follows: slow slewing never adds up to a step."""
_AT_ONCE = 100_000
"""Microseconds that the two clocks may be read apart."""


class Anchor(NamedTuple):
    """How far the wall clock is ahead, in microseconds, in this boot."""

    boot: str
    wall_ahead: int


class Followed(NamedTuple):
    """What came of a comparison, once it is committed."""

    anchor: Anchor
    stepped: bool


class ClockSteps:
    """Compares the clocks; the answers are for the writer, which keeps what it has committed."""

    def __init__(self, clock: Clock, steady: SteadyClock | None) -> None:
        self._clock = clock
        self._steady = steady
        self._known: Anchor | None = None

    def news(self) -> Anchor | None:
        """Return the present reading if it is not the one that is known; reads no database."""
        read = self._read()
        if read is None or (self._known is not None and _agree(read, self._known)):
            return None
        return read

    def follow(self, tx: Transaction, read: Anchor) -> Followed:
        """Compare with what is recorded, and move what has to be moved."""
        row = tx.one("clock_anchor")
        recorded = None if row is None else Anchor(row["boot"], row["wall_ahead"])
        if recorded is not None and _agree(read, recorded):
            return Followed(recorded, stepped=False)
        moved_by = 0
        if row is not None:
            moved_by = (
                read.wall_ahead - row["wall_ahead"]
                if read.boot == row["boot"]
                else min(0, tx.now - row["reached"])
            )
        stepped = abs(moved_by) > _STEP
        if stepped:
            _move(tx, moved_by)
        tx.run("anchor_clock", boot=read.boot, wall_ahead=read.wall_ahead)
        return Followed(read, stepped=stepped)

    def committed(self, followed: Followed) -> None:
        """Take for known what is now recorded."""
        self._known = followed.anchor

    def _read(self) -> Anchor | None:
        if self._steady is None:
            return None
        while True:
            before = self._steady()
            now = self._clock()
            after = self._steady()
            if before.boot is None:
                return None
            # The machine may have slept, or this thread waited, between the two clocks.
            if (after.elapsed - before.elapsed) // MICROSECOND <= _AT_ONCE:
                return Anchor(before.boot, to_micros(now) - after.elapsed // MICROSECOND)


def _agree(one: Anchor, other: Anchor) -> bool:
    return one.boot == other.boot and abs(one.wall_ahead - other.wall_ahead) <= _DRIFT


def _move(tx: Transaction, moved_by: int) -> None:
    # Working hours are times of the day: a hold for them is worked out anew by the right clock.
    tx.run("lift_holds_for", reasons='["working_hours"]')
    tx.run("move_charges", moved_by=moved_by)
    tx.run("move_holds", moved_by=moved_by)
    tx.run("move_leases", moved_by=moved_by)
    tx.run("move_keys", moved_by=moved_by)
    tx.run("move_uploads", moved_by=moved_by)
    tx.run("move_deliveries", moved_by=moved_by)
    tx.run("move_dashboard_sessions", moved_by=moved_by)
    tx.run("drop_live_view_tokens")
    tx.run("drop_lease_requests")
    tx.run("move_runners", moved_by=moved_by)
    tx.run("move_first_sessions", moved_by=moved_by)
    tx.run("move_paced_tasks", moved_by=moved_by)
    tx.run("record_clock_step", moved_by=moved_by)
