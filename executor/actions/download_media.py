"""Fetch a file that came with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.media import MediaUrl
from executor.models import StrictModel

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class DownloadMediaInput(StrictModel):
    """Which file."""

    url: MediaUrl
    """As messages tell it: on `www.linkedin.com` below `/dms/prv/`, or on `media.licdn.com`."""


class DownloadMediaOutput(StrictModel):
    """Where its content is kept for a while."""

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
