"""What the routes work with, made once by `create_app`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

    from api.clock import Clock
    from api.connectsafely.looks import Looks
    from api.connectsafely.quotas import Quotas
    from api.endings import Endings
    from api.intake import Intake
    from api.settings import ApiSettings
    from api.waiting import Waits
    from storage.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One open store, the door to it, and what is told about waiting tasks."""

    store: Store
    intake: Intake
    waits: Waits
    endings: Endings
    quotas: Quotas
    looks: Looks
    settings: ApiSettings
    clock: Clock


def services(request: Request) -> Services:
    """Return the services of the app that *request* was sent to."""
    found: Services = request.app.state.services
    return found
