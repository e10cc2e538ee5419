"""What a flow is, and how most of them are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.executor.office import Office
    from tests.matrix.judgement import Judgement
    from tests.matrix.playing import Booth
    from tests.matrix.variations import Page

    Asked = Callable[[Office], Awaitable[Judgement]]
    Played = Callable[[Booth], Awaitable[Judgement]]


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that is asked for, and judged."""

    name: str
    """Begins with the task type."""
    play: Played
    """Arranges the world of a fresh sandbox, has it done, and looks what came of it."""
    pages: tuple[Page, ...]
    """What it comes across."""


def asked(ask: Asked) -> Played:
    """Have it done as clients do: as a task in the store, performed by a runner."""

    async def play(booth: Booth) -> Judgement:
        async with booth.office() as office:
            return await ask(office)

    return play
