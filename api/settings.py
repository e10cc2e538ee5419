"""Settings of the HTTP API."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge, Gt, Le
from pydantic import Field, PositiveInt, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.durations import Duration
from storage.secrets import read_secret_file

_LONGEST_SIGN_IN = timedelta(days=90)


class ApiSettings(BaseSettings):
    """What an operator may decide about the HTTP API."""

    model_config = SettingsConfigDict(
        env_prefix="LINKEDIN_EXECUTOR_",
        env_file=".env",
        env_ignore_empty=True,
        # The other packages' settings stand in the same file under the same prefix.
        extra="ignore",
        frozen=True,
    )

    host: str = "127.0.0.1"
    """The address to listen on; `0.0.0.0` makes the API reachable from other machines."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The TCP port to listen on; 0 lets the system choose one."""

    max_body_bytes: PositiveInt = 1024 * 1024
    """The largest request body in bytes; anything larger is answered with 413."""

    upload_max_bytes: Annotated[PositiveInt, Field(le=100 * 1024 * 1024)] = 20 * 1024 * 1024
    """The largest file in bytes that may be handed in for a message."""

    uploads_kept_for: Annotated[Duration, Gt(timedelta(0))] = timedelta(hours=24)
    """How long such a file is kept after it was handed in, or a message asked for it."""

    uploads_per_team: PositiveInt = 100
    """How many such files a team may have lying here."""

    uploads_mb_per_team: PositiveInt = 500
    """How many megabytes of them a team may have lying here."""

    session_active_for: Annotated[Duration, Gt(timedelta(0))] = timedelta(hours=48)
    """How long a verified sign-in counts as active, in seconds or as ISO 8601 (`PT48H`).

    While no member of a team has one that recent, every OutX endpoint answers 403.
    """

    idempotency_key_kept_for: Annotated[Duration, Gt(timedelta(0))] = timedelta(hours=24)
    """How long an `Idempotency-Key` stands for the request that it first came with."""

    content_guard: bool = True
    """Whether a request without a key that asks for the same once more gets the first task.

    The same is: the same text to the same person from the same account, while the first task is
    unfinished or unconfirmed, or shortly after its success.
    """

    content_guard_window: Annotated[Duration, Gt(timedelta(0))] = timedelta(minutes=2)
    """How long after its success a task still stands for a request for the same."""

    answer_within: Annotated[Duration, Ge(timedelta(0))] = timedelta(seconds=12)
    """How long a ConnectSafely call may wait for its task, unless it says so with `Prefer: wait=`.

    What takes longer is answered with the task's id. Keep it below your clients' time-outs.
    """

    mcp_answer_within: Annotated[Duration, Ge(timedelta(0))] = timedelta(seconds=45)
    """How long a tool of `/mcp` may wait for its task.

    What takes longer is answered with the task's id. Many clients give up after a minute.
    """

    mcp_key: SecretStr | None = None
    """The API key for whose team `linkedin-executor mcp` acts."""

    mcp_key_file: Path | None = None
    """A file with that key, for its owner's eyes only; *mcp_key* wins over it."""

    outx_failures_as_completed: bool = False
    """Whether OutX tasks that did not succeed end as `completed` instead of `failed`.

    For clients whose polling loops leave only on `completed`; the output is the same:
    `{"sent": false, "error": {…}}`.
    """

    webhook_allow_private: bool = False
    """Whether webhooks and callbacks may go to private addresses, this machine included, and
    without TLS. Whoever has a full key can then reach with them what only this server can."""

    webhook_events_kept_for: Annotated[Duration, Ge(timedelta(hours=1))] = timedelta(days=30)
    """How long events stay, and can be sent again, once nobody has to be told them any more."""

    metrics_key: SecretStr | None = Field(None, min_length=20)
    """The bearer token, of at least 20 characters, with which `/metrics` may be read.

    Without one there is no `/metrics`. No team's key opens it: it counts the work of all of them.
    """

    dashboard: Literal["local", "on", "off"] = "local"
    """Who may open the dashboard: `local`, whoever sits at this machine, and nobody through a
    proxy; `on`, whoever reaches the API; `off`, nobody.
    """

    dashboard_signed_in_for: Annotated[Duration, Gt(timedelta(0)), Le(_LONGEST_SIGN_IN)] = (
        timedelta(days=7)
    )
    """How long a sign-in to the dashboard lasts, 90 days at most."""

    dashboard_idle_for: Annotated[Duration, Gt(timedelta(0)), Le(_LONGEST_SIGN_IN)] = timedelta(
        hours=12
    )
    """After how long without a click it ends."""

    metrics_key_file: Path | None = None
    """A file with that key, for its owner's eyes only; *metrics_key* wins over it."""

    docs: bool = True
    """Whether to serve `/docs` and `/openapi.json`."""

    @model_validator(mode="before")
    @classmethod
    def _read_secrets_files(cls, said: dict[str, Any]) -> dict[str, Any]:
        read = {
            key: read_secret_file(Path(said[f"{key}_file"]))
            for key in ("mcp_key", "metrics_key")
            if said.get(f"{key}_file") is not None and said.get(key) is None
        }
        return {**said, **read}
