"""Which candidates an element has at the moment: the operator's, then the built-in ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import structlog

from executor.locators.overrides import InvalidOverrides, parse_overrides
from executor.locators.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from executor.locators.element import Candidate, Element
    from executor.locators.overrides import Override

log = structlog.get_logger(__name__)

CssCheck = Callable[[Sequence[str]], Awaitable[list[str]]]
"""Given selectors, returns those that the browser does not understand."""

_Stamp = tuple[int, int]


class Lookup:
    """Gives out candidates, and follows the operator's file while the program runs."""

    def __init__(self, file: Path | None = None) -> None:
        """Start with the built-in candidates alone, until `refresh` has read the file.

        Args:
            file: the operator's `locators.toml`, which need not exist.
        """
        self._file = file
        self._stamp: _Stamp | None = None
        self._overrides: Mapping[str, Override] = {}
        self.usage = Usage()
        """What has found which element since it was last taken down."""
        self.problem: str | None = None
        """Why the file as it stands now is not in use; what it said before is."""

    @property
    def overridden(self) -> tuple[str, ...]:
        """The names of the elements for which the operator's candidates are in use."""
        return tuple(self._overrides)

    def candidates(self, element: Element) -> tuple[Candidate, ...]:
        """Return an element's candidates in the order in which they are tried."""
        override = self._overrides.get(element.name)
        return element.candidates if override is None else override.of(element)

    async def refresh(self, faults: CssCheck) -> None:
        """Take the file over when it has changed; an invalid one changes nothing but `problem`."""
        stamp = await asyncio.to_thread(self._look)
        if stamp == self._stamp:
            return
        try:
            overrides = await asyncio.to_thread(self.read)
            await _require_sound(overrides, faults)
        except InvalidOverrides as error:
            self.problem = str(error)
            log.error("locators_not_read", file=str(self._file), problem=self.problem)
        else:
            self._overrides, self.problem = overrides, None
            log.info("locators_read", file=str(self._file), elements=sorted(overrides))
        self._stamp = stamp

    def read(self) -> Mapping[str, Override]:
        """Read the file as it stands; nothing when there is none.

        Raises:
            InvalidOverrides: it cannot be used.
        """
        if self._file is None:
            return {}
        try:
            return parse_overrides(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError as error:
            raise InvalidOverrides("It is not UTF-8 text.") from error
        except OSError as error:
            raise InvalidOverrides(f"It cannot be read: {error.strerror}.") from error

    def _look(self) -> _Stamp | None:
        try:
            found = self._file.stat() if self._file is not None else None
        except OSError:
            return None
        return None if found is None else (found.st_mtime_ns, found.st_size)


async def _require_sound(overrides: Mapping[str, Override], faults: CssCheck) -> None:
    selectors = {
        candidate.css: name for name, each in overrides.items() for candidate in each.candidates
    }
    if not selectors:
        return
    if wrong := await faults(list(selectors)):
        told = ", ".join(f"{selectors[css]}: {css!r}" for css in wrong)
        raise InvalidOverrides(f"The browser does not understand this CSS: {told}.")
