"""The one thread that writes, and how it shares commits among those who wait.

A durable commit costs a flush of the disk. All units of work that are waiting at one moment
therefore go into one transaction: each inside a savepoint of its own, so that its failure undoes
nothing but itself, then a single commit, and only then are the callers told.

This is a plain `sqlite3` connection on a thread of its own, not `aiosqlite`: there every statement
is a hop to another thread and back, with the event loop in between. A batch has to be one
uninterrupted function, or the database stays locked while the loop is busy elsewhere.
"""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from storage.errors import StoreUnavailable
from storage.sqlite.clock_steps import ClockSteps
from storage.sqlite.connection import connect_writer
from storage.sqlite.failures import translated
from storage.sqlite.times import to_micros
from storage.sqlite.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta
    from pathlib import Path

    from storage.sqlite.clock_steps import Followed
    from storage.sqlite.times import Clock, SteadyClock

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Unit:
    work: Callable[[Transaction], Any] | None
    """`None` looks whether other processes have committed, without a transaction."""
    future: asyncio.Future[Any]
    quiet: bool = False
    result: Any = None
    error: BaseException | None = None
    changes: int = 0


class Writer:
    """Runs units of work in batches; made by `start`, ended by `close`."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        busy_timeout: timedelta,
        committed: Callable[[], None],
        steady: SteadyClock | None = None,
    ) -> None:
        self._path = path
        self._busy_timeout = busy_timeout
        self._clock = clock
        self._steps = ClockSteps(clock, steady)
        self._committed = committed
        self._loop = asyncio.get_running_loop()
        self._gathered: list[_Unit] = []
        self._waiting: SimpleQueue[Sequence[_Unit] | None] = SimpleQueue()
        self._in_hand: Sequence[_Unit] = ()
        self._file: tuple[int, int] | None = None
        self._closed = False
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._thread = Thread(target=self._run, name="linkedin-executor-store", daemon=True)
        self.batches = 0
        """Commits so far that had something to commit."""

    @classmethod
    async def start(
        cls,
        path: Path,
        *,
        clock: Clock,
        busy_timeout: timedelta,
        committed: Callable[[], None],
        steady: SteadyClock | None = None,
    ) -> Writer:
        """Open the database on the new thread, and raise here what goes wrong with that.

        Args:
            path: the database's file, which exists.
            clock: gives each unit its time.
            busy_timeout: how long a batch waits for another process to let go of the database.
            committed: called on the event loop after each commit that changed something, together
                with the answers to its callers.
            steady: the clock that nobody sets; without it, one that was set is not noticed.
        """
        writer = cls(
            path, clock=clock, busy_timeout=busy_timeout, committed=committed, steady=steady
        )
        writer._thread.start()
        await writer._ready
        return writer

    @property
    def is_closed(self) -> bool:
        return self._closed

    async def write(self, work: Callable[[Transaction], T], *, quiet: bool = False) -> T:
        """Run *work* in a transaction, and return its result once that is committed.

        Once handed over, the work cannot be recalled. A caller that is cancelled leaves only when
        its fate is settled, so that whoever cleans up finds the database as it is going to stay.

        Args:
            work: what to do.
            quiet: whether its changes are nothing that anybody in this process waits for.

        Raises:
            StoreUnavailable: the batch could not be committed; nothing of it was kept.
        """
        return cast("T", await self._submit(work, quiet=quiet))

    async def follow_clock(self) -> None:
        """Have a step of the clock corrected now, for those who are about to read times."""
        if self._steps.news() is not None:
            await self.write(_nothing)

    async def foreign_version(self) -> int:
        """Return a number that changes whenever another process has committed.

        SQLite's `data_version` leaves out commits of the connection that asks: as this one makes
        all commits of this process, what is left are those of others.
        """
        return cast("int", await self._submit(None))

    async def close(self) -> None:
        """Commit what is waiting, then close the connection."""
        if not self._closed:
            self._closed = True
            self._hand_over()
            self._waiting.put(None)
        await asyncio.shield(self._ended)

    async def _submit(
        self, work: Callable[[Transaction], Any] | None, *, quiet: bool = False
    ) -> Any:
        if self._closed:
            raise StoreUnavailable("The store has been closed.")
        unit = _Unit(work, self._loop.create_future(), quiet)
        if not self._gathered:
            # With what else comes in this turn of the loop: to wake the thread costs as much as all
            # of the work, and whatever it finds alone is a commit of its own.
            self._loop.call_soon(self._hand_over)
        self._gathered.append(unit)
        try:
            return await asyncio.shield(unit.future)
        except asyncio.CancelledError:
            await asyncio.wait([unit.future])
            raise

    def _hand_over(self) -> None:
        if self._gathered:
            self._waiting.put(self._gathered)
            self._gathered = []

    # From here on everything runs on the writer's thread, except `_deliver`.

    def _run(self) -> None:
        try:
            connection = connect_writer(
                self._path, clock=self._clock, busy_timeout=self._busy_timeout
            )
            self._file = _identity(self._path)
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits in `start`
            self._on_loop(self._ready.set_exception, error)
            return
        self._on_loop(self._ready.set_result, None)
        try:
            while self._run_batch(connection):
                pass
        finally:
            connection.close()
            self._on_loop(self._finish)

    def _run_batch(self, connection: sqlite3.Connection) -> bool:
        """Serve everything that is waiting now; `False` once asked to stop."""
        taken = [self._waiting.get()]
        while True:
            try:
                taken.append(self._waiting.get_nowait())
            except Empty:
                break
        units = self._in_hand = [unit for turn in taken if turn is not None for unit in turn]
        for unit in units:
            if unit.work is None:
                self._look(connection, unit)
        work = [unit for unit in units if unit.work is not None]
        stepped = self._commit(connection, work) if work else False
        changed = any(unit.changes and unit.error is None and not unit.quiet for unit in work)
        self._on_loop(self._deliver, units, changed or stepped)
        return None not in taken

    def _look(self, connection: sqlite3.Connection, unit: _Unit) -> None:
        try:
            with translated():
                (unit.result,) = connection.execute("PRAGMA data_version").fetchone()
        except StoreUnavailable as error:
            unit.error = error

    def _commit(self, connection: sqlite3.Connection, units: Sequence[_Unit]) -> bool:
        """Run the units in one transaction, and tell whether the clock had been set before."""
        followed: Followed | None = None
        try:
            self._require_in_place()
            with translated():
                connection.execute("BEGIN IMMEDIATE")
                read = self._steps.news()
                if read is not None:
                    tx = Transaction(connection, to_micros(self._clock()))
                    followed = self._steps.follow(tx, read)
                for unit in units:
                    self._attempt(connection, unit)
                connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody may be told "done"
            self._undo(connection)
            for unit in units:
                unit.error = _own_copy(error)
            return False
        self.batches += any(unit.changes for unit in units)
        if followed is None:
            return False
        self._steps.committed(followed)
        return followed.stepped

    def _require_in_place(self) -> None:
        # SQLite would go on writing to a deleted file, and report every commit as done.
        if _identity(self._path) != self._file:
            raise StoreUnavailable(
                f"The database {self._path} has been deleted or replaced; restart the program."
            )

    def _attempt(self, connection: sqlite3.Connection, unit: _Unit) -> None:
        connection.execute("SAVEPOINT unit")
        before = connection.total_changes
        try:
            with translated():
                now = to_micros(self._clock())
                unit.result = cast("Any", unit.work)(Transaction(connection, now))
        except Exception as error:
            # The caller gets it, its neighbours do not ...
            if not connection.in_transaction:
                # ... unless it has undone the whole transaction.
                raise
            connection.execute("ROLLBACK TO unit")
            unit.error = error
        else:
            unit.changes = connection.total_changes - before
        connection.execute("RELEASE unit")

    def _undo(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            try:
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                # A transaction that can be neither kept nor undone ends with its connection;
                # the next BEGIN fails for as long as it is there.
                return

    def _on_loop(self, call: Callable[..., None], *values: object) -> None:
        try:
            self._loop.call_soon_threadsafe(call, *values)
        except RuntimeError:
            # The loop is gone, and with it everybody who could have been told.
            return

    def _deliver(self, units: Sequence[_Unit], changed: bool) -> None:  # noqa: FBT001 - a callback
        if changed:
            self._committed()
        for unit in units:
            if unit.error is None:
                unit.future.set_result(unit.result)
            else:
                unit.future.set_exception(unit.error)

    def _finish(self) -> None:
        self._closed = True
        left = [*self._in_hand, *self._gathered]
        while not self._waiting.empty():
            left += self._waiting.get() or ()
        for unit in left:
            if not unit.future.done():
                unit.future.set_exception(StoreUnavailable("The store has been closed."))
        self._ended.set_result(None)


def _nothing(_: Transaction) -> None:
    """Change nothing: the batch itself is what is wanted."""


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _own_copy(error: Exception) -> Exception:
    """Return an exception for one caller: a shared one would collect everybody's traceback."""
    if isinstance(error, StoreUnavailable):
        copy = StoreUnavailable(str(error))
        copy.__cause__ = error.__cause__
        return copy
    unavailable = StoreUnavailable(f"The change could not be committed: {error}")
    unavailable.__cause__ = error
    return unavailable
