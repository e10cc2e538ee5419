"""Some pages with the changes that say most; `make mutations` tries every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.components.relationship import Relationship
from tests.matrix.judgement import Verdict
from tests.mutations.darkroom import Darkroom
from tests.mutations.mutations import UNCHANGED, mutations_of
from tests.mutations.playing import Finding, Gallery, judge
from tests.mutations.specimens import SPECIMENS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.mutations.mutations import Mutation

SHOWN = (
    "profile, connectable, sdui, en",
    "people search, listitem, en",
    "conversation, thread, en",
    "post, LIKE, sdui, en",
)
TELLING = (
    UNCHANGED.name,
    "every class renamed",
    "no style sheets",
    "no componentkey",
    "no aria-label",
    "no href",
    "the whole part twice",
)


@pytest.fixture(scope="module")
async def darkroom() -> AsyncIterator[Darkroom]:
    async with Darkroom.furnish() as darkroom:
        yield darkroom


@pytest.fixture(scope="module")
async def gallery(darkroom: Darkroom) -> AsyncIterator[Gallery]:
    async with Gallery.opened(darkroom, 2) as gallery:
        yield gallery


@pytest.mark.parametrize("name", SHOWN)
async def test_a_changed_page_is_read_rightly_or_refused(
    darkroom: Darkroom, gallery: Gallery, name: str
) -> None:
    """Whatever goes missing, nobody else's controls and words are taken for the member's."""
    (specimen,) = [each for each in SPECIMENS if each.name == name]
    negative = await darkroom.take(specimen)
    mutations = [each for each in mutations_of(negative) if each.name in TELLING]
    found: dict[str, Finding] = {}

    def tell(mutation: Mutation, finding: Finding) -> None:
        found[mutation.name] = finding

    await gallery.show(negative, mutations, tell=tell)

    assert found[UNCHANGED.name].verdict is Verdict.RIGHT, found[UNCHANGED.name].elements
    assert {name: each.wrong for name, each in found.items() if each.verdict is Verdict.WRONG} == {}


def test_every_specimen_has_a_name_of_its_own() -> None:
    """The run tells of each by its name."""
    names = [each.name for each in SPECIMENS]

    assert len(names) == len(set(names))
    assert set(SHOWN) <= set(names)


@pytest.mark.parametrize(
    ("said", "so", "verdict"),
    [
        ("Ada", "Ada", Verdict.RIGHT),
        (None, "Ada", Verdict.REFUSED),
        ("Bob", "Ada", Verdict.WRONG),
        ("Bob", None, Verdict.WRONG),
        (Relationship.SEEMS_PENDING, Relationship.PENDING, Verdict.REFUSED),
        (Relationship.SEEMS_PENDING, Relationship.CONNECTABLE, Verdict.WRONG),
    ],
)
def test_only_what_is_said_can_be_wrong(said: object, so: object, verdict: Verdict) -> None:
    """Silence is a refusal, and what is not on the page must not be said."""
    truth = {} if so is None else {"element": so}

    assert judge({"element": said}, truth).verdict is verdict
