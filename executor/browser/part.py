"""A named part of a page, found strictly."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from executor.browser.failures import bounded, has_moved_on, translated
from executor.browser.scripts import as_data, on_the_only, script
from executor.errors import ExecutorError, TimedOut, UiChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from playwright.async_api import Locator

    from executor.locators.element import Candidate, Element
    from executor.locators.lookup import Lookup
    from storage.tasks import JsonObject


_KEY_MS = 40
"""Milliseconds between two keys that are pressed."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a visible element shows of itself."""

    href: str | None
    key: str | None
    """Its `componentkey`."""
    label: str | None
    """Its `aria-label`, in the account's language."""
    text: str
    beside: Sequence[str] = ()
    """Addresses of the people who are linked nearest to it, inside what is read."""


Sightings = dict[str, list[Sighting]]
"""Visible matches by element name."""


class Part:
    """An element that has been found; whatever is looked for in it stays inside it."""

    def __init__(
        self, locator: Locator, name: str, lookup: Lookup, *, path: tuple[JsonObject, ...] = ()
    ) -> None:
        self._locator = locator
        self._lookup = lookup
        self._path = path
        """The steps of *locator* below the page's root, for scripts to go."""
        self.name = name

    @bounded
    async def find(self, element: Element) -> Part | None:
        """Return the one visible match below this part, or `None` when there is none.

        Raises:
            UiChanged: there are several, so that none of them may be trusted.
        """
        for rank, candidate in enumerate(self._lookup.candidates(element)):
            if _is_there(element, await self._matches(candidate).count()):
                self._lookup.usage.found(element, rank, candidate)
                return self._below(element, candidate)
        return None

    @bounded
    async def last(self, element: Element) -> Part | None:
        """Return the last visible match below this part; not for controls that write."""
        for rank, candidate in enumerate(self._lookup.candidates(element)):
            if await self._matches(candidate).count():
                self._lookup.usage.found(element, rank, candidate)
                return self._below(element, candidate, is_last=True)
        return None

    @bounded
    async def count(self, element: Element) -> tuple[int, ...]:
        """Return how many visible matches each of the element's candidates has below this part."""
        candidates = self._lookup.candidates(element)
        return tuple(await asyncio.gather(*(self._matches(each).count() for each in candidates)))

    @bounded
    async def has(self, element: Element) -> bool:
        """Tell whether there is a match below this part, be it visible or not."""
        candidates = self._lookup.candidates(element)
        found = (self._with_texts(each, self._locator.locator(each.css)) for each in candidates)
        return any(await asyncio.gather(*(each.count() for each in found)))

    def selectors(self, element: Element) -> list[str]:
        """Return the element's selectors, best first, for a script to search with."""
        return [each.css for each in self._lookup.candidates(element)]

    async def require(self, element: Element) -> Part:
        """Return the one visible match below this part.

        Raises:
            UiChanged: there is none, or there are several.
        """
        found = await self.find(element)
        if found is None:
            raise self.missing(element)
        return found

    @bounded
    async def require_and_run(
        self, element: Element, name: str, argument: object = None
    ) -> tuple[Part, Any]:
        """Do what `require` does and `run` on what it finds, with one look at the page.

        Raises:
            UiChanged: there is none, or there are several.
        """
        for rank, candidate in enumerate(self._lookup.candidates(element)):
            found = self._below(element, candidate)
            count, answer = await found.run_if_alone(name, argument)
            if _is_there(element, count):
                self._lookup.usage.found(element, rank, candidate)
                return found, answer
        raise self.missing(element)

    async def require_and_read(
        self, element: Element, *elements: Element
    ) -> tuple[Part, Sightings]:
        """Do what `require` does and `read` on what it finds, with one look at the page.

        Raises:
            UiChanged: there is none, or there are several.
        """
        found, answer = await self.require_and_run(element, *self._reading(elements))
        return found, _sightings(answer)

    @bounded
    async def read(self, *elements: Element) -> Sightings:
        """Read what is visible of these elements below this part, all at the same moment.

        Unlike `find`, it takes every candidate's matches, and does not enter shadow roots.
        """
        return _sightings(await self._answer(*self._reading(elements)))

    @bounded
    async def run_if_alone(self, name: str, argument: object = None) -> tuple[int, Any]:
        """Return how many of this part there are, and what `run` answers if there is one."""
        count, answer = await self._ask(name, argument)
        if count != 1:
            count = await self._locator.count()
            answer = await self._locator.evaluate(script(name), argument) if count == 1 else None
        return count, answer

    @bounded
    async def run(self, name: str, argument: object = None) -> Any:
        """Run the function in `<name>.js` on this element and return its JSON answer."""
        return await self._answer(name, argument)

    async def wait_until_pressable(self, seconds: float) -> None:
        """Bring it into view and wait until a click would reach it: it is enabled, and uncovered.

        Raises:
            UiChanged: it stays disabled.
            TimedOut: something lies over it, or it goes away again and again.
        """
        end = time.monotonic() + seconds
        obstacle = "gone"
        while obstacle == "gone" and (left := end - time.monotonic()) > 0:
            # Pages put new nodes in place of old ones; each turn looks the element up again.
            obstacle = await self.run("until_pressable", {"timeout": left * 1000})
        if obstacle == "disabled":
            raise UiChanged(f"{self.name} cannot be pressed.")
        if obstacle is not None:
            raise TimedOut(f"A click would not reach {self.name}: it is {obstacle}.")

    @translated
    async def click(self) -> None:
        """Click once it is stable, enabled and not covered."""
        await self._locator.click()

    @translated
    async def hover(self) -> None:
        """Bring it into view and put the mouse over it; some controls come only then."""
        await self._locator.hover()

    @translated
    async def wheel(self, pixels: float) -> None:
        """Bring it into view and turn the mouse wheel over it; upwards when negative.

        Some lists load more only after events that a person's mouse makes (2026).
        """
        await self._locator.hover()
        await self._locator.page.mouse.wheel(0, pixels)

    @translated
    async def type_text(self, text: str, *, keys: int = 0) -> None:
        """Put text in as an input method does, lines apart by `Shift+Enter`.

        A bare Enter is never pressed: it may send.

        Args:
            keys: how many of the first line's characters to press as keys, one after the other.
        """
        await self._locator.focus()
        for number, line in enumerate(text.split("\n")):
            await self._type_line(line, is_first=not number, keys=0 if number else keys)

    @bounded
    async def _type_line(self, line: str, *, is_first: bool, keys: int) -> None:
        keyboard = self._locator.page.keyboard
        if not is_first:
            await keyboard.press("Shift+Enter")
        if keys:
            await keyboard.type(line[:keys], delay=_KEY_MS)
        if line[keys:]:
            await keyboard.insert_text(line[keys:])

    @translated
    async def press(self, key: str) -> None:
        await self._locator.press(key)

    @translated
    async def clear(self) -> None:
        """Empty a text box by selecting everything in it and deleting that."""
        await self._locator.focus()
        await self._locator.press("ControlOrMeta+A")
        await self._locator.press("Delete")

    async def take_back(self) -> None:
        """Empty a box that words were typed into, as far as the page lets it.

        A draft that stays would make every later message to the same person fail.
        """
        with suppress(ExecutorError):
            await self.clear()

    @translated
    async def give_file(
        self, element: Element, path: Path, *, accepted: Callable[[str], bool]
    ) -> bool:
        """Put a file into a file input below this part, which pages hide behind a button.

        Args:
            accepted: told an input's `accept`, says whether it is the right one.

        Returns:
            Whether there is exactly one that is.

        Raises:
            UiChanged: there is no file input at all.
        """
        for candidate in self._lookup.candidates(element):
            inputs = await self._locator.locator(candidate.css).all()
            found = [each for each in inputs if accepted(await each.get_attribute("accept") or "")]
            if len(found) == 1:
                await found[0].set_input_files(path)
            if inputs:
                return len(found) == 1
        raise self.missing(element)

    @bounded
    async def text(self) -> str:
        return (await self._locator.inner_text()).strip()

    @bounded
    async def value(self) -> str:
        return await self._locator.input_value()

    @bounded
    async def attribute(self, name: str) -> str | None:
        found: str | None = await self._answer("attribute", {"name": name})
        return found

    def _reading(self, elements: Sequence[Element]) -> tuple[str, JsonObject]:
        wanted = [as_data(element, self._lookup) for element in elements]
        return "read_elements", {"elements": wanted}

    async def _ask(self, name: str, argument: object) -> tuple[int, Any]:
        """Ask in one go; for what scripts cannot find, or what is being replaced, the count is off.

        Playwright knows selectors that browsers do not, and waits.
        """
        given = json.dumps({"path": self._path, "argument": argument})
        try:
            count, answer = await self._locator.page.evaluate(on_the_only(name), given)
        except Error as error:
            if not has_moved_on(error):
                raise
            return 0, None
        return count, answer

    async def _answer(self, name: str, argument: object) -> Any:
        count, answer = await self._ask(name, argument)
        if count == 1:
            return answer
        # The slower way waits until there is one, or tells that there are several.
        return await self._locator.evaluate(script(name), argument)

    def _below(self, element: Element, candidate: Candidate, *, is_last: bool = False) -> Part:
        matches = self._matches(candidate)
        step = {"css": candidate.css, "texts": list(candidate.texts), "last": is_last}
        return Part(
            matches.last if is_last else matches,
            element.name,
            self._lookup,
            path=(*self._path, step),
        )

    def missing(self, element: Element) -> UiChanged:
        """Count that an element is not where it has to be, and return the error that says so."""
        self._lookup.usage.missing(element)
        return UiChanged(f"{element.name} is missing from {self.name}.")

    def _matches(self, candidate: Candidate) -> Locator:
        return self._with_texts(
            candidate, self._locator.locator(candidate.css).filter(visible=True)
        )

    def _with_texts(self, candidate: Candidate, found: Locator) -> Locator:
        if not candidate.texts:
            return found
        exact = "|".join(re.escape(text) for text in candidate.texts)
        return found.filter(has_text=re.compile(rf"^\s*(?:{exact})\s*$"))


def _is_there(element: Element, count: int) -> bool:
    if count > 1:
        raise UiChanged(f"{element.name} is there {count} times, expected once.")
    return count == 1


def _sightings(answer: Mapping[str, Sequence[Mapping[str, Any]]]) -> Sightings:
    return {name: [Sighting(**found) for found in seen] for name, seen in answer.items()}
