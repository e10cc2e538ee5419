"""Finding a browser: the configured one or none, else whatever this machine has."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from executor.browser.find import find_browser, find_installed
from executor.errors import BrowserNotFound

if TYPE_CHECKING:
    from playwright.async_api import Playwright


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def playwright_with(path: Path) -> Playwright:
    # All that is asked of Playwright here is where its own Chromium would be.
    return cast("Playwright", SimpleNamespace(chromium=SimpleNamespace(executable_path=str(path))))


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty PATH and an empty home."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def _on_a_mac_with_chrome() -> bool:
    return any(Path("/Applications").glob("*.app/Contents/MacOS/*Chrom*"))


def test_the_configured_browser_wins(bare_machine: Path) -> None:
    """The configured path is taken although Playwright has a browser of its own."""
    mine = program(bare_machine / "mine" / "my browser")
    own = program(bare_machine / "playwright" / "chrome")

    assert mine == find_browser(playwright_with(own), mine)


@pytest.mark.parametrize("kind", ["missing", "folder", "not executable"])
def test_a_configured_path_has_to_be_a_program(bare_machine: Path, kind: str) -> None:
    """A wrong path is told and nothing else is started in its place."""
    path = bare_machine / "configured"
    if kind == "folder":
        path.mkdir()
    elif kind == "not executable":
        path.write_text("")
    own = program(bare_machine / "playwright" / "chrome")

    with pytest.raises(BrowserNotFound, match="LINKEDIN_EXECUTOR_BROWSER_PATH") as caught:
        find_browser(playwright_with(own), path)

    assert str(path) in caught.value.message


def test_playwrights_own_browser_comes_next(bare_machine: Path) -> None:
    """Playwright's own Chromium is preferred to an installed one."""
    own = program(bare_machine / "playwright" / "chrome")
    program(bare_machine / "bin" / "chromium")

    assert own == find_browser(playwright_with(own), None)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_an_installed_browser_comes_last(bare_machine: Path, name: str) -> None:
    """Without a download of Playwright's, the system's browser is found on the PATH."""
    installed = program(bare_machine / "bin" / name)

    assert installed == find_browser(playwright_with(bare_machine / "nothing"), None)


def test_what_shows_no_window_takes_the_smaller_browser(bare_machine: Path) -> None:
    """Debian's headless shell comes before its Chromium, but not where somebody is to see it."""
    shell = program(bare_machine / "bin" / "chromium-headless-shell")
    chromium = program(bare_machine / "bin" / "chromium")
    none = playwright_with(bare_machine / "nothing")

    assert shell == find_browser(none, None)
    assert chromium == find_browser(none, None, headless=False)


def test_the_smaller_browser_alone_opens_no_window(bare_machine: Path) -> None:
    """Where a window is wanted and only the headless shell is there, none is found."""
    program(bare_machine / "bin" / "chromium-headless-shell")

    with pytest.raises(BrowserNotFound):
        find_browser(playwright_with(bare_machine / "nothing"), None, headless=False)


def test_a_file_on_the_path_is_not_a_program(bare_machine: Path) -> None:
    """A file of that name which cannot be run is passed over."""
    (bare_machine / "bin").mkdir()
    (bare_machine / "bin" / "chromium").write_text("")
    chrome = program(bare_machine / "bin" / "google-chrome")

    assert chrome == find_installed()


def test_an_application_in_the_home_folder_is_found(bare_machine: Path) -> None:
    """On macOS, people install applications for themselves."""
    if _on_a_mac_with_chrome():
        pytest.skip("this Mac has a browser in /Applications, which comes first")
    name = "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    chrome = program(bare_machine / "home" / name)

    assert chrome == find_installed()


def test_nothing_found_says_how_to_get_one(bare_machine: Path) -> None:
    """Without any browser the error names the command that gets one."""
    if _on_a_mac_with_chrome():
        pytest.skip("this Mac has a browser in /Applications")

    with pytest.raises(BrowserNotFound, match="linkedin-executor browser install"):
        find_browser(playwright_with(bare_machine / "nothing"), None)
