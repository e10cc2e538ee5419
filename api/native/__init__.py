"""Our own HTTP contract: `/tasks`, for every task type, whichever dialect created the task."""

from __future__ import annotations

from api.native.routes import NATIVE, router

__all__ = ["NATIVE", "router"]
