"""What an operator may and may not set for the executor."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from executor.settings import ExecutorSettings


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.linkedin.com", "https://www.linkedin.com"),
        ("https://www.linkedin.com/", "https://www.linkedin.com"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
    ],
)
def test_the_site_is_an_origin(url: str, site: str) -> None:
    """With or without a slash at the end, it comes out without."""
    assert ExecutorSettings.model_validate({"linkedin_url": url}).site == site


@pytest.mark.parametrize(
    "url",
    [
        "https://me:secretpw@www.linkedin.com",
        "https://www.linkedin.com/in/ada/",
        "https://www.linkedin.com/?x=1",
        "ftp://www.linkedin.com",
        "linkedin",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    """A password would be shown by `config`; a path would be in the way of every page."""
    with pytest.raises(ValidationError):
        ExecutorSettings.model_validate({"linkedin_url": url})


def test_time_zones_are_checked_when_they_are_read() -> None:
    """A misspelt one would otherwise keep the browser from opening anything."""
    assert ExecutorSettings.model_validate({"timezone": "Europe/Berlin"}).timezone
    with pytest.raises(ValidationError, match="Europe/Berlin"):
        ExecutorSettings.model_validate({"timezone": "Europe/Nowhere"})
