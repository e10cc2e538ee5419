"""Sales Navigator's pages: its inbox, and one conversation of it."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from executor.sandbox.accounts import Account
from executor.sandbox.entry import PageVisitor
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


def _page(stage: Stage, account: Account, *, thread: str | None) -> Response:
    """Show the inbox; who has not paid for it is led to where it is sold."""
    if not account.sales_navigator:
        return RedirectResponse("/premium/products/?upsellOrderOrigin=sales_navigator", 302)
    told: dict[str, Any] = shell(stage, account, page="sales")
    language = stage.world.language(account)
    if stage.world.toggles.sales_contracts:
        return stage.look.page("sales_contracts.html", language)
    told["boot"] |= {"thread": thread, "bubble": None}
    left = stage.world.limits(account).inmail_credits
    return stage.look.page("sales_inbox.html", language, left=left, **told)
