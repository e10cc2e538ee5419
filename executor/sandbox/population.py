"""The people and the conversations that every fresh world begins with, the same each time."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from executor.sandbox import ids
from executor.sandbox.companies import Company
from executor.sandbox.groups import Group
from executor.sandbox.people import Person
from executor.sandbox.posts import Comment, Post
from executor.sandbox.threads import Message, Thread

_WORDS = tomllib.loads(Path(__file__).with_name("population.toml").read_text(encoding="utf-8"))
_FIRST_MEMBER = 410_000_017
_HISTORY_BEGAN = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
_LINES = (
    ("them", "Thanks for connecting! Are you at the summit next week?"),
    ("me", "I am, let us find half an hour on Tuesday."),
    ("them", "Tuesday works.\nShall we say 10:00 at the north entrance?"),
    ("me", "Perfect, see you there."),
)

ADMIN = Person(
    id=ids.profile_id("account", 1),
    member=_FIRST_MEMBER - 1,
    vanity="avery-lindqvist",
    first_name="Avery",
    last_name="Lindqvist",
    headline="Partnerships at Harbour & Pine",
    company="Harbour & Pine",
    location="Bergen, Norway",
)


def slug(name: str) -> str:
    """Spell *name* as an ASCII vanity, as LinkedIn proposes one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "member"


def _pick(words: str, index: int) -> str:
    return str(_WORDS[words][index % len(_WORDS[words])])


def _person(index: int, given: dict[str, Any]) -> Person:
    # The last name moves on by one each round, so that no two generated names are the same.
    first, last = _pick("first", index), _pick("last", index + index // 30)
    company = _pick("companies", index * 3)
    told = {
        "id": ids.profile_id("population", index),
        "member": _FIRST_MEMBER + index * 7919,
        "first_name": first,
        "last_name": last,
        "vanity": f"{slug(f'{first} {last}')}-{ids.derived_uuid('vanity', index)[:6]}",
        "company": company,
        "headline": f"{_pick('titles', index * 5)} at {company}",
        "location": _pick("locations", index),
        "distance": 3 if index % 4 == 3 else 2,  # noqa: PLR2004 - one in four is further away
    }
    return Person.model_validate(told | given)


def newcomer(index: int, given: dict[str, Any]) -> Person:
    """Invent one more member, with what is *given* and the rest made up."""
    person = _person(index, {key: value for key, value in given.items() if value is not None})
    if "vanity" in given:
        return person
    return person.model_copy(
        update={"vanity": f"{slug(person.name)}-{ids.derived_uuid('vanity', index)[:6]}"}
    )


def _population() -> Iterator[Person]:
    index = count()
    for special in _WORDS["special"]:
        yield _person(next(index), special)
    for group in _WORDS["group"]:
        traits = {key: value for key, value in group.items() if key != "count"}
        for _ in range(group["count"]):
            yield _person(next(index), traits)


@cache
def people() -> tuple[Person, ...]:
    """List the invented members, account #1's own person first."""
    return (ADMIN, *_population())


def threads(account: int, owner: str) -> Iterator[Thread]:
    """Write the conversations that the mailbox of *account* begins with, oldest first."""
    partners = [p for p in people() if p.relation == "connected" and not p.gone]
    # John Doe is known already, Jane is not: one of each for the commonest examples.
    known = [p for p in partners if p.vanity == "john-doe-123"] + partners[30:44]
    for place, person in enumerate(reversed(known)):
        begun = _HISTORY_BEGAN + timedelta(days=place * 3)
        told = _LINES[: 1 + place % len(_LINES)]
        messages = tuple(
            _message(account, owner, person.id, line, begun + timedelta(minutes=9 * number))
            for number, line in enumerate(told)
        )
        yield Thread(
            id=ids.thread_id(ids.derived_uuid("thread", account, person.id)),
            person=person.id,
            messages=messages,
            unread=1 if told[-1][0] == "them" and place % 2 == 0 else 0,
        )


def _message(account: int, owner: str, person: str, line: tuple[str, str], at: datetime) -> Message:
    sender, text = line
    unique = ids.derived_uuid("message", account, person, at.isoformat())
    return Message(
        id=ids.message_id(int(at.timestamp() * 1000), unique),
        sender=owner if sender == "me" else person,
        text=text,
        at=at,
        origin_token=ids.derived_uuid("origin", unique),
    )


@cache
def groups() -> tuple[Group, ...]:
    """List the invented groups: the first account is in the first one, and not in the other."""
    strangers = [p for p in people()[1:] if p.relation == "connectable" and not p.gone]
    known = [p for p in people() if p.relation == "connected" and not p.gone]
    # The number that ConnectSafely's documentation has for an example.
    circle = (ADMIN, *known[:10], *strangers[:50])
    return (
        Group(id="12345678", name="Harbour Circle", members=tuple(p.id for p in circle)),
        Group(id="87654321", name="Lantern Makers", members=tuple(p.id for p in known[:5])),
    )


@cache
def companies() -> tuple[Company, ...]:
    """List the invented companies; the first tells everything of itself, the last only its name."""
    return tuple(Company.model_validate(told) for told in _WORDS["company"])


def _company_posts() -> Iterator[Post]:
    """Write a year of one company's posts, oldest first."""
    readers = [person for person in people() if person.relation == "connected"]
    company = companies()[0]
    for month in range(12):
        at = _HISTORY_BEGAN - timedelta(days=30 * (12 - month))
        yield Post(
            id=str(_FIRST_POST - 1_000_000_000_003 * (12 - month)),
            author=company.id,
            text=f"News from the workshop, number {month + 1}.",
            at=at,
            reactions=month * 411,
            reposts=month * 3,
            comments=tuple(
                Comment(
                    id=str(_FIRST_POST + 100 * month + place),
                    author=reader.id,
                    text="Well done!",
                    at=at + timedelta(hours=place),
                )
                for place, reader in enumerate(readers[: month % 4])
            ),
        )


def posts() -> Iterator[Post]:
    """Write the posts that the world begins with, oldest first; the last is Jane's."""
    yield from _company_posts()
    jane, john, *others = (person for person in people() if person.relation == "connected")
    authors = [*others[20:26], john, jane]
    for place, author in enumerate(authors):
        at = _HISTORY_BEGAN + timedelta(days=place)
        yield Post(
            # The number that OutX's documentation has for an example is Jane's.
            id=str(_FIRST_POST - (len(authors) - 1 - place) * 1_000_003),
            author=author.id,
            text=f"What a week at {author.company}. Proud of the whole team.",
            at=at,
            reactions=place % 3 * 7,
            comments=(
                Comment(
                    id=str(_FIRST_POST + place),
                    author=others[place].id,
                    text="Congratulations!",
                    at=at + timedelta(hours=2),
                ),
            ),
        )


_FIRST_POST = 7_123_456_789_012_345_678
