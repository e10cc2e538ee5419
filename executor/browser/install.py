"""Getting a browser onto a machine that has none."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from executor.browser.find import find_browser, find_installed
from executor.errors import BrowserNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_PACKAGE_MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (("update",), ("install", "--yes", "--no-install-recommends", "PACKAGE")),
    "dnf": (("install", "--assumeyes", "PACKAGE"),),
    "pacman": (("--sync", "--noconfirm", "PACKAGE"),),
    "brew": (("install", "--cask", "PACKAGE"),),
}
"""How each of them installs a package, asked in this order."""

_PACKAGES: dict[str, dict[str, str]] = {
    "apt-get": {
        "Chromium": "chromium",
        "Chromium without windows": "chromium-headless-shell",
        "libatomic": "libatomic1",
    },
    "dnf": {"Chromium": "chromium", "libatomic": "libatomic"},
    "pacman": {"Chromium": "chromium", "libatomic": "gcc-libs"},
    "brew": {"Chromium": "chromium"},
}
_DOWNLOAD_TIMEOUT_S = 900


class InstallFailed(Exception):
    """No browser could be installed."""


async def ensure_browser(
    configured: Path | None, say: Callable[[str], None], *, headless: bool
) -> Path:
    """Return a browser, installing one when there is none.

    Args:
        say: told in a sentence what is being tried; output of installers goes to stderr.
        headless: false for a browser that can show a window as well.

    Raises:
        InstallFailed: nothing worked; the message says what a person can do.
    """
    await _ensure_driver(say)
    try:
        return await _find(configured, headless=headless)
    except BrowserNotFound:
        if configured is not None:
            raise
    say("No Chromium found. Downloading Playwright's own (about 150 MB) …")
    if await _run([sys.executable, "-m", "playwright", "install", "chromium"]):
        found = await _find_or_none(headless=headless)
        if found is not None and await _starts(found):
            return found
        say("The downloaded browser does not start here: system libraries are missing.")
    else:
        say("The download failed.")
    return await _install_from_system(say, headless=headless)


async def _ensure_driver(say: Callable[[str], None]) -> None:
    """See that Playwright's driver starts; plain Debian lacks a library that it needs."""
    works = [sys.executable, "-m", "playwright", "--version"]
    if await _run(works, quiet=True):
        return
    say("Playwright's driver does not start: libatomic is missing from this system.")
    if not await _install_package("libatomic", say) or not await _run(works):
        raise InstallFailed(
            "Playwright's driver does not start. Install the library that it misses, then try "
            "again. Debian, Ubuntu: sudo apt-get install libatomic1"
        )


async def _install_from_system(say: Callable[[str], None], *, headless: bool) -> Path:
    # Ubuntu has no package of the smaller one.
    kinds = ("Chromium without windows", "Chromium") if headless else ("Chromium",)
    for kind in kinds:
        if await _install_package(kind, say):
            found = find_installed(headless=headless)
            if found is not None:
                return found
    raise InstallFailed(
        "No browser could be installed. Do one of these, then try again:\n"
        "  - Debian, Ubuntu:  sudo apt-get install chromium   (Ubuntu: chromium-browser)\n"
        "  - macOS:           brew install --cask chromium, or install Google Chrome\n"
        "  - anywhere:        playwright install --with-deps chromium\n"
        "  - or set LINKEDIN_EXECUTOR_BROWSER_PATH to a Chrome or Chromium program"
    )


async def _install_package(what: str, say: Callable[[str], None]) -> bool:
    """Install something under the name that this system's package manager has for it."""
    for manager, commands in _PACKAGE_MANAGERS.items():
        if shutil.which(manager) is None:
            continue
        prefix = await _rights_for(manager)
        if prefix is None or what not in _PACKAGES[manager]:
            return False
        say(f"Installing {what} with {manager} …")
        for command in commands:
            words = [_PACKAGES[manager][what] if word == "PACKAGE" else word for word in command]
            if not await _run([*prefix, manager, *words]):
                return False
        return True
    return False


async def _rights_for(manager: str) -> Sequence[str] | None:
    """Return what to put before the package manager's command, or `None` without rights."""
    if manager == "brew" or os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and await _run(["sudo", "--non-interactive", "true"]):
        return ("sudo", "--non-interactive")
    return None


async def _find(configured: Path | None, *, headless: bool) -> Path:
    async with async_playwright() as playwright:
        return find_browser(playwright, configured, headless=headless)


async def _find_or_none(*, headless: bool) -> Path | None:
    try:
        return await _find(None, headless=headless)
    except BrowserNotFound:
        return None


async def _starts(browser: Path) -> bool:
    return await _run([str(browser), "--headless", "--no-sandbox", "--version"], quiet=True)


async def _run(command: Sequence[str], *, quiet: bool = False) -> bool:
    output = asyncio.subprocess.DEVNULL if quiet else sys.stderr.fileno()
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    try:
        async with asyncio.timeout(_DOWNLOAD_TIMEOUT_S):
            return await process.wait() == 0
    except TimeoutError:
        process.kill()
        await process.wait()
        return False
