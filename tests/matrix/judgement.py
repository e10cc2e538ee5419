"""What a combination is worth: right, refused, or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from executor.sandbox.ledger import LedgerEntry
    from storage.tasks import Task


class Verdict(StrEnum):
    """How something ended, measured by what is so."""

    RIGHT = "right"
    REFUSED = "refused"
    """Nothing was said, and nothing was done, unless that was said to be in doubt."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and what it rests on."""

    verdict: Verdict
    why: str = ""
    """The code of a refusal, or what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one order is to leave in the ledger."""

    kind: str
    recipient: str
    text: str | None = None
    post: str | None = None
    reaction: str | None = None
    files: tuple[str, ...] = ()
    """Their digests."""

    @classmethod
    def of(cls, entry: LedgerEntry) -> Effect:
        return cls(
            kind=entry.kind,
            recipient=entry.recipient,
            text=entry.text,
            post=entry.post_urn,
            reaction=entry.reaction,
            files=tuple(file.sha256 for file in entry.files),
        )


RIGHT = Judgement(Verdict.RIGHT)


def wrong(why: object) -> Judgement:
    return Judgement(Verdict.WRONG, str(why))


def refused(code: str) -> Judgement:
    return Judgement(Verdict.REFUSED, code)


def judge(
    task: Task,
    ledger: Sequence[LedgerEntry],
    *,
    effects: Sequence[Effect] = (),
    told: Mapping[str, Any],
) -> Judgement:
    """Judge a task by what was delivered, and by what its output has to tell.

    Args:
        told: what the output says when it is right; what is missing there is not looked at.
    """
    left = [Effect.of(entry) for entry in ledger]
    if task.status is not TaskStatus.SUCCEEDED:
        # What is unconfirmed may have happened, but nothing else may.
        may_be_left = task.status is TaskStatus.UNCONFIRMED and left == list(effects)
        if task.error is None or (left and not may_be_left):
            return wrong(f"{task.status} {task.error}, and delivered: {left}")
        return refused(task.error.code)
    if left != list(effects):
        return wrong(f"delivered: {left}")
    differences = list(contradictions(task.output, told))
    return wrong("; ".join(differences)) if differences else RIGHT


def contradictions(said: Any, truth: Any, where: str = "output") -> list[str]:
    """Return where something says other than what is so; leaving it out (null) says nothing."""
    if said is None or said == truth:
        return []
    if isinstance(said, dict) and isinstance(truth, dict):
        return [
            found
            for name in truth
            for found in contradictions(said.get(name), truth[name], f"{where}.{name}")
        ]
    if isinstance(said, list) and isinstance(truth, list) and len(said) == len(truth):
        return [
            found
            for number, (one, other) in enumerate(zip(said, truth, strict=True))
            for found in contradictions(one, other, f"{where}[{number}]")
        ]
    return [f"{where} is {said!r}, not {truth!r}"]
