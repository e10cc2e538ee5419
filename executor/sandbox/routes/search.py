"""People search, content search, and the list of connections."""

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from executor.sandbox import search
from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor
from executor.sandbox.labels import labels
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.routes.posts import post_row
from executor.sandbox.shell import shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()

_ABOVE_NOTICE = 3
_POSTS_AT_ONCE = 3
"""Posts that content search asks for at a time (2026)."""
CONTACTS_AT_ONCE = 40
"""Contacts that the list of connections brings with each scroll (2026-06)."""


@router.get("/search/results/people/")
async def people(request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Show one page of results; each look counts against the commercial-use limit."""
    world, asked = stage.world, request.query_params
    page = int(asked.get("page", "1"))
    limited = page > world.toggles.search_pages_allowed
    if limited and world.toggles.search_limit == "redirect":
        return RedirectResponse("/mynetwork/", 302)
    everybody = search.found(
        world,
        account,
        keywords=asked.get("keywords", ""),
        places=_numbers(asked.get("geoUrn")),
        companies=_numbers(asked.get("currentCompany")),
        network=json.loads(asked.get("network", "[]")),
    )
    first = (page - 1) * search.PER_PAGE
    at_once = search.PER_PAGE
    if limited:
        at_once = _ABOVE_NOTICE if world.toggles.search_limit == "partial" else 0
    shown = everybody[first : first + at_once]
    told = shell(stage, account, page="search")
    told["boot"] |= {"actionRow": stage.look.hashed("search-actions")}
    return stage.look.page(
        "search.html",
        world.language(account),
        **told,
        rows=[_row(stage, account, person) for person in shown],
        limited=limited,
        page=page,
        more=not limited and first + search.PER_PAGE < len(everybody),
        next="?" + urlencode({**asked, "page": page + 1}),
    )


@router.get("/search/results/content/")
async def content(request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Show the posts that fit, a few at first and with each scroll (2026)."""
    world, asked = stage.world, request.query_params
    limited = world.toggles.search_pages_allowed == 0
    if limited and world.toggles.search_limit == "redirect":
        return RedirectResponse("/mynetwork/", 302)
    fitting = search.posts(
        world,
        keywords=asked.get("keywords", ""),
        posted=_only(asked.get("datePosted")),
        sort=_only(asked.get("sortBy")),
    )
    if limited:
        fitting = fitting[:_ABOVE_NOTICE] if world.toggles.search_limit == "partial" else []
    rows = [post_row(stage, account, each) for each in fitting]
    told = shell(stage, account, page="content_search")
    is_classic = world.toggles.post_generation == "ember"
    connected = told["strangers"]["connected"]
    return stage.look.page(
        "content_search_ember.html" if is_classic else "content_search.html",
        world.language(account),
        **told,
        rows=rows[:_POSTS_AT_ONCE],
        later=[
            rows[first : first + _POSTS_AT_ONCE]
            for first in range(_POSTS_AT_ONCE, len(rows), _POSTS_AT_ONCE)
        ],
        limited=limited,
        liker=connected[0] if connected else None,
    )


def _only(facet: str | None) -> str:
    """Read a filter, a JSON list of one word; others are ignored."""
    listed = json.loads(facet) if facet else []
    return listed[0] if len(listed) == 1 else ""


def _numbers(facet: str | None) -> list[str]:
    """Read a facet, a JSON list of numbers; names are ignored."""
    listed = json.loads(facet) if facet else []
    return [each for each in listed if each.isdigit()]


def _row(stage: Stage, account: Account, person: Person) -> dict[str, Any]:
    relation = stage.world.tie(account, person).relation
    mutual = stage.world.related(account, Relation.CONNECTED)[:1]
    return {
        "person": person,
        "relation": relation,
        "degree": search.degree(stage.world, account, person),
        "mutual": [each for each, _ in mutual if each.id != person.id],
    }


@router.get("/mynetwork/invite-connect/connections/")
async def connections(account: PageVisitor, stage: OnStage) -> Response:
    """List the account's connections, the newest first."""
    world = stage.world
    language = world.language(account)
    rows = [
        {"person": person, "since": _day(tie, language)}
        for person, tie in world.related(account, Relation.CONNECTED)
        if not person.gone
    ]
    return stage.look.page(
        "connections.html",
        language,
        **shell(stage, account, page="connections"),
        rows=rows,
        piece=CONTACTS_AT_ONCE,
    )


def _day(tie: Tie, language: str) -> str:
    words = labels(language)
    month = words("months").split()[tie.since.month - 1]
    return f"{month} {tie.since.day}, {tie.since.year}"
