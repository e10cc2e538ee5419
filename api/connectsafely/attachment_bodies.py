"""Files as clients name them in a message: word for word as their upload was answered."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from executor.actions import AttachedFile

_STRICT = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True, strict=True)


class FileBody(BaseModel):
    """A file, word for word as its upload was answered."""

    model_config = _STRICT

    asset_urn: str
    byte_size: int
    media_type: str
    name: str

    @model_validator(mode="after")
    def _is_a_file(self) -> Self:
        _ = self.attached
        return self

    @property
    def attached(self) -> AttachedFile:
        return AttachedFile(**self.model_dump())


class AttachmentBody(BaseModel):
    """A file, in the wrapping that LinkedIn's own requests have."""

    model_config = _STRICT

    file: FileBody
