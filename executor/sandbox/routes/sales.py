"""Sales Navigator: the head of its inbox."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from executor.sandbox.entry import PageVisitor
from executor.sandbox.stage import OnStage

router = APIRouter(prefix="/sales")


@router.get("/inbox/")
async def inbox(account: PageVisitor, stage: OnStage) -> Response:
    """Show the credits that are left; who has not paid for it is led to where it is sold."""
    if not account.sales_navigator:
        return RedirectResponse("/premium/products/?upsellOrderOrigin=sales_navigator", 302)
    return stage.look.page(
        "sales_inbox.html",
        stage.world.language(account),
        left=stage.world.limits(account).inmail_credits,
    )
