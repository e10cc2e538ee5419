"""What an operation is called in the API's description, and so in clients made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi.routing import APIRoute


def operation_id(route: APIRoute) -> str:
    """Name a route by its part of the API and its function."""
    return f"{str(route.tags[0]).lower()}_{route.name}" if route.tags else route.name
