"""Single posts: their page, and what it asks of the server."""

import re
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from executor.sandbox import post_deeds
from executor.sandbox.accounts import Account
from executor.sandbox.companies import Company
from executor.sandbox.deeds import RefusedError
from executor.sandbox.entry import Caller, PageVisitor, path_of
from executor.sandbox.events import CommentCreated, ReactionCreated, ReactionDeleted, now
from executor.sandbox.mishaps import deliver_under
from executor.sandbox.people import Person
from executor.sandbox.posts import Comment, Post
from executor.sandbox.shell import shell
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.world import World

router = APIRouter()

_DECOYS = 2
_PER_PAGE = 20
_THREADS_AT_ONCE = 10
"""Comments that a page shows at first, and with each time that it brings more (2026-08-05)."""
_QUERY = "voyagerSocialDashReactions."


@router.get("/posts/{slug}")
@router.get("/posts/{slug}/")
async def shared_address(slug: str, _account: PageVisitor) -> RedirectResponse:
    """Lead from the address that members share to the post."""
    found = re.search(r"-(activity|ugcPost|share)-(\d+)-", slug)
    target = f"/feed/update/urn:li:{found[1]}:{found[2]}/" if found else "/404/"
    return RedirectResponse(target, 302)


@router.get("/feed/update/{urn}/")
@router.get("/feed/update/{urn}")
async def post(urn: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show one post, with others below it."""
    world = stage.world
    language = world.language(account)
    found = world.posts.get(urn)
    told = shell(stage, account, page="post")
    if found is None:
        if world.toggles.post_missing == "not_found":
            return RedirectResponse("/404/", 302)
        return stage.look.page("post_gone.html", language, **told)
    told["boot"]["post"] = found.urn
    others = world.posts.others(found.urn, _DECOYS) if world.toggles.decoys else []
    template = "post.html" if world.toggles.post_generation == "sdui" else "post_ember.html"
    return stage.look.page(
        template,
        language,
        row=post_row(stage, account, found),
        others=[post_row(stage, account, other) for other in others],
        **told,
    )


@router.get("/in/{wanted}/recent-activity/all/")
@router.get("/in/{wanted}/recent-activity/all")
async def activity(wanted: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show what a member has posted, newest first."""
    world = stage.world
    person = world.person_at(wanted)
    if person is None or person.gone:
        return RedirectResponse("/404/", 302)
    return post_list(stage, account, person, at_once=_PER_PAGE)


def post_list(
    stage: Stage, account: Account, owner: Person | Company, *, at_once: int
) -> HTMLResponse:
    """Show what a member or a company has posted, so many at first and with each scroll."""
    world = stage.world
    own = [post_row(stage, account, each) for each in world.posts.written_by(owner.id)]
    decoys = world.posts.others("", _DECOYS + len(own)) if world.toggles.decoys else []
    template = "activity.html" if world.toggles.post_generation == "sdui" else "activity_ember.html"
    return stage.look.page(
        template,
        world.language(account),
        name=owner.name,
        rows=own[:at_once],
        later=[own[first : first + at_once] for first in range(at_once, len(own), at_once)],
        others=[post_row(stage, account, each) for each in decoys if each.author != owner.id],
        **shell(stage, account, page="activity"),
    )


def post_row(stage: Stage, account: Account, post: Post) -> dict[str, Any]:
    """Gather what the templates tell of a post."""
    world = stage.world
    reaction = world.posts.reaction(account.id, post.urn)
    threads = [
        {**_shown(world, first), "replies": [_shown(world, each) for each in replies]}
        for first, replies in post.threads()
    ]
    return {
        "post": post,
        "author": _byline(world.author(post)),
        "reaction": reaction,
        "count": post.reactions + (reaction is not None),
        "original": world.posts.get(post.original) if post.original else None,
        "threads": threads[:_THREADS_AT_ONCE],
        "later_threads": [
            threads[first : first + _THREADS_AT_ONCE]
            for first in range(_THREADS_AT_ONCE, len(threads), _THREADS_AT_ONCE)
        ],
    }


def _shown(world: World, comment: Comment) -> dict[str, Any]:
    return {
        "comment": comment,
        "writer": _byline(world.author(comment)),
        "age": f"{(now() - comment.at).days}d",
    }


def _byline(author: Person | Company) -> dict[str, str]:
    if isinstance(author, Company):
        return {
            "id": author.id,
            "name": author.name,
            "line": author.tagline,
            "path": f"/company/{quote(author.slug, safe='')}/posts",
        }
    return {
        "id": author.id,
        "name": author.name,
        "line": author.headline,
        "path": f"/in/{quote(author.vanity, safe='')}/",
    }


@router.get("/voyager/api/graphql")
async def reactions(_account: Caller) -> JSONResponse:
    """Serve who has reacted; the read has the same name as the write."""
    return JSONResponse({"data": {"socialDashReactionsByReactionType": {"elements": []}}})


@router.post("/voyager/api/graphql")
async def execute(request: Request, account: Caller, stage: OnStage) -> Response:
    """Give or take back a reaction."""
    if not request.query_params.get("queryId", "").startswith(_QUERY):
        raise RefusedError(400)
    told = (await request.json()).get("variables", {})
    wanted = told.get("entity", {}).get("reactionType")
    return await _react(request, stage, account, told.get("threadUrn", ""), wanted)


@router.post("/voyager/api/voyagerSocialDashReactions")
async def legacy(
    request: Request,
    account: Caller,
    stage: OnStage,
    threadUrn: str,  # noqa: N803 - LinkedIn's spelling
    action: str = "create",
) -> Response:
    """Do the same by the older call."""
    told = await request.json()
    wanted = told.get("reactionType") if action == "create" else None
    return await _react(request, stage, account, threadUrn, wanted)


@router.post("/voyager/api/voyagerSocialDashNormComments")
async def comments(request: Request, account: Caller, stage: OnStage) -> Response:
    """Take a comment."""
    told = await request.json()
    return await _comment(
        request, stage, account, told.get("threadUrn", ""), told.get("commentary", {}).get("text")
    )


async def server_request(
    request: Request, sduiid: str, account: Account, stage: Stage, told: dict[str, Any]
) -> Response:
    """Do the same as a React page asks for it; 400 for actions of other pages."""
    urn = told.get("threadUrn", "")
    if sduiid.endswith("reactions.create"):
        return await _react(request, stage, account, urn, told.get("reactionType"))
    if sduiid.endswith("reactions.delete"):
        return await _react(request, stage, account, urn, None)
    if sduiid.endswith("comments.createComment"):
        return await _comment(request, stage, account, urn, told.get("text"))
    return Response(status_code=400)


async def _react(
    request: Request, stage: Stage, account: Account, urn: str, wanted: str | None
) -> Response:
    def deliver() -> Response:
        event: ReactionCreated | ReactionDeleted
        if wanted is None:
            event = post_deeds.withdrawal(stage.world, account, urn)
        else:
            event = post_deeds.reaction(stage.world, account, urn, wanted)
        stage.world.record(event)
        return _answered(request, event, made=wanted is not None)

    fault = stage.faults.take("create_reaction", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


async def _comment(
    request: Request, stage: Stage, account: Account, urn: str, text: str | None
) -> Response:
    def deliver() -> Response:
        event = post_deeds.comment(stage.world, account, urn, text or "")
        stage.world.record(event)
        return _answered(request, event, made=True)

    fault = stage.faults.take("create_comment", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


def _answered(
    request: Request, event: ReactionCreated | ReactionDeleted | CommentCreated, *, made: bool
) -> Response:
    stage: Stage = request.app.state.stage
    urn = event.post
    if isinstance(event, CommentCreated):
        known = stage.world.posts.get(event.post)
        urn = known.comment_urn(event.comment) if known else ""
    if request.url.path.startswith("/flagship-web/"):
        return Response(f"0:ok\n1:{urn}\n".encode(), media_type="application/octet-stream")
    if request.url.path.endswith("/graphql"):
        return JSONResponse({"data": {"doSocialDashReactions": {"resourceKey": urn}}})
    if isinstance(event, CommentCreated):
        return JSONResponse({"data": {"urn": urn, "commentary": {"text": event.text}}}, 201)
    return Response(status_code=201) if made else JSONResponse({"value": {}})
