"""`Uploads` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import NoRoom
from storage.sqlite.rows import to_upload
from storage.sqlite.times import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.uploads import NewUpload, Upload, UploadBounds


class SqliteUploads:
    """See `storage.ports.Uploads`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, new: NewUpload, pieces: Iterable[bytes], *, bounds: UploadBounds) -> Upload:
        def work(tx: Transaction) -> Upload:
            tx.run("drop_expired_uploads")
            taken = tx.only("room_taken", team_id=new.team_id)
            if (
                taken["files"] >= bounds.files
                or taken["bytes"] + new.byte_size > bounds.total_bytes
            ):
                raise NoRoom
            row = tx.only(
                "add_upload",
                upload_id=new.id,
                team_id=new.team_id,
                member_id=new.member_id,
                name=new.name,
                media_type=new.media_type,
                byte_size=new.byte_size,
                kept_for=new.kept_for // MICROSECOND,
            )
            for number, piece in enumerate(pieces):
                tx.run("add_upload_piece", upload_id=new.id, number=number, content=piece)
            return to_upload(row)

        return await self._writer.write(work, quiet=True)

    async def content(self, upload_id: str, *, member_id: str) -> bytes | None:
        rows = await self._readers.all("upload_content", upload_id=upload_id, member_id=member_id)
        return b"".join(row["content"] for row in rows) if rows else None

    async def remove(self, upload_id: str, *, member_id: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("remove_upload", upload_id=upload_id, member_id=member_id)

        await self._writer.write(work, quiet=True)

    async def drop_expired(self) -> int:
        dropped = 0
        while some := await self._writer.write(_drop_some, quiet=True):
            dropped += some
        return dropped


def _drop_some(tx: Transaction) -> int:
    return tx.run("drop_expired_uploads")
