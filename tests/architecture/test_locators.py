"""Locators are data: named once, dated, and in a form that a browser understands."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

import executor.locators
from executor.locators import IRREVERSIBLE_CALLS
from executor.locators.element import Element, NetworkCall
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DATE = re.compile(r"20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# What holds no elements: what one is, where they are listed, and what an operator adds to them.
NO_PAGES = {"catalogue", "element", "lookup", "overrides"}


def pages() -> dict[str, ModuleType]:
    return {
        each.name: importlib.import_module(f"executor.locators.{each.name}")
        for each in pkgutil.iter_modules(executor.locators.__path__)
        if each.name not in NO_PAGES
    }


def constants(module: ModuleType) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in vars(module).items() if name.isupper())


def all_of(kind: type[Any]) -> list[tuple[str, str, Any]]:
    """Return page, constant's name and value of all that is of this kind."""
    return [
        (page, name, value)
        for page, module in pages().items()
        for name, value in constants(module)
        if isinstance(value, kind) and not name.startswith("_")
    ]


ELEMENTS: list[tuple[str, str, Element]] = all_of(Element)
CALLS: list[tuple[str, str, NetworkCall]] = all_of(NetworkCall)


def loose_selectors() -> list[tuple[str, str]]:
    """Return the selectors that stand outside elements, as scripts take them."""
    loose = [(f"{page}.{name}", value) for page, name, value in all_of(str)]
    for page, name, values in all_of(tuple):
        loose += [(f"{page}.{name}", value) for value in values if isinstance(value, str)]
    return [(name, value) for name, value in loose if re.match(r"[.#\[][\w-]|\[", value)]


def test_there_are_elements() -> None:
    """These tests look at something."""
    assert len(ELEMENTS) > 20
    assert CALLS


def test_names_are_unique() -> None:
    """An error message or an override that names an element means exactly one."""
    names = [element.name for _, _, element in ELEMENTS] + [call.name for _, _, call in CALLS]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_names_are_page_and_element() -> None:
    """An element is named after its page and its constant: `profile.more`."""
    wrong = [
        f"{page}.{constant} is named {element.name}"
        for page, constant, element in ELEMENTS
        if not re.fullmatch(rf"{page}(\.[a-z][a-z_]*)+", element.name)
    ]

    assert wrong == [], "\n".join(wrong)


def test_every_element_can_be_found_somehow() -> None:
    """An element has at least one candidate, and no two that are the same."""
    wrong = [
        element.name
        for _, _, element in ELEMENTS
        if not element.candidates
        or len({(each.css, each.texts) for each in element.candidates}) < len(element.candidates)
    ]

    assert wrong == [], "\n".join(wrong)


def test_every_fact_has_a_date() -> None:
    """Each candidate says when it was last seen to work: a real date that is not to come."""
    today = datetime.now(UTC).date().isoformat()
    dated = [
        *((call.name, call.measured) for _, _, call in CALLS),
        *((each.name, seen.measured) for _, _, each in ELEMENTS for seen in each.candidates),
    ]

    wrong = [
        f"{name}: {measured}"
        for name, measured in dated
        if not DATE.fullmatch(measured) or measured > today[: len(measured)]
    ]

    assert wrong == [], "\n".join(wrong)


def test_texts_are_whole_and_trimmed() -> None:
    """Texts are compared whole, so none may be empty or padded."""
    wrong = [
        f"{element.name}: {text!r}"
        for _, _, element in ELEMENTS
        for text in chain.from_iterable(each.texts for each in element.candidates)
        if not text or text != " ".join(text.split())
    ]

    assert wrong == [], "\n".join(wrong)


def test_every_irreversible_call_is_guarded() -> None:
    """A request that LinkedIn cannot take back stands in the list that the guard goes by."""
    assert set(IRREVERSIBLE_CALLS) == {call for _, _, call in CALLS if call.irreversible}


def test_calls_that_create_are_marked_irreversible() -> None:
    """The mark cannot be forgotten on a call whose name says what it leaves behind."""
    assert {
        call.name for _, _, call in CALLS if call.name.startswith(("create_", "change_", "recall_"))
    } == {call.name for _, _, call in CALLS if call.irreversible}


def test_paths_begin_at_the_root() -> None:
    """Lists of paths hold paths."""
    wrong = [
        f"{page}.{name}: {path}"
        for page, name, paths in all_of(tuple)
        if name.endswith("_PATHS")
        for path in paths
        if not path.startswith("/") or path.endswith("/")
    ]

    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(value, id=f"{page}.{name}")
        for page, name, value in all_of(str)
        if "\\" in value or "(?P<" in value
    ],
)
def test_patterns_compile(pattern: str) -> None:
    """Regular expressions that read ids out of pages are well formed."""
    assert re.compile(pattern)


async def test_chromium_understands_every_selector() -> None:
    """Every candidate is plain CSS; a typing error would look like an element that is missing."""
    selectors = [
        *((each.name, seen.css) for _, _, each in ELEMENTS for seen in each.candidates),
        *loose_selectors(),
    ]
    async with chromium() as browser:
        page = await browser.new_page()
        wrong = await page.evaluate(
            """(selectors) => selectors.flatMap(([name, css]) => {
                try { document.querySelectorAll(css); return []; }
                catch (error) { return [`${name}: ${error.message}`]; }
            })""",
            [list(each) for each in selectors],
        )

    assert len(selectors) > 40
    assert wrong == [], "\n".join(wrong)
