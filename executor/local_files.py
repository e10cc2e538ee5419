"""Files of a task where the browser can pick them up, for as long as it needs them."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from executor.errors import AttachmentRefused, TimedOut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from executor.attachment import AttachedFile


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file in a folder that only this user can look into."""

    path: Path
    about: AttachedFile


@asynccontextmanager
async def laid_out(
    files: Sequence[AttachedFile], content_of: Callable[[AttachedFile], Awaitable[bytes | None]]
) -> AsyncIterator[list[LocalFile]]:
    """Write files down under their own names, and remove them in the end.

    Raises:
        AttachmentRefused: one of them is not stored any more.
        TimedOut: they cannot be written down.
    """
    if not files:
        yield []
        return
    with TemporaryDirectory(prefix="linkedin-executor-") as folder:
        found = []
        for number, file in enumerate(files):
            content = await content_of(file)
            if content is None or sha256(content).hexdigest() != file.digest:
                raise AttachmentRefused("The attachment is not stored any more; upload it again.")
            # Two files may have one name.
            path = Path(folder) / str(number) / file.name
            try:
                await asyncio.to_thread(_write, path, content)
            except OSError as error:
                # Its text has the file's name in it, and would be logged.
                why = os.strerror(error.errno or 0)
                raise TimedOut(
                    f"The attachment cannot be laid out for the browser: {why}."
                ) from None
            found.append(LocalFile(path, file))
        yield found


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
