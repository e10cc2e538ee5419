"""Which addresses are files of messages: two hosts, exactly, and nothing that looks like them."""

from __future__ import annotations

import pytest

from executor.browser.download import _at, _next
from executor.errors import Challenged, Refused, SignedOut
from executor.media import media_address

FILE = "https://www.linkedin.com/dms/prv/D4E0/report.pdf?e=1&v=beta"
IMAGE = "https://media.licdn.com/dms/image/v2/D4E/photo?e=1"


@pytest.mark.parametrize("url", [FILE, IMAGE])
def test_addresses_of_files_stay_as_they_are(url: str) -> None:
    """With their queries, which are signed."""
    assert media_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "report.pdf",
        "http://www.linkedin.com/dms/prv/a",
        "ftp://media.licdn.com/a",
        "file:///etc/passwd",
        "https://linkedin.com/dms/prv/a",
        "https://de.linkedin.com/dms/prv/a",
        "https://www.linkedin.com/dms/a",
        "https://www.linkedin.com/dms/prv/../../voyager/api/me",
        "https://www.linkedin.com/dms/prv/%2e%2e/%2E%2E/voyager/api/me",
        "https://www.linkedin.com/dms/prv/%252e%252e/voyager",
        "https://www.linkedin.com/dms/prv/..%2fvoyager",
        "https://www.linkedin.com/dms/prv/..%5cvoyager",
        "https://www.linkedin.com\\@localhost/dms/prv/a",
        "https://user@www.linkedin.com/dms/prv/a",
        "https://www.linkedin.com@localhost/dms/prv/a",
        "https://www.linkedin.com:8443/dms/prv/a",
        "https://www.linkedin.com:443/dms/prv/a",
        "https://www.linkedin.com./dms/prv/a",
        "https://media.licdn.com.example.org/a",
        "https://media.licdn.com",
        "https://media.licdn.com/",
        "https://media-exp1.licdn.com/a",
        "https://127.0.0.1/dms/prv/a",
        "https://[::1]/dms/prv/a",
        "https://[media.licdn.com/a",
        "https://media.licdn.com/a b",
        "https://media.licdn.com/a\nb",
        "https://media.licdn.com/\u202ea",
        "https://media.licdn.com/a#b",
        " https://media.licdn.com/a",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    """Another scheme, host, port or path, somebody's name, or anything that may be read twice."""
    with pytest.raises(ValueError, match="no address of a file"):
        media_address(url)


def test_a_sandbox_has_the_files_of_linkedins_own_host() -> None:
    """Those of the other host it has not."""
    site = "http://127.0.0.1:8600"

    assert _at(site, FILE) == FILE.replace("https://www.linkedin.com", site)
    assert _at(site, IMAGE) == IMAGE
    assert _at("https://www.linkedin.com", FILE) == FILE


@pytest.mark.parametrize("site", ["https://www.linkedin.com", "http://127.0.0.1:8600"])
def test_a_redirect_leads_to_a_file_or_nowhere(site: str) -> None:
    """A sign-in page or a check says what it says elsewhere, too."""
    assert _next(f"{site}/dms/prv/other", site) == "https://www.linkedin.com/dms/prv/other"
    assert _next(IMAGE, site) == IMAGE
    for away in (f"{site}/feed/", "https://example.org/dms/prv/a", "http://127.0.0.1:22/", site):
        with pytest.raises(Refused):
            _next(away, site)
    with pytest.raises(SignedOut):
        _next(f"{site}/login?session_redirect=x", site)
    with pytest.raises(Challenged):
        _next(f"{site}/checkpoint/challenge/x", site)
