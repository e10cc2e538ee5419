"""Data directories that belong to a sandbox.

Their sessions are a sandbox's, and its people are invented. A runner that took such a directory
for one of the real site would show the sandbox's cookies to LinkedIn, so the directory says what
it is, and every command that acts asks it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, ValidationError

from api.cli.output import fail

if TYPE_CHECKING:
    from pathlib import Path

    from executor.settings import ExecutorSettings


class SandboxSite(BaseModel):
    """Where the directory's sandbox was last served."""

    model_config = ConfigDict(frozen=True)

    url: AnyHttpUrl
    port: int


def _marker(data_dir: Path) -> Path:
    return data_dir / "sandbox.json"


def read_site(data_dir: Path) -> SandboxSite | None:
    """Return the directory's sandbox, or `None` when it is one for the real site."""
    try:
        return SandboxSite.model_validate_json(_marker(data_dir).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise fail(f"{_marker(data_dir)} cannot be read; remove the directory.") from error


def write_site(data_dir: Path, *, url: str, port: int) -> None:
    """Mark the directory as a sandbox's."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    _marker(data_dir).write_text(json.dumps({"url": url, "port": port}), encoding="utf-8")


def at_sandbox(settings: ExecutorSettings, data_dir: Path) -> ExecutorSettings:
    """Point a runner at the sandbox that its data directory belongs to, if it does."""
    site = read_site(data_dir)
    if site is None:
        return settings
    return settings.model_copy(update={"linkedin_url": site.url})
