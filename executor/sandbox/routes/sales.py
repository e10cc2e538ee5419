"""Sales Navigator's pages: its inbox, one conversation of it, and the page of a lead."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor
from executor.sandbox.labels import labels
from executor.sandbox.people import Person
from executor.sandbox.sales_deeds import lead_in, terms
from executor.sandbox.shell import shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter(prefix="/sales")


@router.get("/inbox/")
async def inbox(account: PageVisitor, stage: OnStage) -> Response:
    """Show the list, and the credits that are left."""
    return _page(stage, account, thread=None)


@router.get("/inbox/{thread_id}/")
@router.get("/inbox/{thread_id}")
async def thread(thread_id: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show one conversation beside the list."""
    known = stage.world.thread(account, thread_id, sales=True)
    if known is None and stage.world.toggles.sales_thread_missing == "inbox":
        return RedirectResponse("/sales/inbox/", 302)
    return _page(stage, account, thread=thread_id)


@router.get("/people/{lead}/")
async def found(lead: str, account: PageVisitor, stage: OnStage) -> Response:
    """Lead to where a member's page is today (2026-09-30)."""
    person = lead_in(stage.world, lead)
    if person is None or person.gone:
        return RedirectResponse("/404/", 302)
    return _unless_shut(stage, account) or RedirectResponse(
        f"/sales/lead/{ids.sales_lead(person.id)}", 302
    )


@router.get("/lead/{lead}")
async def lead(lead: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show a member, with a dialog in which to write."""
    person = lead_in(stage.world, lead)
    if person is None or person.gone:
        return RedirectResponse("/404/", 302)
    if shut := _unless_shut(stage, account):
        return shut
    told: dict[str, Any] = shell(stage, account, page="sales_lead", apart_from=person.id)
    strangers = told["strangers"]["connectable"]
    asked = terms(stage.world, account, person)
    told["boot"] |= {"bubble": None, "lead": _lead(stage, account, person, strangers)}
    return stage.look.page(
        "sales_lead.html",
        stage.world.language(account),
        person=person,
        lead=ids.sales_lead(person.id),
        similar=[{"name": each.name, "lead": ids.sales_lead(each.id)} for each in strangers],
        subject=asked in {"free", "credit"} and not told["boot"]["lead"]["thread"],
        cost=_cost(stage, account, person),
        **told,
    )


def _lead(
    stage: Stage, account: Account, person: Person, strangers: list[Person]
) -> dict[str, Any]:
    """Tell the dialog's script about the other side."""
    mailbox = stage.world.mailbox(account, sales=True)
    thread = next((each for each in mailbox if each.person == person.id), None)
    asked = terms(stage.world, account, person)
    is_broke = asked == "credit" and stage.world.limits(account).inmail_credits < 1
    another = strangers[0] if strangers else stage.world.owner(account)
    return {
        "urn": ids.sales_profile_urn(person.id),
        "another": ids.sales_profile_urn(another.id),
        "thread": thread.id if thread else None,
        "gate": "closed" if asked is None else "none_left" if is_broke and not thread else "open",
        "messages": [
            {
                "author": stage.world.people[each.sender].name,
                "text": each.text,
                "at": int(each.at.timestamp() * 1000),
                "subject": each.subject,
            }
            for each in (thread.messages if thread else ())
        ],
    }


def _cost(stage: Stage, account: Account, person: Person) -> str:
    words = labels(stage.world.language(account))
    match terms(stage.world, account, person):
        case "credit":
            return words("inmail_cost", n=stage.world.limits(account).inmail_credits)
        case "free":
            return words("sales_open_profile")
        case _:
            return ""


def _unless_shut(stage: Stage, account: Account) -> Response | None:
    """Return what stands in the way of every page; who has not paid is led to where it is sold."""
    if not account.sales_navigator:
        return RedirectResponse("/premium/products/?upsellOrderOrigin=sales_navigator", 302)
    if stage.world.toggles.sales_contracts:
        return stage.look.page("sales_contracts.html", stage.world.language(account))
    return None


def _page(stage: Stage, account: Account, *, thread: str | None) -> Response:
    """Show the inbox."""
    if shut := _unless_shut(stage, account):
        return shut
    told: dict[str, Any] = shell(stage, account, page="sales")
    language = stage.world.language(account)
    told["boot"] |= {"thread": thread, "bubble": None}
    left = stage.world.limits(account).inmail_credits
    return stage.look.page("sales_inbox.html", language, left=left, **told)
