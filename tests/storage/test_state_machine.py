"""Any history of requests, claims, crashes and clocks that are set, against a real store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from storage.acceptance import Acceptance, ContentGuard, IdempotencyKey
from storage.errors import KeyReused, LeaseLost, SentBefore, StoreError, TransitionRefused
from storage.limits import HoldReason
from storage.tasks import TaskStatus, WaitReason
from tests.storage.model import KEPT_FOR, WINDOW, WINDOW_WHILE_OWED, KnownLease, KnownTask, words_of
from tests.storage.watched_store import WatchedStore
from tests.storage.world import REFUSED, TTL, UNPROVEN

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from storage.secrets import StateCipher
    from storage.sessions import Lease

T = TypeVar("T")

ANY = st.integers(0, 1000)
"""Picks one of whatever there is by then."""
TYPES = st.sampled_from(["send_message", "invite"])
CONTENTS = st.sampled_from(["a by-id", "a by-vanity", "b by-id"])
MEMBERS = st.sampled_from([0, 1])
SPANS = st.sampled_from([timedelta(seconds=20), TTL, timedelta(hours=1), timedelta(hours=6)])
STEPS = st.sampled_from([sign * step for sign in (1, -1) for step in (TTL, WINDOW, 999 * WINDOW)])
STOPS = st.sampled_from(["running", "submitting", "leaving", "succeeded", "unconfirmed"])
ENDS = ["succeeded", "failed", "unconfirmed", "put_back"]


def guard_for(content: str) -> ContentGuard:
    return ContentGuard(
        digests=frozenset({content}), window=WINDOW, window_while_owed=WINDOW_WHILE_OWED
    )


class StoreMachine(WatchedStore):
    """Does to a store what its users do, and knows what must come of it."""

    # Requests.

    @rule(
        member=MEMBERS,
        task_type=TYPES,
        content=CONTENTS,
        key=st.sampled_from([None, None, "1", "2"]),
        guarded=st.booleans(),
        later=st.sampled_from([None, None, timedelta(hours=1)]),
        owed=st.booleans(),
    )
    def ask(
        self,
        *,
        member: int,
        task_type: str,
        content: str,
        key: str | None,
        guarded: bool,
        later: timedelta | None,
        owed: bool = False,
    ) -> None:
        member_id = self.members[member]
        scheduled_for = None if later is None else self.machine.clock() + later
        new = self.world.new(
            member_id=member_id,
            task_type=task_type,
            content_digest=content,
            words_digest=words_of(content),
            not_before=scheduled_for,
            answer_owed=owed,
        )
        fingerprint = f"{member} {task_type} {content}"
        named = (
            None
            if key is None
            else IdempotencyKey(key=key, fingerprint=fingerprint, kept_for=KEPT_FOR)
        )
        guard = guard_for(content) if guarded else None
        known = self.model.known_key(key)
        if known is not None and known[0] != fingerprint:
            for method in (self.store.intake.earlier, self.store.intake.add):
                with pytest.raises(KeyReused):
                    self.run(method(new, key=named, guard=guard))
            return
        how, task = Acceptance.REPLAYED, known and known[1]
        if task is None and guarded:
            how, task = Acceptance.DUPLICATE, self.model.standing(member_id, task_type, content)
        found = self.run(self.store.intake.earlier(new, key=named, guard=guard))
        assert (found and (found.how, found.task.id)) == (task and (how, task.id))
        accepted = self.run(self.store.intake.add(new, key=named, guard=guard))
        if task is None:
            task = KnownTask(
                new.id,
                member_id,
                task_type,
                content,
                scheduled_for=scheduled_for,
                owed=owed,
                guarded=guarded,
                created_at=self.machine.clock(),
            )
            self.model.tasks.append(task)
            assert (accepted.how, accepted.task.id) == (Acceptance.NEW, new.id)
        else:
            task.goes("repeated")
            assert (accepted.how, accepted.task.id) == (how, task.id)
        if key is not None and known is None:
            self.model.keys[key] = (fingerprint, task, self.machine.elapsed + KEPT_FOR)

    @precondition(lambda self: self.model.tasks)
    @rule(which=ANY)
    def tell(self, *, which: int) -> None:
        task = pick(self.model.tasks, which)
        found = self.run(self.store.intake.get(task.id, team_id=self.world.team_id))
        assert found is not None
        self.run(self.store.intake.answer_given(found))
        task.owed = task.owed and not task.status.is_final

    @precondition(lambda self: self.model.tasks)
    @rule(which=ANY)
    def cancel(self, *, which: int) -> None:
        task = pick(self.model.tasks, which)
        work = self.store.intake.cancel(task.id, team_id=self.world.team_id)
        if task.status is TaskStatus.QUEUED:
            self.run(work)
            task.goes("cancelled")
        else:
            self.refused(TransitionRefused, work)

    @rule(member=MEMBERS, task_type=TYPES, content=CONTENTS, stop=STOPS)
    def take_a_turn(self, *, member: int, task_type: str, content: str, stop: str) -> None:
        """Go the way of a new task as far as a runner gets before it ends, or crashes."""
        self.ask(
            member=member, task_type=task_type, content=content, key=None, guarded=True, later=None
        )
        self.acquire(member=member)
        if not self.leases:
            return
        self.recover(which=0)
        self.claim(which=0)
        if stop == "running":
            return
        self.submit(lease=0, which=0)
        if stop == "submitting":
            return
        self.leave(lease=0, which=0)
        if stop != "leaving":
            self.end(lease=0, which=0, end=stop, pause=TTL)

    # Runners. A lease stays in the list for ever, so that what its holder still tries is seen.

    @rule(member=MEMBERS)
    def acquire(self, *, member: int) -> None:
        member_id = self.members[member]
        free = self.model.is_free(member_id)
        lease = self.run(self.store.leases.acquire(member_id, owner="a", ttl=TTL))
        assert (lease is not None) is free
        if lease is not None:
            self.model.leases[member_id] = KnownLease(lease.token, self.machine.elapsed + TTL)
            self.leases.append(lease)

    @precondition(lambda self: self.leases)
    @rule(which=ANY)
    def renew(self, *, which: int) -> None:
        lease = pick(self.leases, which)
        work = self.store.leases.renew(lease, ttl=TTL)
        if self.model.is_in_force(lease):
            self.run(work)
            self.model.leases[lease.member_id].ends = self.machine.elapsed + TTL
        else:
            self.refused(LeaseLost, work)

    @precondition(lambda self: self.leases)
    @rule(which=ANY)
    def release(self, *, which: int) -> None:
        lease = pick(self.leases, which)
        if self.model.is_in_force(lease):
            self.model.leases[lease.member_id].ends = self.machine.elapsed
        self.run(self.store.leases.release(lease))

    @precondition(lambda self: self.leases)
    @rule(which=ANY)
    def recover(self, *, which: int) -> None:
        lease = pick(self.leases, which)
        work = self.store.queue.recover(lease)
        if not self.model.is_in_force(lease):
            self.refused(LeaseLost, work)
            return
        adopted = [task.id for task in self.run(work)]
        left = self.model.left_behind(lease)
        assert adopted == [task.id for task in left if task.status is TaskStatus.SUBMITTING]
        for task in left:
            if task.status is TaskStatus.SUBMITTING:
                task.goes("adopted")
                task.token = lease.token
            else:
                task.goes("recovered")

    @precondition(lambda self: self.leases)
    @rule(which=ANY)
    def claim(self, *, which: int) -> None:
        lease = pick(self.leases, which)
        work = self.store.queue.claim(lease)
        if not self.model.is_in_force(lease):
            self.refused(LeaseLost, work)
            return
        due = self.model.next_due(lease.member_id)
        claimed = self.run(work)
        assert (claimed and claimed.id) == (due and due.id)
        if due is not None:
            due.goes("claimed")
            due.token = lease.token
            due.paced_until, due.scheduled_for = timedelta(0), None

    @precondition(lambda self: self.leases and self.model.tasks)
    @rule(lease=ANY, which=ANY, recipient=st.sampled_from([None, "r", "s"]))
    def submit(self, *, lease: int, which: int, recipient: str | None = "r") -> None:
        async def change(held: Lease, task: KnownTask) -> None:
            earlier = self.model.sent_before(task, recipient)
            work = self.store.queue.submitting(
                held, task.id, baseline={"own_items": 0}, recipient_id=recipient
            )
            if earlier is None:
                await work
                return
            with pytest.raises(SentBefore) as kept_back:
                await work
            assert kept_back.value.earlier.id == earlier.id
            raise kept_back.value

        try:
            task = self.change(lease, which, "submitting", {TaskStatus.RUNNING}, change)
        except SentBefore:
            return
        if task is not None:
            task.recipient = recipient
            task.charged = self.machine.elapsed
            task.submitted_at = self.machine.clock()

    @precondition(lambda self: self.leases and self.model.tasks)
    @rule(lease=ANY, which=ANY)
    def leave(self, *, lease: int, which: int) -> None:
        def change(held: Lease, task: KnownTask) -> Coroutine[Any, Any, None]:
            return self.store.queue.leaving(held, task.id, marks={"token": task.id})

        self.change(lease, which, "leaving", {TaskStatus.SUBMITTING}, change)

    @precondition(lambda self: self.leases and self.model.tasks)
    @rule(lease=ANY, which=ANY, end=st.sampled_from(ENDS), pause=SPANS)
    def end(self, *, lease: int, which: int, end: str, pause: timedelta) -> None:
        def change(held: Lease, task: KnownTask) -> Coroutine[Any, Any, None]:
            queue = self.store.queue
            match end:
                case "succeeded":
                    return queue.succeed(held, task.id, output={}, evidence={})
                case "failed":
                    return queue.fail(held, task.id, error=REFUSED)
                case "unconfirmed":
                    return queue.leave_unconfirmed(held, task.id, error=UNPROVEN)
                case _:
                    return queue.put_back(
                        held,
                        task.id,
                        why="busy",
                        not_before=self.machine.clock() + pause,
                        wait_reason=WaitReason.PACING,
                    )

        allowed = {
            "unconfirmed": {TaskStatus.SUBMITTING},
            "put_back": {TaskStatus.RUNNING},
        }.get(end, {TaskStatus.RUNNING, TaskStatus.SUBMITTING})
        task = self.change(lease, which, end, allowed, change)
        if task is not None:
            task.finished_at = self.machine.clock()
            task.paced_until = self.machine.elapsed + pause

    def change(
        self,
        lease: int,
        which: int,
        event: str,
        allowed: set[TaskStatus],
        change: Callable[[Lease, KnownTask], Coroutine[Any, Any, None]],
    ) -> KnownTask | None:
        """Try a change; return its task if it was one that the lease allowed."""
        held = pick(self.leases, lease)
        # Mostly a task that somebody has in hand: there are many others.
        in_hand = [task for task in self.model.tasks if task.token is not None]
        task = pick(in_hand or self.model.tasks, which)
        work = change(held, task)
        if not self.model.is_in_force(held):
            self.refused(LeaseLost, work)
        elif (task.member_id, task.token) != (
            held.member_id,
            held.token,
        ) or task.status not in allowed:
            self.refused(TransitionRefused, work)
        else:
            self.run(work)
            task.goes(event)
            return task
        return None

    def refused(self, error: type[StoreError], work: Coroutine[Any, Any, Any]) -> None:
        with pytest.raises(error):
            self.run(work)

    # Limits.

    @rule(
        member=MEMBERS,
        task_type=st.one_of(st.none(), TYPES),
        reason=st.sampled_from(HoldReason),
        span=SPANS,
    )
    def hold(
        self, *, member: int, task_type: str | None, reason: HoldReason, span: timedelta
    ) -> None:
        member_id = self.members[member]
        until = self.machine.clock() + span
        self.run(self.store.limits.hold(member_id, task_type, reason=reason, until=until))
        self.model.holds[member_id, task_type, reason] = self.machine.elapsed + span

    @precondition(lambda self: self.model.holds)
    @rule(which=ANY)
    def lift(self, *, which: int) -> None:
        member_id, task_type, reason = held = pick(list(self.model.holds), which)
        assert self.run(self.store.limits.lift(member_id, task_type, reason=reason))
        del self.model.holds[held]

    # The machine.

    @rule(span=SPANS)
    def wait(self, *, span: timedelta) -> None:
        self.machine.wait(span)

    @rule(step=STEPS)
    def set_clock(self, *, step: timedelta) -> None:
        self.machine.set_clock(step)
        # Two steps that cancel each other out unseen would be none.
        self.run(self.store.leases.due())
        self.model.forget_working_hours()

    @rule(step=st.one_of(st.none(), STEPS))
    def reopen(self, *, step: timedelta | None) -> None:
        self.run(self.store.close())
        if step is not None:
            self.machine.set_clock(step)
            self.model.forget_working_hours()
        self.open()
        self.every_timeline_tells_the_life_of_its_task()


def pick(among: list[T], which: int) -> T:
    """Pick the latest for 0: most of what happens is about what has just happened."""
    return among[-1 - which % len(among)]


def test_no_history_breaks_a_promise(empty_database: Path, cipher: StateCipher) -> None:
    """Every accepted task is there, submitted at most once, and charged if it was."""
    StoreMachine.empty, StoreMachine.cipher = empty_database, cipher

    run_state_machine_as_test(
        StoreMachine,
        settings=settings(
            max_examples=50,
            stateful_step_count=50,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
