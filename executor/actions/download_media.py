"""Fetch a file that came with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Action, Done
from executor.documented import describe_attributes
from executor.media import MediaUrl

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

_STRICT = ConfigDict(
    frozen=True, extra="forbid", hide_input_in_errors=True, json_schema_extra=describe_attributes
)


class DownloadMediaInput(BaseModel):
    """Which file."""

    model_config = _STRICT

    url: MediaUrl
    """As messages tell it: on `www.linkedin.com` below `/dms/prv/`, or on `media.licdn.com`."""


class DownloadMediaOutput(BaseModel):
    """Where its content is kept for a while."""

    model_config = _STRICT

    file_id: str
    """Under which the store has it; it is removed once a client was given it, or after an hour."""
    media_type: str
    byte_size: int


class DownloadMedia(Action[DownloadMediaInput, DownloadMediaOutput]):
    """Read a file as the signed-in account sees it."""

    task_type = "download_media"
    input_model = DownloadMediaInput
    output_model = DownloadMediaOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: DownloadMediaInput,
        attempt: Attempt,  # noqa: ARG002 - reading leaves nothing behind
    ) -> Done[DownloadMediaOutput]:
        kept = await linkedin.download(order.url)
        output = DownloadMediaOutput(
            file_id=kept.id, media_type=kept.media_type, byte_size=kept.byte_size
        )
        return Done(output=output, evidence={"method": "download"})
