"""Going to an address, whatever the page that is left is up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error

if TYPE_CHECKING:
    from playwright.async_api import Page, Response

_INTERRUPTED = ("interrupted by another navigation", "net::ERR_ABORTED")


async def go_to(page: Page, address: str) -> Response | None:
    """Go to an address, and return LinkedIn's answer as soon as its page takes the old one's place.

    A page that has just been granted something often loads itself anew (2026), and whoever leaves
    it at that moment is taken back; so that is tried once more.

    Raises:
        playwright.async_api.Error: the address was not reached.
    """
    try:
        return await page.goto(address, wait_until="commit")
    except Error as error:
        if not any(sign in error.message for sign in _INTERRUPTED):
            raise
    return await page.goto(address, wait_until="commit")
