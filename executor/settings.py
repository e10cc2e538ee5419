"""Everything about the executor that an operator can change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AnyHttpUrl, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from executor.actions import BY_TASK_TYPE, Write
from executor.address import is_linkedin
from executor.pace import Pace
from executor.working_hours import WorkingHoursText
from storage.durations import Duration


class ExecutorSettings(BaseSettings):
    """Settings of the runner and its browser, from the environment or `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="LINKEDIN_EXECUTOR_",
        env_file=".env",
        env_ignore_empty=True,
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
    )

    linkedin_url: AnyHttpUrl = AnyHttpUrl("https://www.linkedin.com")
    """Where LinkedIn is: the real site, or a sandbox. The browser acts on this site only."""

    browser_path: Path | None = None
    """The browser to start; unset: Playwright's Chromium, else an installed Chrome or Chromium."""

    headless: bool = True
    """Whether the browser runs without a window."""

    browser_sandbox: bool | None = None
    """Whether Chromium uses its own sandbox; unset: yes, except as root, who cannot."""

    locale: str | None = None
    """The browser's language, such as `en-US`; unset: Chromium's own choice."""

    timezone: str | None = None
    """The browser's time zone, such as `Europe/Berlin`; unset: the machine's."""

    step_timeout: Duration = Field(timedelta(seconds=20), gt=timedelta(0))
    """Longest wait for one thing on a page to get ready."""

    task_timeout: Duration = Field(timedelta(minutes=3), gt=timedelta(0))
    """Longest time for one try at a task, after which it is stopped and recorded."""

    evidence_timeout: Duration = Field(timedelta(seconds=15), gt=timedelta(0))
    """How long to wait after the click for proof that LinkedIn took it."""

    download_max_bytes: int = Field(50 * 1024 * 1024, ge=1)
    """The largest file of a message that is fetched for a client, in bytes."""

    max_attempts: int = Field(3, ge=1)
    """How often a task may be tried; only before anything irreversible has happened."""

    lease_ttl: Duration = Field(timedelta(seconds=15), gt=timedelta(seconds=1))
    """How long a runner that falls silent keeps an account."""

    idle_release: Duration = Field(timedelta(minutes=5), gt=timedelta(0))
    """How long an idle account stays open in the browser, ready for its next task."""

    verify_every: Duration = Field(timedelta(hours=12), gt=timedelta(0))
    """How often an idle account's sign-in is looked at, so that it keeps counting as active."""

    read_back_looks: int = Field(3, ge=1)
    """How often to look for what a doubtful write has left behind, before it is `unconfirmed`."""

    read_back_pause: Duration = Field(timedelta(seconds=5), ge=timedelta(0))
    """How long to wait between two such looks, because LinkedIn may be slow to show it."""

    pacing: bool | None = None
    """Whether gaps, caps and working hours apply; unset: yes, except at a sandbox."""

    limits: dict[str, Pace] = Field(default_factory=dict)
    """Gap, jitter and caps by task type, where they are not to be the action's own: as JSON, or as
    `LINKEDIN_EXECUTOR_LIMITS__SEND_MESSAGE__PER_DAY=80`."""

    working_hours: WorkingHoursText | None = None
    """Hours in which accounts write, as `Mon-Fri 09:00-18:00` in *timezone*; unset: at any time."""

    warm_up: Duration | None = Field(None, gt=timedelta(0))
    """How long after its first sign-in an account's daily caps grow from a fifth to all; unset: no
    warm-up."""

    invitation_hold: Duration = Field(timedelta(hours=24), gt=timedelta(0))
    """How long invitations rest after LinkedIn said that its invitation limit is reached."""

    watch_every: Duration | None = Field(None, ge=timedelta(minutes=5))
    """How often to look for new messages and accepted invitations, within the working hours, with a
    fifth of jitter; unset: never."""

    watch_accounts: tuple[str, ...] = ()
    """Whose inboxes are looked at so, as a JSON list of member ids or names of accounts; empty:
    those of all who are signed in."""

    throttle_pause: Duration = Field(timedelta(minutes=15), gt=timedelta(0))
    """How long an account rests after LinkedIn throttled it; doubles each time in a row."""

    ui_changed_limit: int = Field(3, ge=1)
    """How many tasks of a type in a row may meet a page that is not understood, before that type
    rests for the account."""

    ui_changed_pause: Duration = Field(timedelta(hours=1), gt=timedelta(0))
    """How long that rest is; doubles with each further failure, and one success ends it."""

    longest_pause: Duration = Field(timedelta(hours=24), gt=timedelta(0))
    """Longest that a doubling pause gets."""

    kept_pages: Literal["masked", "full"] = "masked"
    """What is kept of a page that is not understood: its screenshot, and its HTML with other
    people's texts masked; `full`: Playwright's trace of the whole task too, with all texts."""

    kept_pages_for: Duration = Field(timedelta(days=14), gt=timedelta(0))
    """How long it is kept."""

    kept_pages_mb: int = Field(200, ge=10)
    """How many megabytes of it are kept; the oldest goes first."""

    live_view_idle: Duration = Field(
        timedelta(minutes=5), gt=timedelta(0), le=timedelta(minutes=20)
    )
    """After how long without mouse or keyboard a live view is closed; 20 minutes at most."""

    stop_grace: Duration = Field(timedelta(seconds=30), ge=timedelta(0))
    """How long a stopping runner waits for a task that is past the point of no return."""

    @field_validator("linkedin_url")
    @classmethod
    def _is_an_origin(cls, url: AnyHttpUrl) -> AnyHttpUrl:
        # A password in it would be shown wherever the address is.
        if url.username or url.password:
            raise ValueError("must not hold a user name or password")
        if (url.path or "/") != "/" or url.query or url.fragment:
            raise ValueError("must be a site without a path, such as https://www.linkedin.com")
        return url

    @field_validator("timezone")
    @classmethod
    def _is_a_time_zone(cls, name: str | None) -> str | None:
        known = available_timezones()  # Empty on slim systems; Chromium has a list of its own.
        if name is not None and known and name not in known:
            raise ValueError("is no time zone; they look like Europe/Berlin")
        return name

    @field_validator("limits")
    @classmethod
    def _are_for_writes(cls, limits: dict[str, Pace]) -> dict[str, Pace]:
        writes = {name for name, action in BY_TASK_TYPE.items() if isinstance(action, Write)}
        if unknown := sorted(set(limits) - writes):
            raise ValueError(
                f"no such write: {', '.join(unknown)}; known: {', '.join(sorted(writes))}"
            )
        return limits

    @property
    def is_paced(self) -> bool:
        """Whether pacing applies."""
        if self.pacing is not None:
            return self.pacing
        return is_linkedin(self.linkedin_url.host)

    @property
    def site(self) -> str:
        """The site's origin, without a slash at the end."""
        parts = urlsplit(str(self.linkedin_url))
        return f"{parts.scheme}://{parts.netloc}"
