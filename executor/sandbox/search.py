"""Search: who and what fits, and the numbers by which places and companies are filtered."""

import hashlib
from datetime import timedelta

from executor.sandbox.accounts import Account
from executor.sandbox.events import now
from executor.sandbox.people import Person, Relation
from executor.sandbox.posts import Post
from executor.sandbox.world import World

PER_PAGE = 10
"""People on one page of results (2026)."""


def facet_id(name: str) -> str:
    """Number a place or a company, since filters take numbers only."""
    return str(100_000 + int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 900_000)


_LETTERS = {1: "F", 2: "S", 3: "O"}


def degree(world: World, account: Account, person: Person) -> int:
    """Tell how far away somebody is from the account's owner."""
    relation = world.tie(account, person).relation
    return 1 if relation is Relation.CONNECTED else person.distance


def found(
    world: World,
    account: Account,
    *,
    keywords: str,
    places: list[str],
    companies: list[str],
    network: list[str],
) -> list[Person]:
    """List everybody who fits all keywords and one of each filter's numbers, by their id."""
    words = keywords.casefold().split()
    return [
        person
        for person in world.people.values()
        if person.id != account.profile
        and not person.gone
        and all(word in _text(person) for word in words)
        and (not places or facet_id(person.location) in places)
        and (not companies or facet_id(person.company) in companies)
        and (not network or _LETTERS[degree(world, account, person)] in network)
    ]


def posts(world: World, *, keywords: str, posted: str, sort: str) -> list[Post]:
    """List the posts with all keywords that are no older than *posted* says, in the order wanted.

    Who has written a post counts as one of its words; what LinkedIn holds to be relevant nobody
    knows, so that here it is what most have reacted to.
    """
    words = keywords.casefold().split()
    since = now() - _SPANS[posted] if posted in _SPANS else None
    found = [
        post
        for post in world.posts.seen()
        if all(word in f"{post.text} {world.author(post).name}".casefold() for word in words)
        and (since is None or post.at >= since)
    ]
    return found if sort == "date_posted" else sorted(found, key=lambda post: -post.reactions)


_SPANS = {
    "past-24h": timedelta(days=1),
    "past-week": timedelta(days=7),
    "past-month": timedelta(days=30),
}
"""LinkedIn's own words for them (2026)."""


def _text(person: Person) -> str:
    return f"{person.name} {person.headline} {person.company} {person.location}".casefold()
