"""The Model Context Protocol: tools for language models, over the same door as every dialect.

Its SDK takes as long to load as the rest of the API together, so what needs it (`server`, the
tools, `exchanges`, `stdio`) is loaded when somebody asks for it.
"""

from __future__ import annotations

from api.mcp.endpoint import Endpoint
from api.mcp.words import MCP

__all__ = ["MCP", "Endpoint"]
