"""The invitation's own address and dialog, and the lists of invitations."""

import json
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from executor.sandbox import deeds, ids
from executor.sandbox.accounts import Account
from executor.sandbox.entry import Caller, PageVisitor, path_of
from executor.sandbox.labels import labels
from executor.sandbox.mishaps import deliver_under
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.shell import facts_about, shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()

SENT_PER_PAGE = 10
RECEIVED_PER_PAGE = 10
NOTE_FOLD = 120
"""After how many characters of a note the rest is folded; how many LinkedIn shows is not known."""
_DEAD_ACCEPTS = {"none": 0, "all": 1, "some": 4}
_MODAL = "/preload/custom-invite/modal"
SERVER_REQUESTS = (
    "com.linkedin.sdui.requests.mynetwork.addaInvitationAction",
    "com.linkedin.sdui.requests.mynetwork.addaWithdrawInvitation",
)
"""What React pages call the answer to an invitation, and its withdrawal (2026-06)."""
_NO_DIALOG = (Relation.FOLLOW_ONLY, Relation.INCOMING)


@router.get("/preload/custom-invite/")
@router.get("/preload/search-custom-invite/")
async def custom_invite(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Show a feed on which the invitation's dialog mounts by itself."""
    told = shell(stage, account, page="custom-invite")
    return stage.look.page("custom_invite.html", stage.world.language(account), **told)


@router.get(_MODAL)
async def modal(request: Request, account: Caller, stage: OnStage, vanity: str = "") -> Response:
    """Serve both steps of the dialog; 404 for members whom nobody can invite."""
    world = stage.world
    person = world.person_at(request.query_params.get("vanityName", vanity))
    if person is None or person.gone or person.id == account.profile:
        return Response(status_code=404)
    # The dialog opens even for people already connected: only the profile tells the truth.
    relation = world.tie(account, person).relation
    if relation in _NO_DIALOG:
        return Response(status_code=404)
    limits = world.limits(account)
    left = limits.weekly_invitations_left
    warns = 0 < left <= limits.warn_below
    in_dialog = world.toggles.limit_warning == "in_dialog"
    invitee = {
        "urn": person.urn,
        "name": person.name,
        "slug": person.vanity,
        "warn": warns and not in_dialog,
        "refused": relation is Relation.BLOCKED_REINVITE
        and world.toggles.reinvite_refusal == "page",
    }
    page = stage.look.render(
        "invite_modal.html",
        world.language(account),
        account=account,
        person=person,
        toggles=world.toggles,
        weekly="reached" if left <= 0 else "",
        warned=warns and in_dialog,
        email=person.email_required,
        notes_left=limits.personal_notes_left,
        limit=deeds.note_limit(account),
    )
    return HTMLResponse(page + _fact(invitee))


def _fact(value: Any) -> str:
    text = json.dumps(value).replace("<", "\\u003c")
    return f'<script type="application/json">{text}</script>'


@router.post("/voyager/api/voyagerRelationshipsDashMemberRelationships")
async def member_relationships(
    request: Request, action: str, account: Caller, stage: OnStage
) -> Response:
    """Create an invitation, or end a connection."""
    body = await request.json()
    if action == "removeFromMyConnections":
        person = stage.world.people.get(ids.profile_of(body["connectedMember"]) or "")
        if person is None:
            raise deeds.RefusedError(404)
        stage.world.record(deeds.disconnection(account, person))
        return JSONResponse({"value": {}})
    if action != "verifyQuotaAndCreateV2":
        raise deeds.RefusedError(400)
    urn = body.get("invitee", {}).get("inviteeUnion", {}).get("memberProfile", "")
    invitee = stage.world.people.get(ids.profile_of(urn) or "")
    if invitee is None:
        raise deeds.RefusedError(400)
    note, email = body.get("customMessage"), body.get("inviteeEmail")

    def deliver() -> Response:
        event = deeds.invitation(stage.world, account, invitee, note=note, email=email)
        stage.world.record(event)
        return JSONResponse(_created(invitee, event.invitation), 201)

    fault = stage.faults.take("create_invitation", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


def _created(invitee: Person, invitation: str) -> dict[str, Any]:
    urn = ids.invitation_urn(invitation)
    return {
        "data": {
            "value": {
                # The invitee comes first: the first URN of the answer is not the invitation's.
                "*inviteeUnion": {"memberProfile": invitee.urn},
                "invitationUrn": urn,
            }
        },
        "included": [
            {
                "$type": "com.linkedin.voyager.dash.identity.profile.Profile",
                "entityUrn": invitee.urn,
                "publicIdentifier": invitee.vanity,
            },
            {
                "$type": "com.linkedin.voyager.dash.relationships.invitation.Invitation",
                "entityUrn": urn,
                "invitationState": "PENDING",
            },
        ],
    }


@router.post("/voyager/api/voyagerRelationshipsDashInvitations/{urn}")
async def invitation(
    request: Request, urn: str, action: str, account: Caller, stage: OnStage
) -> Response:
    """Accept, ignore or withdraw one invitation by the older call."""
    return await _change(request, stage, account, urn.rpartition(":")[2], action)


async def server_request(
    request: Request, account: Account, stage: Stage, told: dict[str, Any]
) -> Response:
    """Do the same as a React page asks for it."""
    asked = told["serverRequest"]["requestedArguments"]["payload"]
    deed = asked.get("inviterActionType") or asked.get("inviteeActionType") or ""
    number = asked["invitationUrn"]["invitationId"]
    return await _change(request, stage, account, number, deed.rpartition("_")[2].lower())


async def _change(
    request: Request, stage: Stage, account: Account, number: str, action: str
) -> Response:
    def deliver() -> Response:
        if action == "withdraw":
            stage.world.record(deeds.withdrawal(stage.world, account, number))
        elif action in ("accept", "ignore"):
            accept = action == "accept"
            stage.world.record(deeds.reply(stage.world, account, number, accept=accept))
        else:
            raise deeds.RefusedError(400)
        if request.url.path.startswith("/flagship-web/"):
            return Response(b"0:ok\n", media_type="application/octet-stream")
        return JSONResponse({"data": {"entityUrn": ids.invitation_urn(number)}})

    fault = stage.faults.take("change_invitation", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


@router.get("/flagship-web/rsc-action/withdraw-dialog")
async def withdraw_dialog(request: Request, account: Caller, stage: OnStage) -> Response:
    """Serve the confirmation that comes before a withdrawal."""
    person = stage.world.person_at(request.query_params.get("vanityName", ""))
    if person is None:
        return Response(status_code=404)
    tie = stage.world.tie(account, person)
    if tie.relation is not Relation.PENDING:
        return Response(status_code=404)
    language = stage.world.language(account)
    page = stage.look.render(
        "withdraw_dialog.html", language, person=person, tie=tie, toggles=stage.world.toggles
    )
    return HTMLResponse(page + _fact(facts_about(person)))


@router.get("/mynetwork/")
@router.get("/mynetwork/grow/")
async def network(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Show suggestions, each of which invites at the first click."""
    told = shell(stage, account, page="network")
    received = len(stage.world.related(account, Relation.INCOMING))
    language = stage.world.language(account)
    return stage.look.page("network.html", language, received=received, **told)


@router.get("/mynetwork/invitation-manager/")
async def manager(_account: PageVisitor) -> RedirectResponse:
    """Lead to the received invitations."""
    return RedirectResponse("/mynetwork/invitation-manager/received/", 302)


@router.get("/mynetwork/invitation-manager/{side}/")
async def invitations(side: str, account: PageVisitor, stage: OnStage) -> Response:
    """List received or sent invitations, newest first."""
    if side not in ("received", "sent"):
        return RedirectResponse("/404/", 302)
    relation = Relation.PENDING if side == "sent" else Relation.INCOMING
    rows = _rows(stage, account, relation)
    count = SENT_PER_PAGE if side == "sent" else RECEIVED_PER_PAGE
    told = shell(stage, account, page="invitations")
    told |= {"side": side, "rows": rows[:count], "total": len(rows), "fold": NOTE_FOLD}
    told["boot"]["partners"] = {
        row["tie"].invitation: facts_about(row["person"]) for row in rows[:count]
    }
    return stage.look.page("invitations.html", stage.world.language(account), **told)


@router.post("/flagship-web/mynetwork/invitation-manager/sent")
async def more_sent(account: Caller, stage: OnStage, start: int = 0) -> HTMLResponse:
    """Serve the next cards of the sent list."""
    rows = _rows(stage, account, Relation.PENDING)[start : start + SENT_PER_PAGE]
    language = stage.world.language(account)
    page = stage.look.render(
        "invitation_cards.html", language, rows=rows, side="sent", toggles=stage.world.toggles
    )
    return HTMLResponse(Markup(page))  # noqa: S704 - rendered by an escaping template


def _rows(stage: Stage, account: Account, relation: Relation) -> list[dict[str, Any]]:
    language = stage.world.language(account)
    every = _DEAD_ACCEPTS[stage.world.toggles.dead_accepts]
    return [
        {
            "person": person,
            "tie": tie,
            "ago": _ago(tie, language),
            "follows": relation is Relation.INCOMING and every and person.member % every == 0,
        }
        for person, tie in stage.world.related(account, relation)
    ]


def _ago(tie: Tie, language: str) -> str:
    age = datetime.now(UTC) - tie.since
    words = labels(language)
    if age.days >= _MONTH:
        return words("ago_months", n=age.days // _MONTH)
    if age.days >= _WEEK:
        return words("ago_weeks", n=age.days // _WEEK)
    if age.days:
        return words("ago_days", n=age.days)
    return words("ago_moments") if age.seconds < _HOUR else words("ago_today")


_MONTH, _WEEK, _HOUR = 30, 7, 3600
