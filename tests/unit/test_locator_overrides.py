"""The operator's `locators.toml`: what is taken from it, and what is refused in words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from executor.locators import profile
from executor.locators.lookup import Lookup
from executor.locators.overrides import InvalidOverrides, parse_overrides

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NEW = '["profile.top_card"]\ncandidates = [{css = "section.new", measured = "2026-11-20"}]\n'


async def no_faults(_: Sequence[str]) -> list[str]:
    return []


async def all_wrong(selectors: Sequence[str]) -> list[str]:
    return list(selectors)


def test_new_candidates_stand_before_the_built_in_ones() -> None:
    """By default an override adds; the old candidates stay as fallbacks."""
    override = parse_overrides(NEW)[profile.TOP_CARD.name]

    found = override.of(profile.TOP_CARD)

    assert found[0].css == "section.new"
    assert found[1:] == profile.TOP_CARD.candidates


def test_candidates_may_be_replaced() -> None:
    """With `replace`, only the file's candidates count; dates may be written without quotes."""
    override = parse_overrides(
        '["profile.more"]\nreplace = true\n'
        'candidates = [{css = "button", texts = ["More", "Mehr"], measured = 2026-11-20}]\n'
    )[profile.MORE.name]

    (only,) = override.of(profile.MORE)

    assert (only.css, only.texts, only.measured) == ("button", ("More", "Mehr"), "2026-11-20")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('["profile.topcard"]\ncandidates = [{css = "a", measured = "2026"}]', "profile.top_card"),
        ('["invite.create_invitation"]\ncandidates = [{css = "a", measured = "2026"}]', "no elem"),
        ('["profile.more"]\ncandidates = []', "candidates"),
        ('["profile.more"]\nreplace = true', "candidates"),
        ('["profile.more"]\ncandidates = [{css = "a"}]', "measured"),
        ('["profile.more"]\ncandidates = [{css = "a", measured = "lately"}]', "date"),
        ('["profile.more"]\ncandidates = [{css = "a", measured = "2026-02-31"}]', "measured"),
        ('["profile.more"]\ncandidates = [{css = " ", measured = "2026"}]', "css"),
        ('["profile.more"]\ncandidates = [{css = "a", measured = "2026", text = "x"}]', "text"),
        ('["profile.more"]\nreplaces = true\ncandidates = []', "replaces"),
        ('["profile.more"]\nreplace = "yes"\ncandidates = []', "replace"),
        ('["profile.more"\n', "TOML"),
    ],
)
def test_mistakes_are_named(text: str, word: str) -> None:
    """Unknown names, keys, missing dates and the like are refused, each in its own words."""
    with pytest.raises(InvalidOverrides, match=word):
        parse_overrides(text)


async def test_the_file_is_followed_while_the_program_runs(tmp_path: Path) -> None:
    """Writing it, changing it and taking it away have their effect at the next look."""
    file = tmp_path / "locators.toml"
    lookup = Lookup(file)
    seen = []
    for text in (None, NEW, NEW.replace("section.new", "section.newer"), None):
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(text, encoding="utf-8")
        await lookup.refresh(no_faults)
        seen.append(lookup.candidates(profile.TOP_CARD)[0].css)

    built_in = profile.TOP_CARD.candidates[0].css
    assert seen == [built_in, "section.new", "section.newer", built_in]
    assert lookup.problem is None


@pytest.mark.parametrize("broken", ["nonsense", NEW.replace("profile.top_card", "profile.tip")])
async def test_an_invalid_file_keeps_the_last_good_one(tmp_path: Path, broken: str) -> None:
    """A mistake made while the program runs changes nothing, and is told until it is mended."""
    file = tmp_path / "locators.toml"
    lookup = Lookup(file)
    file.write_text(NEW, encoding="utf-8")
    await lookup.refresh(no_faults)
    file.write_text(broken, encoding="utf-8")

    await lookup.refresh(no_faults)

    assert lookup.problem is not None
    assert lookup.overridden == (profile.TOP_CARD.name,)
    assert lookup.candidates(profile.TOP_CARD)[0].css == "section.new"


async def test_css_that_no_browser_understands_is_refused(tmp_path: Path) -> None:
    """The browser has the last word on CSS, and the message names element and selector."""
    file = tmp_path / "locators.toml"
    file.write_text(NEW, encoding="utf-8")
    lookup = Lookup(file)

    await lookup.refresh(all_wrong)

    assert lookup.problem is not None
    assert "profile.top_card" in lookup.problem
    assert "section.new" in lookup.problem
    assert lookup.overridden == ()


async def test_an_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    """Size and time of change say whether there is anything to read."""
    file = tmp_path / "locators.toml"
    file.write_text(NEW, encoding="utf-8")
    lookup = Lookup(file)
    await lookup.refresh(no_faults)
    at = file.stat().st_mtime_ns
    file.write_text(NEW.replace("section.new", "section.abc"), encoding="utf-8")
    os.utime(file, ns=(at, at))

    await lookup.refresh(no_faults)

    assert lookup.candidates(profile.TOP_CARD)[0].css == "section.new"
