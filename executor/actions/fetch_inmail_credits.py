"""Look how many InMails the account may still send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchInmailCreditsInput(StrictModel):
    """Nothing has to be said."""


class FetchInmailCreditsOutput(StrictModel):
    """What the account has; null is what LinkedIn's pages do not tell."""

    profile_urn: str | None
    """The account's own."""
    vanity: str | None
    has_premium: bool | None
    has_sales_navigator: bool
    credits: int | None
    """Zero without Premium; null with a Premium whose credits only an InMail's box shows."""


class FetchInmailCredits(Action[FetchInmailCreditsInput, FetchInmailCreditsOutput]):
    """Read what LinkedIn says of Premium, and Sales Navigator's count of credits."""

    task_type = "fetch_inmail_credits"
    input_model = FetchInmailCreditsInput
    output_model = FetchInmailCreditsOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchInmailCreditsInput,  # noqa: ARG002 - it asks for nothing
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchInmailCreditsOutput]:
        standing = await linkedin.read_standing()
        own = standing.own
        has_premium = own.has_premium if own else None
        is_free = has_premium is False and not standing.has_sales_navigator
        output = FetchInmailCreditsOutput(
            profile_urn=profile_urn(own.profile_id) if own and own.profile_id else None,
            vanity=own.vanity if own else None,
            has_premium=has_premium,
            has_sales_navigator=standing.has_sales_navigator,
            credits=0 if is_free else standing.inmail_credits,
        )
        return Done(output=output, evidence={"method": "page"})
