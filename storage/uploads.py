"""Files of one account: handed in to go out with messages, or fetched for a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A file that has been received whole."""

    id: str
    team_id: str
    member_id: str
    """The member whose account alone may send it."""
    name: str
    media_type: str
    byte_size: int
    kept_for: timedelta
    """How long it is kept after it was handed in, or a task asked for it; longer while one needs
    it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is kept."""

    id: str
    name: str
    media_type: str
    byte_size: int
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadBounds:
    """How much one team may have lying here."""

    files: int
    total_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededUpload:
    """A file as a task names it; it has to be this very one."""

    id: str
    name: str
    media_type: str
    byte_size: int
