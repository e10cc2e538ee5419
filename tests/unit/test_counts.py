"""Figures are read right, or not at all."""

from __future__ import annotations

import pytest

from executor.components.counts import agreed, figure_in, range_in, worded

RANGES = ((2, 10), (1001, 5000), (10_001, None))


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("7", 7),
        ("1,234", 1234),
        ("1.234 Kommentare", 1234),
        ("1 234 commentaires", 1234),
        ("コメント12件", 12),
        ("2K", None),
        ("1.2K", None),
        ("2 Tsd.", None),
        ("2万", None),
        ("3 mil", None),
        ("5 B", None),
        ("Ada and 2 of 7", None),
        ("none", None),
    ],
)
def test_a_figure_is_whole_or_left_out(text: str, figure: int | None) -> None:
    """Rounded numbers, and several of them, tell nothing for certain."""
    assert figure_in(text) == figure


def test_figures_have_to_agree() -> None:
    """What is told twice counts once; a contradiction counts as nothing."""
    assert agreed([3, None, 3]) == 3
    assert agreed([3, 4]) is None
    assert agreed([]) is None


def test_words_have_to_be_all_there_is() -> None:
    """A longer text with the same words is somebody's sentence."""
    words = r"(?P<count>[\d,]+) comments?"

    assert worded(["1,050\ncomments", "my 3 comments"], words) == 1050
    assert worded(["3 comments", "4 comments"], words) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,001-5,000 employees", (1001, 5000)),
        ("1.001–5.000 Beschäftigte", (1001, 5000)),
        ("1 001-5 000 employés", (1001, 5000)),
        ("社員1,001~5,000名", (1001, 5000)),
        ("10,001+ employees", (10_001, None)),
        ("2-10", (2, 10)),
        ("3-10 employees", None),
        ("+47 555-0100", None),
        ("1974", None),
    ],
)
def test_a_range_is_one_of_those_that_there_are(
    text: str, found: tuple[int, int | None] | None
) -> None:
    """Other numbers with a dash between them are telephone numbers and the like."""
    assert range_in(text, RANGES) == found
