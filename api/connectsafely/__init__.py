"""ConnectSafely's HTTP contract: `/linkedin/*`, calls that are answered with their outcome."""

from __future__ import annotations

from api.connectsafely import account_routes, routes, upload_routes
from api.connectsafely.words import CONNECTSAFELY, OVERVIEW, SALES_NAV

ROUTERS = (routes.router, account_routes.router, upload_routes.router)

__all__ = ["CONNECTSAFELY", "OVERVIEW", "ROUTERS", "SALES_NAV"]
