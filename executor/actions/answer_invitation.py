"""Accept or ignore an invitation that somebody has sent to the account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Write
from executor.pace import Pace
from executor.person import Person

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class AnswerInvitationInput(BaseModel):
    """Whose invitation to answer, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    inviter: Person
    answer: Literal["accept", "ignore"]


class AnswerInvitationOutput(BaseModel):
    """Whose invitation was answered."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    inviter_profile_id: str
    answer: Literal["accept", "ignore"]
    already_connected: bool
    """If so, nothing was clicked."""


class AnswerInvitation(Write[AnswerInvitationInput, AnswerInvitationOutput]):
    """Press Accept or Ignore in the list of received invitations, or on the inviter's profile.

    Ignoring tells the inviter nothing. Accepting somebody who is connected already is done without
    a click.
    """

    task_type = "answer_invitation"
    input_model = AnswerInvitationInput
    output_model = AnswerInvitationOutput
    # Nobody has measured a limit. An acceptance makes a connection, as an invitation does.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=50)

    def content(self, order: AnswerInvitationInput) -> Content:
        return Content(target=order.inviter, text=order.answer)

    async def perform(
        self, linkedin: LinkedIn, order: AnswerInvitationInput, attempt: Attempt
    ) -> Done[AnswerInvitationOutput]:
        profile = await linkedin.open_profile(order.inviter)
        inviter = profile.member.profile_id
        answer = await linkedin.open_answer(profile, accept=order.answer == "accept")
        if answer is None:
            seen = {"method": "page", "relationship": "connected"}
            return _done(inviter, order, seen, already_connected=True)
        return _done(inviter, order, await answer.submit(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: AnswerInvitationInput, baseline: JsonObject
    ) -> Done[AnswerInvitationOutput] | None:
        evidence = await linkedin.find_answer(baseline, accept=order.answer == "accept")
        inviter = baseline["member"]["profile_id"]
        return None if evidence is None else _done(inviter, order, evidence)


def _done(
    inviter: str,
    order: AnswerInvitationInput,
    evidence: JsonObject,
    *,
    already_connected: bool = False,
) -> Done[AnswerInvitationOutput]:
    return Done(
        output=AnswerInvitationOutput(
            inviter_profile_id=inviter,
            answer=order.answer,
            already_connected=already_connected,
        ),
        evidence=evidence,
    )
