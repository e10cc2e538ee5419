"""A part of the matrix that meets every language on both front ends; `make matrix` plays all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.actions import CATALOGUE
from executor.sandbox.labels import languages
from executor.sandbox.toggles import Toggles
from tests.matrix.combinations import LANGUAGES, chosen_combinations, every_combination
from tests.matrix.flows import FLOWS
from tests.matrix.judgement import Verdict, contradictions
from tests.matrix.playing import booths, play_all
from tests.matrix.variations import CONCERNED, UNCONCERNED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.matrix.combinations import Combination
    from tests.matrix.judgement import Judgement
    from tests.matrix.playing import Booth

PLAYED = ("send_message, one more", "send_connection_request with a note", "relationship, pending")

REFUSED = {"send_message, one more; ember; ar"}
"""The classic page says in words alone, whose Arabic nobody has noted, who is connected."""


@pytest.fixture(scope="module")
async def opened() -> AsyncIterator[list[Booth]]:
    async with booths(2) as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_main_flows_are_right_in_every_language(
    opened: list[Booth], language: str
) -> None:
    """On both front ends: the right person, once, or a refusal where nothing tells enough.

    Each language meets one flow on each front end, and its neighbours meet the others.
    """
    turn = LANGUAGES.index(language)
    met = {"ember": PLAYED[turn % len(PLAYED)], "sdui": PLAYED[(turn + 1) % len(PLAYED)]}
    combinations = [
        each
        for each in every_combination(languages=[language])
        if not each.variation and each.flow.name == met[str(each.front_end["generation"])]
    ]
    assert len(combinations) == len(met)
    found: dict[str, Verdict] = {}

    def tell(combination: Combination, judgement: Judgement) -> None:
        found[combination.name] = judgement.verdict

    await play_all(combinations, opened, tell=tell)

    assert found == {
        each.name: Verdict.REFUSED if each.name in REFUSED else Verdict.RIGHT
        for each in combinations
    }


def test_every_task_type_and_language_is_in_the_matrix() -> None:
    """Whoever adds one adds its line."""
    named = {flow.name.partition(" ")[0].strip(",") for flow in FLOWS}

    assert {action.task_type for action in CATALOGUE} <= named
    assert sorted(LANGUAGES) == languages()


def test_every_toggle_concerns_a_page_or_is_left_out_for_a_reason() -> None:
    """A toggle that nobody has thought about would never be tried."""
    concerned = {name for names in CONCERNED.values() for name in names}

    assert concerned | set(UNCONCERNED) == set(Toggles.model_fields)
    assert concerned.isdisjoint(UNCONCERNED)


def test_no_two_combinations_are_the_same() -> None:
    """Each is played once, and has a name of its own."""
    names = [each.name for each in every_combination()]

    assert len(names) == len(set(names))


def test_every_pair_is_in_the_matrix() -> None:
    """Every language with every flow and with every toggle; every toggle wherever it is met."""

    def pairs(combinations: list[Combination]) -> set[tuple[str, str]]:
        return {
            pair
            for each in combinations
            for pair in (
                (each.language, f"{each.flow.name} {each.front_end}"),
                (each.language, f"{each.variation}"),
                (f"{each.flow.name} {each.front_end}", f"{each.variation}"),
            )
        }

    assert pairs(chosen_combinations()) == pairs(every_combination())


def test_what_is_left_open_contradicts_nothing() -> None:
    """Only what is said can be wrong, however deep it stands."""
    truth = {"name": "Ada", "skills": ["SQL", "Go"], "degree": 2}

    assert contradictions({"name": "Ada", "skills": ["SQL", None]}, truth) == []
    assert contradictions({"name": "Ada", "skills": ["SQL"]}, truth) == [
        "output.skills is ['SQL'], not ['SQL', 'Go']"
    ]
