"""What the routes work with, made once by `create_app`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.webhooks.management import TeamWebhooks

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import HTTPConnection

    from api.clock import Clock
    from api.connectsafely.looks import Looks
    from api.connectsafely.quotas import Caps, Quotas
    from api.connectsafely.seats import Seats
    from api.dashboard.failed_sign_ins import FailedSignIns
    from api.dashboard.live_views import LiveViews
    from api.endings import Endings
    from api.intake import Intake
    from api.native.streams import Streams
    from api.settings import ApiSettings
    from api.waiting import Waits
    from api.webhooks.targets import Targets
    from storage.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One open store, the door to it, and what is told about waiting tasks."""

    store: Store
    intake: Intake
    waits: Waits
    endings: Endings
    streams: Streams
    quotas: Quotas
    looks: Looks
    seats: Seats
    targets: Targets
    settings: ApiSettings
    clock: Clock
    caps: Caps | None
    artifacts: Path | None
    """Where the pages of tasks that were not understood are kept, if that is known."""
    working_hours: str | None
    """When accounts write, if not at any time."""
    failed_sign_ins: FailedSignIns
    live_views: LiveViews | None
    """For signing accounts in from the dashboard, where there is a browser for it."""

    def webhooks_of(self, team_id: str) -> TeamWebhooks:
        return TeamWebhooks(webhooks=self.store.webhooks, targets=self.targets, team_id=team_id)


def services(request: HTTPConnection) -> Services:
    """Return the services of the app that *request* was sent to."""
    found: Services = request.app.state.services
    return found
