"""start: how long until `serve` answers, and until the command line has shown its help."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.bench.figures import alone, compared
from tests.bench.place import NOBODY, furnish
from tests.bench.programs import Program, module, product, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.sizes import Size


async def measure_starting(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Start `serve` with its runner, the bare app, and `--help`, in turn."""
    place = await furnish(folder / "data", [NOBODY])
    ours, bare, help_ = [], [], []
    # The first start compiles what is not compiled yet, and does not count.
    for number in range(size.starts + 1):
        ours.append(await _until_ready(*serve(place.data_dir), folder=folder))
        bare.append(await _until_ready(*module("bare"), folder=folder))
        help_.append(await _until_ended(*product("--help"), folder=folder))
        tell(f"start {number} of {size.starts}")
    figures["start_ratio"].rows.append(compared("serve", "s", ours[1:], bare[1:]))
    figures["help_s"].rows.append(alone("--help", "s", help_[1:]))


async def _until_ready(*command: str, folder: Path) -> float:
    begun = time.perf_counter()
    program = await Program.start(*command, folder=folder)
    try:
        await program.heard()
        return time.perf_counter() - begun
    finally:
        await program.stop()


async def _until_ended(*command: str, folder: Path) -> float:
    begun = time.perf_counter()
    program = await Program.start(*command, folder=folder)
    try:
        await program.ended()
        return time.perf_counter() - begun
    finally:
        await program.stop()
