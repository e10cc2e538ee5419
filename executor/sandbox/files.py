"""Files that pages upload: what messages say of them, and their content while the sandbox runs."""

import hashlib
import uuid
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict


class SentFile(BaseModel):
    """A file as it came with a message."""

    model_config = ConfigDict(frozen=True)

    asset: str
    """The last part of its asset's URN."""
    name: str
    media_type: str
    byte_size: int
    sha256: str

    @property
    def urn(self) -> str:
        return f"urn:li:digitalmediaAsset:{self.asset}"

    @property
    def path(self) -> str:
        """Where its content is, for those who are signed in."""
        return f"/dms/prv/{self.asset}/{self.name}"

    @property
    def wire(self) -> dict[str, str | int]:
        """As pages and server tell each other of it."""
        return {
            "assetUrn": self.urn,
            "byteSize": self.byte_size,
            "mediaType": self.media_type,
            "name": self.name,
        }

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Announced:
    """An upload that a page has asked for."""

    account: int
    name: str
    byte_size: int


class Shelf:
    """Contents by asset, and uploads that were announced; a restart forgets both."""

    def __init__(self) -> None:
        self._announced: dict[str, Announced] = {}
        self._contents: dict[str, bytes] = {}

    def clear(self) -> None:
        self._announced.clear()
        self._contents.clear()

    def announce(self, account: int, name: str, byte_size: int) -> str:
        """Return the asset under which the content is to come."""
        asset = f"D4E{uuid.uuid4().hex[:20]}"
        self._announced[asset] = Announced(account, name, byte_size)
        return asset

    def put(self, asset: str, account: int, content: bytes) -> bool:
        """Take an announced content; `False` when it is not what was announced."""
        found = self._announced.get(asset)
        if found is None or found.account != account or found.byte_size != len(content):
            return False
        self._contents[asset] = content
        return True

    def seed(self, name: str, media_type: str, content: bytes) -> SentFile:
        """Put a content here that somebody has sent before."""
        asset = self.announce(0, name, len(content))
        self.put(asset, 0, content)
        return _described(asset, name, media_type, content)

    def content(self, asset: str) -> bytes | None:
        return self._contents.get(asset)

    def sent(self, urn: str, *, name: str, media_type: str, byte_size: int) -> SentFile | None:
        """Return the uploaded file that a message names; `None` when it is not that one."""
        asset = urn.rpartition(":")[2]
        announced, content = self._announced.get(asset), self._contents.get(asset)
        if announced is None or content is None:
            return None
        if (announced.name, len(content)) != (name, byte_size):
            return None
        return _described(asset, name, media_type, content)


def _described(asset: str, name: str, media_type: str, content: bytes) -> SentFile:
    return SentFile(
        asset=asset,
        name=name,
        media_type=media_type,
        byte_size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
