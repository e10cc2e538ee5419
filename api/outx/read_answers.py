"""What clients get of what was read: OutX's names for it, in every shape that they look for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from executor.actions import FetchConnections, FetchProfile, FetchProfilesPosts, SearchProfiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def _profile(read: JsonObject) -> JsonObject:
    profile = {
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
    return {"profile": profile, "name": read["full_name"], **flat, "experience": read["positions"]}


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


def _profiles(read: JsonObject) -> JsonObject:
    profiles = [
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
    return {"profiles": profiles, "total": len(profiles), "cut_short": read["cut_short"]}


def _connections(read: JsonObject) -> JsonObject:
    connections = [
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
    return {"connections": connections, "total": len(connections)}


def _posts(read: JsonObject) -> JsonObject:
    posts = [
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
    return {"posts": posts, "total": len(posts), "unclear": read["unclear"]}


READS: Mapping[str, Callable[[JsonObject], JsonObject]] = MappingProxyType(
    {
        FetchProfile.task_type: _profile,
        SearchProfiles.task_type: _profiles,
        FetchConnections.task_type: _connections,
        FetchProfilesPosts.task_type: _posts,
    }
)
"""By our task type, what makes OutX's output of ours."""
