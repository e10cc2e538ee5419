"""OutX's HTTP contract: `/linkedin-agent/*`, tasks that a client polls for."""

from __future__ import annotations

from api.outx.routes import router
from api.outx.words import OUTX

__all__ = ["OUTX", "router"]
