"""Our own HTTP contract: `/tasks`, whichever dialect created them, `/accounts`, `/webhooks`."""

from __future__ import annotations

from api.native import account_routes, stream_routes, webhook_routes
from api.native.routes import NATIVE, router

# `/tasks/events` comes before `/tasks/{task_id}`.
ROUTERS = (stream_routes.router, router, account_routes.router, webhook_routes.router)

__all__ = ["NATIVE", "ROUTERS"]
