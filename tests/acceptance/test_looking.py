"""`inspect`, `doctor --live` and `locators.toml`, as an operator uses them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.acceptance.service import run, serving
from tests.executor.saved_profiles import DIETER, circles, connect, message, more, sdui

if TYPE_CHECKING:
    from pathlib import Path


async def test_saved_pages_are_inspected(tmp_path: Path) -> None:
    """The exit code tells whether the page, and what it is looked at for, was understood."""
    where = ("--as", DIETER.address, "--data-dir", str(tmp_path / "data"), "--json")
    told = {}
    for name, html in {
        "connected": sdui(message(), more(), inside=circles(DIETER, "F", "S")),
        "unclear": sdui(message(), more()),
        "nothing": "<p>Nothing</p>",
    }.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
        ran = await run("inspect", str(tmp_path / name), *where)
        report = json.loads(ran.out)
        told[name] = (ran.code, report["page"], report.get("relationship"))

    assert told == {
        "connected": (0, "profile", "connected"),
        "unclear": (4, "profile", "unknown"),
        "nothing": (3, "unknown", None),
    }


async def test_inspect_refuses_other_sites(tmp_path: Path) -> None:
    """A page is looked at as one of LinkedIn's; a missing file is a sentence."""
    (tmp_path / "page.html").write_text(sdui(connect()), encoding="utf-8")

    elsewhere = await run(
        "inspect", str(tmp_path / "page.html"), "--as", "https://linkedin.com.example/in/x/"
    )
    missing = await run("inspect", str(tmp_path / "no.html"), "--as", DIETER.address)

    assert (elsewhere.code, missing.code) == (2, 1)
    assert "Traceback" not in elsewhere.err + missing.err


async def test_the_pages_are_walked_and_overrides_are_told(tmp_path: Path) -> None:
    """Every page is found by the command itself, and an override shows wherever it has to."""
    where = ("--json", "--data-dir", str(tmp_path))
    file = tmp_path / "locators.toml"
    async with serving(tmp_path, "--no-runner"):
        file.write_text(
            '["shell.navigation"]\ncandidates = [{css = "nav", measured = 2026-11-20}]\n',
            encoding="utf-8",
        )
        walked = await run("doctor", "--live", "--profile", "oskar-fjeldgren", *where)
        config = json.loads((await run("config", *where)).out)
        file.write_text('["shell.navigatoin"]\n', encoding="utf-8")
        mistaken = json.loads((await run("doctor", *where)).out)

    assert walked.code == 0, walked.out + walked.err
    looks = {look["look"]: look for look in json.loads(walked.out)}
    assert looks["profile"]["ok"]
    frame = [each for each in looks["inbox"]["elements"] if each["name"] == "shell.navigation"]
    assert [(each["candidate"], each["required"]) for each in frame] == [(0, True)]
    assert "locators.toml shell.navigation" in config
    (wrong,) = [finding for finding in mistaken if not finding["ok"]]
    assert wrong["what"] == "locators"


async def test_the_walk_needs_a_session(tmp_path: Path) -> None:
    """Without anybody signed in it fails in words, as it does without its own flag."""
    where = ("--data-dir", str(tmp_path))
    await run("migrate", *where)

    nobody = await run("doctor", "--live", *where)
    flagless = await run("doctor", "--profile", "ada", *where)

    assert (nobody.code, flagless.code) == (1, 2)
    assert "Traceback" not in nobody.err + flagless.err
