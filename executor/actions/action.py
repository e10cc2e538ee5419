"""What every action offers, and what it is given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from storage.acceptance import Undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attachment import AttachedFile
    from executor.attempt import Attempt
    from executor.pace import Pace
    from executor.pages.linkedin import LinkedIn
    from executor.person import Person
    from storage.tasks import JsonObject, Task
    from storage.webhooks import News

InputT = TypeVar("InputT", bound=BaseModel)
OutputT = TypeVar("OutputT", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[OutputT]):
    """A finished action: its output, and what proves it."""

    output: OutputT
    evidence: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What makes two orders the same effect on LinkedIn."""

    target: Person | str
    """Whom it reaches, or what it is about: a post by its URN."""
    text: str
    """Which words; empty for none."""
    subject: str | None = None
    """What stands above them; not every way of the same effect has one."""
    files: tuple[str, ...] = ()
    """Digests of what goes with them, whatever the files are called."""
    thread_id: str | None = None
    """The conversation that it goes to, where one is named; that tells whom it reaches as well."""
    group_id: str | None = None
    """The group that leads to the person, where one is named."""

    def is_elsewhere(self, other: Content) -> bool:
        """Tell whether the two differ in more than what one of them leaves open.

        Then neither's output fits the other.
        """
        return any(
            mine is not None and theirs is not None and mine != theirs
            for mine, theirs in (
                (self.thread_id, other.thread_id),
                (self.group_id, other.group_id),
                (self.subject, other.subject),
            )
        )


MESSAGE = "send_message"
"""The effect of every message to one person, whichever way it goes.

Digests of messages that were sent are stored under this name, which is that of the oldest way.
"""
RECALL = Undoing(task_type="recall_message", names="message_urn")
"""What undoes that effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposite:
    """An order after which nothing is left of another one, be it done already or not."""

    task_type: str
    asks: Content | BaseModel
    """Its content; of what is no `Write`, its input."""


class Action(ABC, Generic[InputT, OutputT]):
    """The code that performs one task type; make it a `Write` when it leaves something behind."""

    task_type: ClassVar[str]
    input_model: type[InputT]
    output_model: type[OutputT]

    def extra_time(self, order: InputT) -> timedelta:  # noqa: ARG002 - for those who need it
        """Return how much longer than others this order may take."""
        return timedelta(0)

    def files(self, order: InputT) -> Sequence[AttachedFile]:  # noqa: ARG002 - as above
        """Return the files that this order needs, which were handed in before."""
        return ()

    def opposites(self, order: InputT) -> Sequence[Opposite]:  # noqa: ARG002 - as above
        """Return what would undo or replace this order; of two such orders, the later one holds.

        Only what looks at LinkedIn's state first, and can be done again without harm, may have
        any: behind an opposite, an equal order is performed once more.
        """
        return ()

    def news(self, output: OutputT) -> Sequence[News]:  # noqa: ARG002 - as above
        """Return what the output tells that a team may want to be told without asking."""
        return ()

    @abstractmethod
    async def perform(self, linkedin: LinkedIn, order: InputT, attempt: Attempt) -> Done[OutputT]:
        """Do it, or raise an `ExecutorError`.

        A write commits through *attempt*, immediately before the click; whatever is raised
        afterwards means that `read_back` has to find out, except `NotSent`.
        """


class Write(Action[InputT, OutputT]):
    """An action whose effect on LinkedIn cannot be undone."""

    pace: ClassVar[Pace]
    """How often accounts do it, unless the operator's settings say otherwise."""
    effect: ClassVar[str | None] = None
    """What it shares with the types that do the same by another way; `None`: no other does."""
    undone_by: ClassVar[Undoing | None] = None
    """What proves that the same may be done again; types of one effect have it in common."""

    @abstractmethod
    def content(self, order: InputT) -> Content:
        """Return what another order would have to ask for to be this one once more."""

    def is_elsewhere(self, order: InputT, earlier: Task) -> bool:
        """Tell whether *order* names another place, or goes another way, than an earlier task.

        With the same content that is no repetition which the earlier task's outcome could answer.
        """
        if earlier.task_type != self.task_type:
            return True
        before = self.input_model.model_validate(earlier.input)
        return self.content(order).is_elsewhere(self.content(before))

    @abstractmethod
    async def read_back(
        self, linkedin: LinkedIn, order: InputT, baseline: JsonObject
    ) -> Done[OutputT] | None:
        """Look whether an earlier try at this order took effect, clicking nothing that writes.

        Args:
            baseline: what that try committed before its click, and the marks of its request.

        Returns:
            What was done, with positive evidence; `None` when there is none, which proves nothing.
        """
