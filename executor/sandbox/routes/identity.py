"""Who the account is, and what a profile's facts are, as the web app reads them."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.entry import Caller
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.stage import OnStage, Stage

router = APIRouter(prefix="/voyager/api")


@router.get("/me")
async def me(account: Caller, stage: OnStage) -> JSONResponse:
    """Name the account's own member."""
    owner = stage.world.owner(account)
    mini = f"urn:li:fs_miniProfile:{owner.id}"
    return JSONResponse(
        {
            "data": {
                "plainId": owner.member,
                "premiumSubscriber": account.premium,
                "*miniProfile": mini,
                "$type": "com.linkedin.voyager.common.Me",
            },
            "included": [
                {
                    "$type": "com.linkedin.voyager.identity.shared.MiniProfile",
                    "firstName": owner.first_name,
                    "lastName": owner.last_name,
                    "occupation": owner.headline,
                    "publicIdentifier": owner.vanity,
                    "entityUrn": mini,
                    "dashEntityUrn": owner.urn,
                    "objectUrn": f"urn:li:member:{owner.member}",
                }
            ],
        }
    )


@router.get("/identity/dash/profiles")
async def profiles(request: Request, account: Caller, stage: OnStage) -> Response:
    """Tell a member's facts and relationship, by slug or profile id."""
    person = stage.world.person_at(request.query_params.get("memberIdentity", ""))
    if person is None or person.gone:
        return JSONResponse({"status": 404}, 404)
    tie = stage.world.tie(account, person)
    relationship = f"urn:li:fsd_memberRelationship:{person.id}"
    return JSONResponse(
        {
            "data": {
                "*elements": [person.urn],
                "$type": "com.linkedin.restli.common.CollectionResponse",
            },
            "included": [
                {
                    "$type": "com.linkedin.voyager.dash.identity.profile.Profile",
                    "entityUrn": person.urn,
                    "publicIdentifier": person.vanity,
                    "objectUrn": f"urn:li:member:{person.member}",
                    "firstName": person.first_name,
                    "lastName": person.last_name,
                    "headline": person.headline,
                    "geoLocationName": person.location,
                    "premium": False,
                    "creator": person.creator,
                    "emailRequired": person.email_required,
                    "*memberRelationship": relationship,
                },
                {
                    "$type": ("com.linkedin.voyager.dash.relationships.MemberRelationship"),
                    "entityUrn": relationship,
                    "memberRelationshipUnion": _relationship(stage, account, person, tie),
                },
            ],
        }
    )


def _relationship(stage: Stage, account: Account, person: Person, tie: Tie) -> dict[str, Any]:
    if person.id == account.profile:
        return {"self": {}}
    if tie.relation is Relation.CONNECTED:
        return {"connection": {"createdAt": int(tie.since.timestamp() * 1000)}}
    union: dict[str, Any] = {"noInvitation": {}}
    if tie.relation in (Relation.PENDING, Relation.INCOMING):
        received = tie.relation is Relation.INCOMING
        union = {
            "invitation": {
                "entityUrn": ids.invitation_urn(tie.invitation or ""),
                "inviter": person.urn if received else stage.world.owner(account).urn,
                "invitationType": "RECEIVED" if received else "SENT",
                "invitationState": "PENDING",
            }
        }
    return {
        "noConnection": {
            "memberDistance": f"DISTANCE_{person.distance}",
            "invitationUnion": union,
        }
    }
