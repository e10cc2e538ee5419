"""The messaging page: which pane each of its addresses opens."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from executor.sandbox import deeds, ids
from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor
from executor.sandbox.people import Person
from executor.sandbox.routes.mailbox import gate
from executor.sandbox.shell import partner, shell
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.threads import Thread

router = APIRouter(prefix="/messaging")


@router.get("/")
async def inbox(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Show the inbox, which opens its first conversation by itself."""
    return _page(stage, account, {"kind": "inbox", "partner": None})


@router.get("/compose/")
@router.get("/thread/new/")
async def compose(request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Show a new message to the `recipient`, an id or a URN, or to nobody yet."""
    wanted = request.query_params.get("recipient", "")
    person = stage.world.people.get(ids.profile_of(wanted) or wanted)
    if person is None or person.gone:
        return _page(stage, account, {"kind": "compose", "partner": None})
    shut = gate(stage, account, person, stage.world.thread_with(account, person.id))
    if shut == "premium_redirect":
        return RedirectResponse("/premium/products/?upsellOrderOrigin=premium_messaging", 302)
    if stage.world.toggles.compose_opens == "overlay":
        return _overlay(stage, account, person)
    return _page(stage, account, _route(stage, account, person, "compose"))


@router.get("/thread/{thread_id}/")
@router.get("/thread/{thread_id}")
async def thread(thread_id: str, account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Show one conversation."""
    known = stage.world.thread(account, thread_id)
    if known is None or stage.world.toggles.thread_links_fail:
        return _page(stage, account, {"kind": "broken", "partner": None})
    person = stage.world.people[known.person]
    return _page(stage, account, _route(stage, account, person, "thread", known))


def _route(
    stage: Stage, account: Account, person: Person, kind: str, thread: Thread | None = None
) -> dict[str, Any]:
    known = thread or stage.world.thread_with(account, person.id)
    told = partner(stage, account, person)
    told["conversationUrn"] = ids.conversation_urn(account.profile, known.id) if known else None
    told["starred"] = known.starred if known else False
    told["gate"] = gate(stage, account, person, known)
    told["inmail"] = _inmail(stage, account, person)
    told["draft"] = stage.world.draft(account, person.id)
    told["draftFiles"] = [each.wire for each in stage.world.draft_files(account, person.id)]
    return {"kind": kind, "partner": told}


def _inmail(stage: Stage, account: Account, person: Person) -> dict[str, Any]:
    """Tell what stands above an InMail's box."""
    left = stage.world.limits(account).inmail_credits
    if deeds.inmail_terms(stage.world, account, person) == "free":
        return {"words": "inmail_free"}
    return {"words": "inmail_cost" if left else "no_credits", "n": left}


def _overlay(stage: Stage, account: Account, person: Person) -> HTMLResponse:
    told = shell(stage, account, page="feed")
    told["boot"] |= {"bubble": {"id": person.id}}
    return stage.look.page("feed.html", stage.world.language(account), **told)


def _page(stage: Stage, account: Account, route: dict[str, Any]) -> HTMLResponse:
    told = shell(stage, account, page="messaging")
    told["boot"] |= {"route": route, "bubble": None}
    return stage.look.page("messaging.html", stage.world.language(account), **told)
