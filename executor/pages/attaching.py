"""Files in the message box: put there, looked after until they are sent, taken away again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from executor.errors import AttachmentRefused, ComposerOccupied, ExecutorError, TimedOut
from executor.locators import attachments as locators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.browser.tab import Tab
    from executor.browser.uploads import Uploads
    from executor.local_files import LocalFile
    from storage.tasks import JsonObject

_ANNOUNCED_SECONDS = 3.0
"""How long to wait for the page to ask where a file goes; one that does not ask uploads it in a way
that is not known, and shows by its Send button when it is done."""
_REMOVE_SECONDS = 2.0


class Attaching:
    """The files of one message, in a message box that is to hold them and no others."""

    def __init__(self, tab: Tab, files: Sequence[LocalFile] = ()) -> None:
        self._tab = tab
        self._files = files

    @property
    def names(self) -> list[str]:
        return [each.about.name for each in self._files]

    async def count_shown(self) -> int:
        """Return how many previews there are, by the first candidate that finds any."""
        return next((each for each in await self._tab.whole.count(locators.PREVIEW) if each), 0)

    async def make_room(self, shown: int, *, is_ours: bool) -> None:
        """See that nothing is attached yet.

        Args:
            shown: what `count_shown` has just returned.
            is_ours: whether the words in the box are those of an earlier try at this very message,
                so that files beside them are as well; they are taken away and put there anew.

        Raises:
            ComposerOccupied: somebody has attached something, which stays as it is.
        """
        if not shown:
            return
        if not is_ours or shown > len(self._files):
            raise ComposerOccupied
        await self.remove()
        if await self.count_shown():
            raise ComposerOccupied

    async def put(self) -> None:
        """Put the files into the message box, one after the other, until LinkedIn has them.

        Raises:
            AttachmentRefused: the page, or LinkedIn, does not take one.
            TimedOut: an upload takes too long.
        """
        if not self._files:
            return
        with self._tab.following_uploads(locators.ANNOUNCE_UPLOAD) as uploads:
            for number, file in enumerate(self._files, start=1):
                await self._put(file, number, uploads)

    async def _put(self, file: LocalFile, number: int, uploads: Uploads) -> None:
        if not await self._tab.whole.give_file(
            locators.FILE_INPUT, file.path, accepted=lambda accept: _takes(accept, file)
        ):
            raise AttachmentRefused("LinkedIn's page takes no files of this kind.")
        shown = await self._tab.wait_until(
            lambda: self._shows(number, uploads), seconds=self._tab.step_seconds
        )
        if uploads.has_failed or not shown:
            raise AttachmentRefused
        if await uploads.announced(number, seconds=_ANNOUNCED_SECONDS) and not (
            await uploads.finished(number, seconds=file.about.upload_time.total_seconds())
        ):
            raise TimedOut("LinkedIn did not take the attachment in time.")

    async def _shows(self, number: int, uploads: Uploads) -> bool:
        return uploads.has_failed or await self.count_shown() >= number

    async def require_in_place(self) -> None:
        """See that the message box still holds the files, and nothing else."""
        if await self.count_shown() != len(self._files):
            raise TimedOut("The message box does not hold the files that were put into it.")

    async def remove(self) -> None:
        """Take everything that is attached away again, as far as the page lets us."""
        with suppress(ExecutorError):
            while await self._remove_last():
                pass

    async def _remove_last(self) -> bool:
        before = await self.count_shown()
        button = await self._tab.whole.last(locators.REMOVE)
        if not before or button is None:
            return False
        await button.click()
        return await self._tab.wait_until(lambda: self._is_below(before), seconds=_REMOVE_SECONDS)

    def check(self, message: JsonObject) -> str | None:
        """Compare what the page's request says of files with those of the task."""
        said = message.get("renderContentUnions") or []
        if not isinstance(said, list):
            return "The request does not tell what is attached."
        sent = sorted(map(_told, said), key=str)
        wanted = sorted(((each.about.name, each.about.byte_size) for each in self._files), key=str)
        return None if sent == wanted else "The request holds other files."

    async def _is_below(self, number: int) -> bool:
        return await self.count_shown() < number


def _takes(accept: str, file: LocalFile) -> bool:
    """Tell whether a file input is the one for this file; of the two, one is for pictures only."""
    kinds = {each.strip().lower() for each in accept.split(",") if each.strip()}
    if not kinds or (file.about.is_image != all(each.startswith("image/") for each in kinds)):
        return False
    return file.about.is_image or not kinds.isdisjoint(
        {file.about.extension.lower(), file.about.media_type}
    )


def _told(union: Any) -> tuple[Any, Any] | None:
    """Return name and size of a file in LinkedIn's wrapping; `None` when it is something else."""
    if not isinstance(union, dict):
        return None
    held = {kind: value for kind, value in union.items() if value is not None}
    file = held.get("file")
    if len(held) != 1 or not isinstance(file, dict):
        return None
    return file.get("name"), file.get("byteSize")
