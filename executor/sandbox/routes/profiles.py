"""Profiles and the feed."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from executor.sandbox import resumes
from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor, signed_in
from executor.sandbox.labels import labels
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.shell import facts_about, shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()

_DETAILS = {
    "experience": "ExperienceDetailsSection",
    "education": "EducationDetailsSection",
    "skills": "SkillDetailsSection",
}
"""Sections that have a page of their own, and the end of its card's key."""


@router.get("/feed/")
async def feed(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Show a feed with strangers in its rail."""
    language = stage.world.language(account)
    return stage.look.page("feed.html", language, **shell(stage, account, page="feed"))


@router.get("/preload/")
async def preload(stage: OnStage) -> HTMLResponse:
    """Fill the hidden frame of every React page."""
    return stage.look.page("preload.html", "en")


@router.get("/404/")
async def not_found(request: Request, stage: OnStage) -> HTMLResponse:
    """Say that there is no such page."""
    language = stage.world.language(signed_in(stage, request))
    return stage.look.page("not_found.html", language, status=404)


@router.get("/premium/")
@router.get("/premium/products/")
async def premium(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Offer Premium."""
    return stage.look.page("premium.html", stage.world.language(account))


@router.get("/in/me/")
@router.get("/in/me")
async def me(request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Lead to the account's own profile, or show it here."""
    owner = stage.world.owner(account)
    if stage.world.toggles.me_redirects:
        return RedirectResponse(f"/in/{quote(owner.vanity)}/", 302)
    return _page(request, stage, account, owner)


@router.get("/in/{wanted}/")
@router.get("/in/{wanted}")
async def profile(wanted: str, request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Show the member with this slug or profile id; other spellings redirect to the slug."""
    person = stage.world.person_at(wanted)
    if stage.world.toggles.commercial_limit and wanted != stage.world.owner(account).vanity:
        return RedirectResponse("/mynetwork/", 302)
    if person is None or person.gone:
        return RedirectResponse("/404/", 302)
    suffix = "?isSelfProfile=false" if stage.world.toggles.self_profile_suffix else ""
    if wanted == person.id and stage.world.toggles.ids_stay:
        return _page(request, stage, account, person)
    at_home = wanted == person.vanity and request.url.path.endswith("/")
    if not at_home or (suffix and "isSelfProfile" not in request.query_params):
        return RedirectResponse(f"/in/{quote(person.vanity)}/{suffix}", 302)
    return _page(request, stage, account, person)


@router.get("/in/{wanted}/details/{section}/")
@router.get("/in/{wanted}/details/{section}")
async def details(wanted: str, section: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show everything of one section."""
    person = stage.world.person_at(wanted)
    if person is None or person.gone or section not in _DETAILS:
        return RedirectResponse("/404/", 302)
    language = stage.world.language(account)
    sdui = stage.world.toggles.generation == "sdui"
    return stage.look.page(
        "profile_details.html" if sdui else "profile_details_ember.html",
        language,
        **shell(stage, account, page="profile-details", apart_from=person.id),
        person=person,
        section=section,
        key=_DETAILS[section],
        piece=resumes.PIECE,
        items=resumes.worded(resumes.resume(person), labels(language))[section],
    )


def _page(request: Request, stage: Stage, account: Account, person: Person) -> Response:
    world = stage.world
    told = shell(stage, account, page="profile", apart_from=person.id)
    told |= _card(stage, account, person)
    told["boot"] |= {
        "person": {
            "urn": person.urn,
            "vanity": person.vanity,
            "invitation": told["tie"].invitation,
            "facts": facts_about(person),
            "following": told["following"],
        },
        "actions": stage.look.hashed("actions"),
    }
    told |= {"person": person, "origin": str(request.base_url).rstrip("/")}
    others = [each for group in told["strangers"].values() for each in group[:1]]
    told["resume"] = resumes.worded(resumes.resume(person), labels(world.language(account)))
    told["limits"] = resumes.SHOWN
    # Whose page it is stands between others: the first member in the page's data is not it.
    told["embedded"] = [_embedded(each) for each in (world.owner(account), person, *others)]
    template = "profile.html" if world.toggles.generation == "sdui" else "profile_ember.html"
    return stage.look.page(template, world.language(account), **told)


def _embedded(person: Person) -> dict[str, Any]:
    """Write a member as the classic page's own data has it."""
    return {
        "$type": "com.linkedin.voyager.dash.identity.profile.Profile",
        "entityUrn": person.urn,
        "objectUrn": f"urn:li:member:{person.member}",
        "publicIdentifier": person.vanity,
        "firstName": person.first_name,
        "lastName": person.last_name,
    }


def _card(stage: Stage, account: Account, person: Person) -> dict[str, Any]:
    """Decide what the top card shows of the tie between *account* and *person*."""
    world = stage.world
    tie = world.tie(account, person)
    shown = relation_shown(stage, tie)
    connected = shown is Relation.CONNECTED
    invitable = shown in (Relation.CONNECTABLE, Relation.PENDING)
    return {
        "tie": tie,
        "shown": shown,
        "following": world.follows(account, person),
        "own": person.id == account.profile,
        "degree": 1 if connected else person.distance,
        "offers_message": connected
        or (person.open_profile and shown is not Relation.INCOMING)
        or (account.premium and shown is Relation.CONNECTABLE),
        "in_card": not person.creator and not world.toggles.controls_in_more,
        "follow_first": shown is Relation.FOLLOW_ONLY or (person.creator and invitable),
    }


def relation_shown(stage: Stage, tie: Tie) -> Relation:
    """Say what profiles show of *tie*: the former relation for as long as the toggle asks."""
    age = (datetime.now(UTC) - tie.since).total_seconds()
    if tie.before is not None and age < stage.world.toggles.relation_lag_seconds:
        return tie.before
    return tie.relation
