"""Finding a browser on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from executor.errors import BrowserNotFound

if TYPE_CHECKING:
    from playwright.async_api import Playwright

_WITHOUT_WINDOWS = ("chromium-headless-shell",)
"""Debian's package of what Playwright downloads as "headless shell": the same engine without the
desktop around it. A task took two thirds of the time that `chromium` took for it (156, 2026-11-30),
and it needs half of the system's packages."""
_ON_THE_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
_MACOS_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


def has_screen() -> bool:
    """Tell whether a window could be seen here; X11 and Wayland say so in the environment."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def find_browser(playwright: Playwright, configured: Path | None, *, headless: bool = True) -> Path:
    """Return the browser to start: the configured one, Playwright's own, or an installed one.

    Args:
        headless: false for a browser that has to show a window.

    Raises:
        BrowserNotFound: there is none, or the configured path is no program.
    """
    if configured is not None:
        if not _is_program(configured):
            raise BrowserNotFound(f"{configured} (LINKEDIN_EXECUTOR_BROWSER_PATH) is no program")
        return configured
    own = Path(playwright.chromium.executable_path)
    if _is_program(own):
        return own
    installed = find_installed(headless=headless)
    if installed is None:
        raise BrowserNotFound
    return installed


def find_installed(*, headless: bool = True) -> Path | None:
    """Return a Chrome or Chromium that the system's own means have installed; *headless*: above."""
    for name in (*(_WITHOUT_WINDOWS if headless else ()), *_ON_THE_PATH):
        if found := shutil.which(name):
            return Path(found)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for app in _MACOS_APPS:
            if _is_program(folder / app):
                return folder / app
    return None


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
