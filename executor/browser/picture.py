"""Taking down what a page looks like, for a person to see why it was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from executor.browser.scripts import script
from executor.locators.catalogue import all_elements

if TYPE_CHECKING:
    from playwright.async_api import Page

_LABELS = re.compile(r'\[aria-label(?P<begins>\^?)="(?P<text>[^"]+)"\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as it was."""

    html: str
    """Its structure, shadow roots included, with other people's texts, names and ids masked."""
    png: bytes
    """What it showed, unmasked."""
    address: str
    """Masked as in the HTML."""
    title: str
    """Masked too."""
    language: str


async def take_picture(page: Page) -> Picture:
    """Take down the page; letters in its HTML become `x`, digits `0`."""
    written = await page.evaluate(script("masked_page"), interface_words())
    return Picture(**written, png=await page.screenshot())


@cache
def interface_words() -> dict[str, list[str]]:
    """Return the interface's own words, which stay readable: those that locators look for."""
    words: set[str] = set()
    beginnings: set[str] = set()
    known = all_elements().values()
    for candidate in (each for element in known for each in element.candidates):
        words.update(candidate.texts)
        for label in _LABELS.finditer(candidate.css):
            (beginnings if label["begins"] else words).add(label["text"])
    return {"words": sorted(words), "beginnings": sorted(beginnings)}
