"""List the acting account's own connections."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import profile_address, profile_urn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

CONNECTIONS_MAX = 100
"""Most connections in one answer (OutX's documented ceiling)."""
USUAL_CONNECTIONS = 40
FARTHEST_START = 10_000


class FetchConnectionsInput(StrictModel):
    """Which of them to list."""

    keyword: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    """Words that must be in the name."""
    sort: Literal["recently_added"] = "recently_added"
    """The newest first, as LinkedIn lists them by itself (2026)."""
    start: Annotated[int, Field(ge=0, le=FARTHEST_START)] = 0
    """How many to pass over; the list is read from its beginning each time."""
    count: Annotated[int, Field(ge=1, le=CONNECTIONS_MAX)] = USUAL_CONNECTIONS


class Connection(StrictModel):
    """A 1st-degree connection; null is what the list does not tell."""

    profile_id: str
    profile_urn: str
    vanity: str | None
    profile_url: str
    full_name: str
    first_name: str
    """The name's first word: the list tells no parts."""
    last_name: str
    headline: str | None
    profile_image_url: str | None


class FetchConnectionsOutput(StrictModel):
    """Connections, the newest first."""

    connections: list[Connection]
    complete: bool
    """Whether the list was followed for as long as was asked for."""


class FetchConnections(Action[FetchConnectionsInput, FetchConnectionsOutput]):
    """Scroll through the list of connections until there are enough of them."""

    task_type = "fetch_connections"
    input_model = FetchConnectionsInput
    output_model = FetchConnectionsOutput

    def extra_time(self, order: FetchConnectionsInput) -> timedelta:
        return timedelta(seconds=30 + (order.start + order.count) / 20)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchConnectionsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchConnectionsOutput]:
        people, complete = await linkedin.read_connections(
            keyword=order.keyword or "", start=order.start, count=order.count
        )
        connections = [
            Connection(
                profile_id=each.profile_id,
                profile_urn=profile_urn(each.profile_id),
                vanity=each.vanity,
                profile_url=profile_address(each.vanity or each.profile_id),
                full_name=each.name,
                first_name=each.name.partition(" ")[0],
                last_name=each.name.partition(" ")[2],
                headline=each.headline,
                profile_image_url=each.image_url,
            )
            for each in people
            if each.profile_id is not None
        ]
        output = FetchConnectionsOutput(connections=connections, complete=complete)
        return Done(output=output, evidence={"method": "page"})
