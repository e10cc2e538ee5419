"""The dashboard: pages for a person, made on the server, over the same store and the same doors.

Everything but the live view works without scripts; the one that every page has only brings it up
to date.
"""

from __future__ import annotations

from fastapi import APIRouter

from api.dashboard import (
    accounts,
    kept_files,
    keys,
    live_view,
    locators,
    overview,
    sign_in,
    tasks,
    webhooks,
)
from api.dashboard.access import DASHBOARD, is_served_to
from api.dashboard.failed_sign_ins import FailedSignIns

__all__ = ["DASHBOARD", "FailedSignIns", "is_served_to", "router"]

router = APIRouter(include_in_schema=False)
_PARTS = (
    sign_in,
    overview,
    tasks,
    kept_files,
    accounts,
    live_view,
    webhooks,
    locators,
    keys,
)
for part in _PARTS:
    router.include_router(part.router, prefix=DASHBOARD.prefix)
