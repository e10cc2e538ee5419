"""What clients get of what was read: OutX's names for it, in every shape that they look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from storage.tasks import JsonObject


class ProfileTaskInput(BaseModel):
    """What was sent to `fetch-profile`, unchanged; or what would have asked for the task there."""

    task_type: Literal["agent_profile_fetch"]
    profile_slug: str


class SearchTaskInput(BaseModel):
    """The same for `search-profiles`: the filters that were given."""

    model_config = ConfigDict(extra="allow")

    task_type: Literal["agent_search_profiles"]


class ConnectionsTaskInput(BaseModel):
    """The same for `fetch-connections`, with the defaults written in."""

    task_type: Literal["agent_fetch_connections"]
    count: int
    start: int
    keyword: str | None = None
    sort_type: str | None = None


class PostsTaskInput(BaseModel):
    """The same for `fetch-profiles-posts`."""

    task_type: Literal["agent_fetch_profiles_posts"]
    profile_urns: list[str]


class CompanyTaskInput(BaseModel):
    """The same for `fetch-company`."""

    task_type: Literal["agent_fetch_company"]
    company_slug: str


class CompanyPostsTaskInput(BaseModel):
    """The same for `fetch-company-posts`."""

    task_type: Literal["agent_fetch_company_posts"]
    company_slug: str


class ProfileRead(BaseModel):
    """A profile, nested as OutX's clients read it, and flat as its older documentation has it."""

    model_config = ConfigDict(extra="allow")

    profile: dict[str, Any]
    name: str
    headline: str | None
    location: str | None
    profile_url: str
    connections: int | None
    followers: int | None


class ProfilesFound(BaseModel):
    """Who was found; `cut_short` says why there may be more."""

    profiles: list[dict[str, Any]]
    total: int
    cut_short: str | None


class ConnectionsRead(BaseModel):
    """Connections; `total` is how many of them this answer has."""

    connections: list[dict[str, Any]]
    total: int


class PostsRead(BaseModel):
    """Posts; `unclear` has the members whose page showed none."""

    posts: list[dict[str, Any]]
    total: int
    unclear: list[str]


class CompanyRead(BaseModel):
    """A company, nested and flat as a profile is."""

    model_config = ConfigDict(extra="allow")

    company: dict[str, Any]
    name: str
    industry: str | None
    employee_count: int | None
    description: str | None
    headquarters: str | None
    logo: str | None


class CompanyPostsRead(BaseModel):
    """A company's posts; `unclear` says that its page showed none."""

    posts: list[dict[str, Any]]
    total: int
    company_urn: str | None
    unclear: bool


def profile(read: JsonObject) -> JsonObject:
    nested = {
        **{name: read[name] for name in _ALIKE},
        "full_name": read["full_name"],
        "first_name": read["first_name"],
        "last_name": read["last_name"],
        "profile_slug": read["vanity"] or read["profile_id"],
        "profile_urn": read["profile_urn"],
        "person_urn": read["person_urn"],
        "degree": read["degree"],
        "positions": read["positions"],
    }
    flat = {name: read[name] for name in _ALIKE}
    return {"profile": nested, "name": read["full_name"], **flat, "experience": read["positions"]}


_ALIKE = (
    "headline",
    "location",
    "about",
    "profile_url",
    "connections",
    "followers",
    "education",
    "skills",
    "incomplete",
)
"""What is called the same in both shapes; the keys beyond `followers` are not documented."""


def profiles(read: JsonObject) -> JsonObject:
    found = [
        {
            "name": each["full_name"],
            "full_name": each["full_name"],
            "headline": each["headline"],
            "location": each["location"],
            "profile_slug": each["vanity"] or each["profile_id"],
            "profile_url": each["profile_url"],
            "profile_urn": each["profile_urn"],
            "connection_degree": each["degree"],
        }
        for each in read["people"]
    ]
    return {"profiles": found, "total": len(found), "cut_short": read["cut_short"]}


def connections(read: JsonObject) -> JsonObject:
    listed = [
        {
            "name": each["full_name"],
            "first_name": each["first_name"],
            "last_name": each["last_name"],
            "headline": each["headline"],
            "public_identifier": each["vanity"],
            "entity_urn": each["profile_urn"],
            "profile_image_url": each["profile_image_url"],
        }
        for each in read["connections"]
    ]
    return {"connections": listed, "total": len(listed)}


def posts(read: JsonObject) -> JsonObject:
    shown = [
        {
            "social_urn": each["post_urn"],
            "post_url": each["post_url"],
            "text": each["text"],
            "author_url": each["author_url"],
            "is_own": each["is_own"],
            "profile_urn": each["profile_urn"],
        }
        for each in read["posts"]
    ]
    return {"posts": shown, "total": len(shown), "unclear": read["unclear"]}


def company(read: JsonObject) -> JsonObject:
    told = {
        **{name: value for name, value in read.items() if name not in {"slug", "logo_url"}},
        "company_slug": read["slug"],
        "logo": read["logo_url"],
    }
    return {"company": told, **told}


def company_posts(read: JsonObject) -> JsonObject:
    shown = [
        {
            "social_urn": each["post_urn"],
            "post_url": each["post_url"],
            "text": each["text"],
            "author_url": each["author_url"],
            "is_own": each["is_own"],
            "company_urn": read["company_urn"],
            "likes": each["reactions"],
            "comments": each["comments"],
            "shares": each["reposts"],
        }
        for each in read["posts"]
    ]
    return {
        "posts": shown,
        "total": len(shown),
        "company_urn": read["company_urn"],
        "unclear": read["unclear"],
    }
