"""Find the conversations that the account has with somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import Person, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
_MOST = 20


class FindConversationInput(StrictModel):
    """With whom."""

    person: Person


class FindConversationOutput(StrictModel):
    """Where the two have written to each other."""

    profile_id: str
    profile_urn: str
    conversation_urns: list[str]
    """The one with the newest message first; there may be several with one person (2026-08)."""
    complete: bool
    """Whether the list was followed to its end; if not, there may be more."""


class FindConversation(Action[FindConversationInput, FindConversationOutput]):
    """Look through the inbox for somebody, opening nothing but their profile.

    The profile is opened only to learn the id of a person who is named by vanity.
    """

    task_type = "find_conversation"
    input_model = FindConversationInput
    output_model = FindConversationOutput

    def extra_time(self, order: FindConversationInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FindConversationInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FindConversationOutput]:
        profile_id = order.person.profile_id
        if profile_id is None:
            profile_id = (await linkedin.open_profile(order.person)).member.profile_id
        found = await linkedin.read_inbox(
            count=_MOST,
            behind=None,
            wanted=lambda each: any(who.profile_id == profile_id for who in each.participants),
        )
        output = FindConversationOutput(
            profile_id=profile_id,
            profile_urn=profile_urn(profile_id),
            conversation_urns=[each.conversation_urn for each in found.conversations],
            complete=found.next is None,
        )
        return Done(output=output, evidence={"method": "answer"})
