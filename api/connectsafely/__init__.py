"""ConnectSafely's HTTP contract: `/linkedin/*`, calls that are answered with their outcome."""

from __future__ import annotations

from api.connectsafely import account_routes, routes, sync_routes, upload_routes
from api.connectsafely.words import BARE, CONNECTSAFELY, OVERVIEW

ROUTERS = (routes.router, account_routes.router, sync_routes.router, upload_routes.router)

__all__ = ["BARE", "CONNECTSAFELY", "OVERVIEW", "ROUTERS"]
