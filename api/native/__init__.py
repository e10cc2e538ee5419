"""Our own HTTP contract: `/tasks`, whichever dialect created them, and `/webhooks`."""

from __future__ import annotations

from api.native import stream_routes, webhook_routes
from api.native.routes import NATIVE, router

# `/tasks/events` comes before `/tasks/{task_id}`.
ROUTERS = (stream_routes.router, router, webhook_routes.router)

__all__ = ["NATIVE", "ROUTERS"]
