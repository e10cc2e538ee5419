"""What reads have to tell, taken from the sandbox's world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from executor.sandbox import search
from executor.sandbox.people import Relation
from executor.sandbox.resumes import MOST_TOLD, resume

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.sandbox.accounts import Account
    from executor.sandbox.companies import Company
    from executor.sandbox.people import Person
    from executor.sandbox.posts import Post
    from executor.sandbox.world import World


def identity(person: Person) -> dict[str, Any]:
    """Return what every read tells of a member."""
    return {
        "profile_id": person.id,
        "profile_urn": person.urn,
        "vanity": person.vanity,
        "full_name": person.name,
        "headline": person.headline,
    }


def profile(world: World, account: Account, person: Person) -> dict[str, Any]:
    """Return what a whole profile tells."""
    facts = resume(person)
    positions = [each for group in facts.groups for each in group]
    return {
        **identity(person),
        "location": person.location,
        "degree": _degree(world, account, person),
        "connections": min(facts.connections, MOST_TOLD),
        "followers": facts.followers,
        "positions": [
            {
                "title": each.title,
                "company_name": each.company,
                "location": each.location or None,
                "start_year": each.start.year,
                "start_month": each.start.month,
                "end_year": each.end and each.end.year,
                "end_month": each.end and each.end.month,
                "is_current": each.end is None,
            }
            for each in positions
        ],
        "education": [
            {
                "school_name": each.name,
                "degree": each.degree or None,
                "start_year": each.start_year,
                "end_year": each.end_year,
            }
            for each in facts.education
        ],
        "skills": list(facts.skills),
        "incomplete": [],
    }


def found(world: World, account: Account, keywords: str, count: int) -> list[dict[str, Any]]:
    """Return whom a search finds, in LinkedIn's order."""
    people = search.found(world, account, keywords=keywords, places=[], companies=[], network=[])
    return [
        {
            **identity(each),
            "location": each.location,
            "degree": _degree(world, account, each),
        }
        for each in people[:count]
    ]


def connections(world: World, account: Account, count: int) -> list[dict[str, Any]]:
    """Return the account's newest connections."""
    related = world.related(account, Relation.CONNECTED)
    return [identity(each) for each, _ in related if not each.gone][:count]


def posts(author: Person, *written: Post) -> list[dict[str, Any]]:
    """Return what a member's page tells of posts of their own."""
    return [
        {
            "profile_urn": author.urn,
            "post_urn": each.urn,
            "author_url": f"https://www.linkedin.com/in/{author.vanity}",
            "is_own": True,
            "text": each.text,
        }
        for each in written
    ]


def post(author: Person, told: Post) -> dict[str, Any]:
    """Return what a post's own page tells."""
    return {
        "post_urn": told.urn,
        "author_name": author.name,
        "author_url": f"https://www.linkedin.com/in/{author.vanity}",
        "text": told.text,
        "posted_at": int(told.at.timestamp() * 1000),
        "reactions": told.reactions,
        "comments": len(told.comments),
        "reposts": told.reposts,
        "can_comment": not told.comments_off,
    }


def found_posts(world: World, keywords: str, count: int) -> list[dict[str, Any]]:
    """Return which posts a search finds, in LinkedIn's order."""
    fitting = search.posts(world, keywords=keywords, posted="", sort="relevance")
    return [
        {
            "post_urn": each.urn,
            "author_name": world.author(each).name,
            "text": each.text,
            "posted_at": int(each.at.timestamp() * 1000),
            "reactions": each.reactions or None,
            "comments": len(each.comments) or None,
            "reposts": each.reposts or None,
        }
        for each in fitting[:count]
    ]


def comments(world: World, post: Post) -> list[dict[str, Any]]:
    """Return what a post's page tells of what members wrote below it, in its order."""
    listed = [each for first, replies in post.threads() for each in (first, *replies)]
    return [
        {
            "comment_urn": post.comment_urn(each.id),
            "author_name": world.people[each.author].name,
            "author_vanity": world.people[each.author].vanity,
            "is_own": False,
            "text": each.text,
            "created_at": int(each.at.timestamp() * 1000),
            "reactions": each.reactions or None,
            "is_reply": each.reply_to is not None,
            "parent_urn": post.comment_urn(each.reply_to) if each.reply_to else None,
        }
        for each in listed
    ]


def company(told: Company) -> dict[str, Any]:
    """Return what a company's page tells."""
    return {
        "company_id": told.id,
        "company_urn": told.urn,
        "organization_urn": f"urn:li:organization:{told.id}",
        "slug": told.slug,
        "name": told.name,
        "tagline": told.tagline or None,
        "description": told.description or None,
        "website": told.website or None,
        "industry": told.industry or None,
        "employee_count": told.members,
        "employee_min": told.size_from,
        "employee_max": told.size_to,
        "headquarters": told.place or None,
        "country": told.country or None,
        "founded": told.founded,
        "specialties": list(told.specialties),
        "followers": told.followers,
    }


def company_posts(author: Company, written: Sequence[Post]) -> list[dict[str, Any]]:
    """Return what a company's page tells of its posts."""
    return [
        {
            "post_urn": each.urn,
            "author_url": f"https://www.linkedin.com/company/{author.slug}",
            "is_own": True,
            "text": each.text,
            "reactions": each.reactions or None,
            "comments": len(each.comments) or None,
            "reposts": each.reposts or None,
        }
        for each in written
    ]


def invitations(world: World, account: Account, relation: Relation) -> list[dict[str, Any]]:
    """Return the invitations that wait for an answer, the newest first."""
    return [
        {
            "invitation_urn": f"urn:li:invitation:{tie.invitation}",
            "profile_id": person.id,
            "profile_urn": person.urn,
            "vanity": person.vanity,
            "full_name": person.name,
        }
        for person, tie in world.related(account, relation)
    ]


def _degree(world: World, account: Account, person: Person) -> int:
    connected = world.tie(account, person).relation is Relation.CONNECTED
    return 1 if connected else person.distance
