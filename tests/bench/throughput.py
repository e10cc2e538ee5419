"""throughput: tasks a minute with several accounts, beside the script in parallel contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.deeds import Deeds
from tests.bench.figures import compared
from tests.bench.place import furnish, sandbox
from tests.bench.programs import module, running, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.sizes import Size


async def measure_throughput(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Have the same number of messages sent by both, with every account open beforehand."""
    most = max(size.accounts)
    async with sandbox(folder) as site:
        place = await furnish(folder / "data", await site.sessions(most))
        async with (
            running(*serve(place.data_dir), folder=folder, linkedin_url=site.url) as ours,
            running(*module("script", site.url), folder=folder) as script,
            place.crowd() as crowd,
        ):
            await ours.heard()
            deeds = Deeds(site)
            await script.ask(sessions=await site.sessions(most), apart=False)
            tell("opening accounts")
            await deeds.by_us(crowd, accounts=most, each=1)
            await deeds.by_script(script, accounts=most, each=1)
            for accounts in size.accounts:
                mine, other = [], []
                each = size.tasks_per_account
                for number in range(size.throughput_rounds):
                    tell(f"{accounts} accounts, round {number + 1}")
                    minutes = await deeds.by_us(crowd, accounts=accounts, each=each) / 60
                    mine.append(accounts * each / minutes)
                    minutes = await deeds.by_script(script, accounts=accounts, each=each) / 60
                    other.append(accounts * each / minutes)
                figures["throughput_ratio"].rows.append(
                    compared(f"{accounts} accounts", "tasks/min", mine, other)
                )
