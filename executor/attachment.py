"""Files that go out with a message, which clients have handed in before."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Self
from uuid import uuid4

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from executor.models import Documented

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTACHMENTS_MAX = 5
"""How many files may go out with one message; ours, since LinkedIn's number is not known."""
NAME_MAX_BYTES = 200
"""Longest name of a file; file systems take 255 bytes."""
DEFAULT_NAME = "attachment"
_SCHEME = "urn:linkedin-executor:upload:"
_ASSET = r"^urn:linkedin-executor:upload:[0-9a-f]{32}:[0-9a-f]{64}$"

EXTENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "image/png": (".png",),
        "image/jpeg": (".jpg", ".jpeg"),
        "image/gif": (".gif",),
        "image/webp": (".webp",),
        "application/pdf": (".pdf",),
        "application/msword": (".doc",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
        "application/vnd.ms-excel": (".xls",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
        "application/vnd.ms-powerpoint": (".ppt", ".pps"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
        "application/vnd.oasis.opendocument.text": (".odt",),
        "application/rtf": (".rtf",),
        "text/plain": (".txt",),
        "text/csv": (".csv",),
        "application/zip": (".zip",),
        "application/postscript": (".ai",),
        "image/vnd.adobe.photoshop": (".psd",),
        "video/mp4": (".mp4",),
    }
)
"""What may go out, by media type, with the extensions that tell it, the usual one first.

LinkedIn's file input takes images and a list of extensions, of which `.ai`, `.psd`, `.pdf`, `.doc`
and `.mp4` are told (2026-10-04). The page's own list is looked at again before each upload."""

_UPLOAD_TIME = timedelta(seconds=20)
_SLOW_LINE = 250_000
"""Bytes per second."""
_PLAIN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class AttachedFile(Documented):
    """A file that was handed in for the account that sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    asset_urn: Annotated[str, StringConstraints(pattern=_ASSET)]
    """As the upload was answered; an id of ours in the form of a URN, none of LinkedIn's."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=NAME_MAX_BYTES)]
    media_type: str
    byte_size: Annotated[int, Field(gt=0)]

    @model_validator(mode="after")
    def _has_a_safe_name(self) -> Self:
        if self.media_type not in EXTENSIONS or safe_name(self.name, self.media_type) != self.name:
            raise ValueError("is not as it was uploaded")
        return self

    @property
    def upload_id(self) -> str:
        return self.asset_urn.removeprefix(_SCHEME)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, by which the same file is known however often it comes."""
        return self.asset_urn.rpartition(":")[2]

    @property
    def extension(self) -> str:
        return _extension(self.name)

    @property
    def upload_time(self) -> timedelta:
        """How long its upload may take, over a slow line too."""
        return _UPLOAD_TIME + timedelta(seconds=self.byte_size / _SLOW_LINE)

    @property
    def is_image(self) -> bool:
        """Whether pages offer it to be picked as a picture."""
        return self.media_type in _PLAIN_IMAGES


def new_upload_id(digest: str) -> str:
    """Return an id for a content with this SHA-256."""
    return f"{uuid4().hex}:{digest}"


def asset_urn(upload_id: str) -> str:
    return f"{_SCHEME}{upload_id}"


def safe_name(given: str, media_type: str) -> str:
    """Return a name without path, with nothing invisible in it, and with a fitting extension.

    Args:
        media_type: one of `EXTENSIONS`; its usual extension is added where none of them is there.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    visible = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    name = " ".join(visible.split()).strip(" .")
    known = EXTENSIONS[media_type]
    ending = _extension(name)
    stem = name.removesuffix(ending) if ending.lower() in known else name
    ending = ending if ending.lower() in known else known[0]
    stem = _cut(stem, NAME_MAX_BYTES - len(ending)).strip(" .") or DEFAULT_NAME
    return f"{stem}{ending}"


def _extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and (stem or ending) else ""


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
