"""The Model Context Protocol: tools for language models, over the same door as every dialect."""

from __future__ import annotations

from api.mcp.endpoint import Endpoint
from api.mcp.stdio import serve_stdio
from api.mcp.words import MCP

__all__ = ["MCP", "Endpoint", "serve_stdio"]
