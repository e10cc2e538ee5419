"""Groups: the list of members, and where those are led who are not among them."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from executor.sandbox import search
from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor
from executor.sandbox.people import Person
from executor.sandbox.shell import shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter(prefix="/groups/{number}")

MEMBERS_AT_ONCE = 20
"""Members that the list brings with each scroll (2026-09)."""


@router.get("/")
async def group(number: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show what a group says of itself to those outside."""
    known = stage.world.groups.get(number)
    if known is None:
        return RedirectResponse("/404/", 302)
    told = shell(stage, account, page="group")
    return stage.look.page("group.html", stage.world.language(account), **told, group=known)


@router.get("/members/")
async def members(number: str, account: PageVisitor, stage: OnStage) -> Response:
    """List the members, to members."""
    known = stage.world.groups.get(number)
    if known is None:
        return RedirectResponse("/404/", 302)
    if account.profile not in known.members:
        return RedirectResponse(f"/groups/{number}/", 302)
    told = shell(stage, account, page="group_members")
    told["boot"] |= {"group": number}
    people = (stage.world.people[each] for each in known.members)
    return stage.look.page(
        "group_members.html",
        stage.world.language(account),
        **told,
        group=known,
        rows=[_row(stage, account, person) for person in people if not person.gone],
        piece=MEMBERS_AT_ONCE,
    )


def _row(stage: Stage, account: Account, person: Person) -> dict[str, Any]:
    is_own = person.id == account.profile
    degree = None if is_own else search.degree(stage.world, account, person)
    return {"person": person, "degree": degree}
