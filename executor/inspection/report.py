"""What the executor sees on the page that is open in a tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from executor.errors import ExecutorError
from executor.inspection.kinds import Page, kind_of
from executor.inspection.obstacles import standing_on
from executor.inspection.readings import READINGS, Reading

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.inspection.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that can be told of a page without touching it."""

    page: Page
    signed_in: bool | None
    """`None` when the page does not tell."""
    obstacle: str | None
    reading: Reading
    groups: tuple[str, ...] = ()
    """Whose elements are looked for on such a page: the first part of their names."""
    notes: tuple[str, ...] = field(default=())

    @property
    def is_understood(self) -> bool:
        """Whether it is known which page it is, or what stands in the account's way."""
        return self.page is not Page.UNKNOWN or self.obstacle is not None

    @property
    def is_complete(self) -> bool:
        """Whether everything that matters on such a page could be told."""
        return self.is_understood and self.reading.is_complete

    def as_json(self) -> dict[str, Any]:
        return {
            "page": self.page.value,
            "signed_in": self.signed_in,
            "obstacle": self.obstacle,
            **self.reading.facts,
            "notes": list(self.notes),
        }


async def inspect_page(tab: Tab) -> Report:
    """Read the page that is open; what it does not prove stays unknown."""
    kind = await kind_of(tab)
    standing = await standing_on(tab, kind)
    if standing.obstacle is not None or kind is None:
        return Report(
            page=standing.page,
            signed_in=standing.signed_in,
            obstacle=standing.obstacle,
            reading=Reading(),
            notes=await _notes(tab),
        )
    reading, trouble = await _read(tab, kind)
    if reading is None:
        return Report(
            page=Page.UNKNOWN,
            signed_in=standing.signed_in,
            obstacle=None,
            reading=Reading(),
            groups=kind.groups,
            notes=(*await _notes(tab), *trouble),
        )
    return Report(
        page=kind.page,
        signed_in=standing.signed_in,
        obstacle=reading.obstacle,
        reading=reading,
        groups=kind.groups,
        notes=(*await _notes(tab), *reading.notes),
    )


async def _read(tab: Tab, kind: Kind) -> tuple[Reading | None, tuple[str, ...]]:
    read = READINGS.get(kind.page)
    if read is None:
        return Reading(), ()
    try:
        return await read(tab), ()
    except ExecutorError as error:
        return None, (f"It looks like {kind.page}, but: {error.message}",)


async def _notes(tab: Tab) -> tuple[str, ...]:
    missing: int = await tab.whole.run("missing_styles")
    told = f"{missing} style sheets are not at hand, so that hidden things may look visible."
    return (told,) if missing else ()
