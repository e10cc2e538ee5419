"""What the number of a post or a comment tells."""

from __future__ import annotations

import pytest

from executor.post import moment_in


@pytest.mark.parametrize(
    ("urn", "moment"),
    [
        # The comment of LinkedIn's documentation was created at 1582160678569.
        ("urn:li:comment:(urn:li:activity:6631349431612559360,6636062862760562688)", 1582160678568),
        ("urn:li:activity:7123456789012345678", 1698364445927),
        ("urn:li:share:12345", None),
        ("urn:li:activity:9999999999999999999999999", None),
    ],
)
def test_numbers_begin_with_the_time(urn: str, moment: int | None) -> None:
    """What would be no time of LinkedIn's is none."""
    assert moment_in(urn) == moment
