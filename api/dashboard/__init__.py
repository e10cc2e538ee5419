"""The dashboard: pages for a person, made on the server, over the same store and the same doors.

Everything works without scripts; the one that is there only brings pages up to date.
"""

from __future__ import annotations

from fastapi import APIRouter

from api.dashboard import accounts, kept_files, keys, locators, overview, sign_in, tasks, webhooks
from api.dashboard.access import DASHBOARD, is_served_to
from api.dashboard.failed_sign_ins import FailedSignIns

__all__ = ["DASHBOARD", "FailedSignIns", "is_served_to", "router"]

router = APIRouter(include_in_schema=False)
for part in (sign_in, overview, tasks, kept_files, accounts, webhooks, locators, keys):
    router.include_router(part.router, prefix=DASHBOARD.prefix)
