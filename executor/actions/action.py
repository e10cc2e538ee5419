"""What every action offers, and what it is given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject

InputT = TypeVar("InputT", bound=BaseModel)
OutputT = TypeVar("OutputT", bound=BaseModel)


class Attempt(Protocol):
    """One try at a task, as the action sees it."""

    async def submitting(self, baseline: JsonObject) -> None:
        """Commit that the click which cannot be undone comes next.

        Args:
            baseline: what the page shows now, for a later read-back to compare with.

        Raises:
            LeaseLost: the account belongs to another runner; do not click.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[OutputT]):
    """A finished action: its output, and what proves it."""

    output: OutputT
    evidence: JsonObject


class Action(ABC, Generic[InputT, OutputT]):
    """The code that performs one task type."""

    task_type: ClassVar[str]
    is_write: ClassVar[bool]
    """Whether it has an effect on LinkedIn that cannot be undone."""
    input_model: type[InputT]
    output_model: type[OutputT]

    def extra_time(self, order: InputT) -> timedelta:  # noqa: ARG002 - for those who need it
        """Return how much longer than others this order may take."""
        return timedelta(0)

    @abstractmethod
    async def perform(self, linkedin: LinkedIn, order: InputT, attempt: Attempt) -> Done[OutputT]:
        """Do it, or raise an `ExecutorError`.

        A write calls `attempt.submitting` once, immediately before the click; whatever is
        raised afterwards means *unconfirmed*, except `NotSent`.
        """
