"""Where the service of a data directory can be reached by commands on the same machine."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from executor.owners import is_dead, this_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class RunningService(BaseModel):
    """What a service that serves the dashboard says of itself."""

    model_config = ConfigDict(frozen=True)

    url: str
    owner: str
    """Its process, by which one that was killed is told from one that runs."""


@contextmanager
def announced(data_dir: Path, url: str) -> Iterator[None]:
    """Let commands find the service until the block is left."""
    own = RunningService(url=url, owner=this_process())
    file = _file(data_dir)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(own.model_dump_json())
    try:
        yield
    finally:
        # A second service of the directory may have taken its place.
        if _read(data_dir) == own:
            file.unlink(missing_ok=True)


def running_service(data_dir: Path) -> RunningService | None:
    """Return the service of this directory, if one runs on this machine."""
    found = _read(data_dir)
    return None if found is None or is_dead(found.owner) else found


def _file(data_dir: Path) -> Path:
    return data_dir / "service.json"


def _read(data_dir: Path) -> RunningService | None:
    try:
        return RunningService.model_validate_json(_file(data_dir).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None
