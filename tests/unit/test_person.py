"""Naming a member: what is understood, what is refused, and what can never come out of it."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from executor.person import Person, normalise_vanity, profile_urn, same_vanity

ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
PROFILE_IDS = (
    ID,
    f"  {ID}\n",
    f"urn:li:person:{ID}",
    f"urn:li:fsd_profile:{ID}",
    f"urn:li:fs_miniProfile:{ID}",
    f"urn:li:fs_profile:{ID}",
    f"urn:li:member_profile:{ID}",
    f"https://www.linkedin.com/in/{ID}/",
    f"linkedin.com/in/{ID}",
    f"https://www.linkedin.com/in/%41{ID[1:]}",
)
VANITIES = (
    ("ada-lovelace", "ada-lovelace"),
    ("  ada-lovelace\n", "ada-lovelace"),
    ("Ada-Lovelace", "Ada-Lovelace"),
    ("ada", "ada"),
    ("a" * 100, "a" * 100),
    ("https://www.linkedin.com/in/ada", "ada"),
    ("https://www.linkedin.com/in/ada/", "ada"),
    ("http://linkedin.com/in/ada", "ada"),
    ("HTTPS://WWW.LinkedIn.COM/in/ada", "ada"),
    ("www.linkedin.com/in/ada", "ada"),
    ("linkedin.com/in/ada", "ada"),
    ("https://de.linkedin.com/in/ada", "ada"),
    ("https://uk.linkedin.com/in/ada/", "ada"),
    ("https://www.linkedin.com/in/ada/de/", "ada"),
    ("https://www.linkedin.com/in/ada?trk=people&x=/in/bob/", "ada"),
    ("https://www.linkedin.com/in/ada/#experience", "ada"),
    ("https://www.linkedin.com/in/ada/?originalSubdomain=de#about", "ada"),
    ("https://www.linkedin.com//in//ada//", "ada"),
    ("dieter-könig", "dieter-könig"),
    ("dieter-ko\u0308nig", "dieter-könig"),
    ("dieter-k%C3%B6nig", "dieter-könig"),
    ("dieter-k%c3%b6nig", "dieter-könig"),
    ("dieter-ko%CC%88nig", "dieter-könig"),
    ("https://www.linkedin.com/in/dieter-k%C3%B6nig/", "dieter-könig"),
    ("https://www.linkedin.com/in/dieter-k%c3%b6nig?x=1", "dieter-könig"),
    ("https://www.linkedin.com/in/dieter-könig", "dieter-könig"),
    ("https://www.linkedin.com/in/%D0%B0%D0%BD%D0%BD%D0%B0", "анна"),
)
NOBODY = (
    "",
    " \n ",
    # Who is signed in, not somebody.
    "me",
    "https://www.linkedin.com/in/me/",
    "urn:li:person:me",
    # Not a vanity name.
    "ab",
    "a" * 101,
    "ada lovelace",
    "ada.lovelace",
    "ada@example.com",
    "..",
    "...",
    "%2e%2e%2e",
    # Somebody's other ids.
    "urn:li:member:123456",
    "urn:li:fsd_company:1234",
    "urn:li:person:",
    "urn:li:fsd_profile:../ada",
    "urn:li:fsd_profile:ada%2Fb",
    # Other hosts, and those that look alike.
    "https://linkedin.com.evil.example/in/ada",
    "https://evillinkedin.com/in/ada",
    "https://www.linkedin.com.evil.example/in/ada",
    "https://linkedin.com@evil.example/in/ada",
    "https://evil.example/linkedin.com/in/ada",
    "https://evil.example/in/ada?linkedin.com",
    "https://evil.example#.linkedin.com/in/ada",
    "https://evil.example\\.linkedin.com/in/ada/b/c",
    "https://lіnkedin.com/in/ada",
    "https://[::1/in/ada",
    "https:///in/ada",
    "//linkedin.com/in/ada",
    # Not an address of this kind.
    "https://ada:secret@www.linkedin.com/in/ada",
    "https://ada@www.linkedin.com/in/ada",
    "ftp://www.linkedin.com/in/ada",
    "javascript://www.linkedin.com/in/ada",
    "file://www.linkedin.com/in/ada",
    "https://www.linkedin.com/",
    "https://www.linkedin.com/in/",
    "https://www.linkedin.com/company/ada",
    "https://www.linkedin.com/feed/?in/ada",
    "https://www.linkedin.com/in/ada/de/more",
    "/in/ada",
    "in/ada",
    # Ways out of the path.
    "../ada",
    "https://www.linkedin.com/in/../ada",
    "https://www.linkedin.com/in/..%2Fada",
    "https://www.linkedin.com/in/ada%2Fb",
    "https://www.linkedin.com/in/ada%2fb",
    "https://www.linkedin.com/in/ada%5Cb",
    "https://www.linkedin.com/in/ada%3Fb",
    "https://www.linkedin.com/in/ada%23b",
    "ada%2Fb",
    "ada%252Fb",
    "ada%3Fx=1",
    # Control characters, and bytes that are no text.
    "ada\x00b",
    "ada%00b",
    "ada\nlovelace",
    "ada%0Alovelace",
    "ada\tlovelace",
    "https://www.linkedin.com/in/ada\nlovelace",
    "https://www.linkedin.com/in/ada\tlovelace",
    "https://www.linkedin.com/in/ada\r\nlovelace",
    "https://www.linke\ndin.com/in/ada",
    "ada\u202elovelace",
    "ada%E2%80%AElovelace",
    "ada\u200blovelace",
    "ada%ff%fe",
    "https://www.linkedin.com/in/ada%ff",
    "ada\ud800",
    # Far too long.
    "a" * 501,
    "https://www.linkedin.com/in/ada?" + "x" * 500,
    "A" * 100_000,
)


@pytest.mark.parametrize("text", PROFILE_IDS)
def test_reads_a_profile_id(text: str) -> None:
    """URNs, bare ids and addresses with an id name a person by that id."""
    assert Person(profile_id=ID) == Person.parse(text)


@pytest.mark.parametrize(("text", "vanity"), VANITIES)
def test_reads_a_vanity_name(text: str, vanity: str) -> None:
    """Vanity names and addresses with one name a person by it, decoded and composed."""
    assert Person(vanity=vanity) == Person.parse(text)


@pytest.mark.parametrize("text", NOBODY)
def test_refuses_what_names_nobody(text: str) -> None:
    """Everything else is a ValueError, so that no request is accepted for it."""
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is an answer of 422
        Person.parse(text)


@pytest.mark.parametrize(
    ("person", "path"),
    [
        (Person(profile_id=ID), f"/in/{ID}/"),
        (Person(vanity="ada"), "/in/ada/"),
        (Person(vanity="dieter-könig"), "/in/dieter-k%C3%B6nig/"),
        (Person(profile_id=ID, vanity="ada"), f"/in/{ID}/"),
    ],
)
def test_path_prefers_the_id(person: Person, path: str) -> None:
    """A profile's path is built from the id if there is one, since a vanity may change hands."""
    assert path == person.path


def test_a_person_needs_a_name() -> None:
    """A person without id and vanity cannot be built."""
    with pytest.raises(ValueError, match="neither"):
        Person()


@pytest.mark.parametrize(
    ("profile_id", "vanity"), [("ACoA/../x", None), ("", None), (None, "a/b"), (None, "")]
)
def test_parts_cannot_leave_the_profile_path(profile_id: str | None, vanity: str | None) -> None:
    """Parts that would lead elsewhere are refused even when a person is built by hand."""
    with pytest.raises(ValueError, match="not a "):
        Person(profile_id=profile_id, vanity=vanity)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ada", "Ada", True),
        ("dieter-könig", "dieter-k%C3%B6nig", True),
        ("dieter-k%c3%b6nig", "DIETER-KÖNIG", True),
        ("dieter-könig", "dieter-konig", False),
        ("strasse", "straße", False),
        ("ada", "ada-1", False),
        ("ada", "ada%ff", False),
        ("ada%fe", "ada%ff", False),
    ],
)
def test_compares_vanity_names(one: str, other: str, *, same: bool) -> None:
    """Letter case and encoding do not matter; everything else does, and nothing is raised."""
    assert same is same_vanity(one, other)


def test_urn_is_the_one_of_the_pages() -> None:
    """A profile's URN is of the family that LinkedIn's own requests use."""
    assert f"urn:li:fsd_profile:{ID}" == profile_urn(ID)


_PIECES = (
    *("https://", "www.", "linkedin.com", "/in/", "/", "..", "\\", "?", "#", "@", ":"),
    *("%2F", "%2e", "%00", "%ff", "%", "\n", "\t", "urn:li:person:", "ACoA", "ada", "ö", "ß"),
)
_ADDRESS_LIKE = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=12).map(
    "".join
)


@given(st.one_of(st.text(), _ADDRESS_LIKE, st.text().map("linkedin.com/in/{}".format)))
def test_any_text_is_a_profile_or_a_value_error(text: str) -> None:
    """Whatever is said, it is refused, or it leads to one profile and nowhere else."""
    try:
        person = Person.parse(text)
    except ValueError:
        return

    _, folder, segment, end = person.path.split("/")
    decoded = unquote(segment, errors="strict")
    assert (folder, end) == ("in", "")
    assert decoded not in {"", ".", "..", "me"}
    assert not set("/?#\\%") & set(decoded)
    assert not [each for each in decoded if unicodedata.category(each).startswith(("C", "Z"))]


@given(st.text(), st.text())
def test_comparing_names_never_raises(one: str, other: str) -> None:
    """Comparing is symmetric and total; pages hold names that nobody has checked."""
    assert same_vanity(one, other) is same_vanity(other, one)
    assert same_vanity(one, one)
    assert normalise_vanity(one) is not None


@given(st.from_regex(r"[\w-]{3,100}", fullmatch=True))
def test_its_own_path_names_the_same_person(vanity: str) -> None:
    """A person read from the address of their own profile is the same person."""
    person = Person.parse(unicodedata.normalize("NFC", vanity))

    assert person == Person.parse(f"https://www.linkedin.com{person.path}")
