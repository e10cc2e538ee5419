"""What a store knows about files that are to go out with messages, or came with some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.uploads import NewUpload, Upload, UploadBounds


class Uploads(Protocol):
    """For those who take files in, and for the account worker that puts them on a page.

    That a task needs some is said when it is accepted (`NewTask.uploads`).
    """

    async def add(self, new: NewUpload, pieces: Iterable[bytes], *, bounds: UploadBounds) -> Upload:
        """Keep a file, whole or not at all.

        Args:
            pieces: its content, cut as is convenient; iterated on another thread.

        Raises:
            NoRoom: the team would have more than *bounds* allow.
        """
        ...

    async def content(self, upload_id: str, *, member_id: str) -> bytes | None:
        """Return a file's content; `None` when there is none, or it is another account's."""
        ...

    async def remove(self, upload_id: str, *, member_id: str) -> None:
        """Remove an account's file at once, if it is there."""
        ...

    async def drop_expired(self) -> int:
        """Remove files whose time is over and which no unfinished task needs; return how many."""
        ...
