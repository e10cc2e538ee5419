"""Every named element, by its name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

import executor.locators
from executor.locators.element import Element

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def all_elements() -> Mapping[str, Element]:
    """Return the elements of all pages, as operators and error messages name them."""
    modules = (
        importlib.import_module(f"{executor.locators.__name__}.{each.name}")
        for each in pkgutil.iter_modules(executor.locators.__path__)
    )
    values = [value for module in modules for value in vars(module).values()]
    named = [value.values() for value in values if isinstance(value, MappingProxyType)]
    found = chain(values, *named)
    return {each.name: each for each in found if isinstance(each, Element)}
