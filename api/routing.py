"""Routes whose description is made when somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Describe = Callable[[], Mapping[str, Any]]
    """Returns what `APIRoute` takes by keyword."""

Endpoint = TypeVar("Endpoint", bound="Callable[..., Any]")


def operation_id(route: APIRoute) -> str:
    """Name a route by its part of the API and its function, also in clients made from it."""
    return f"{str(route.tags[0]).lower()}_{route.name}" if route.tags else route.name


class Router(APIRouter):
    """Operations of one part of the API, described when the description is asked for.

    FastAPI prepares a route's description with the route, down to a serializer for each answer
    that it may have. The answers here are made by hand; preparing them took a quarter of a start.
    """

    def __init__(self, *, tag: str, prefix: str = "") -> None:
        super().__init__(prefix=prefix, include_in_schema=False)
        self._tag = tag
        self._operations: list[tuple[Describe, dict[str, Any]]] = []

    def operation(
        self,
        method: str,
        path: str,
        describe: Describe,
        *,
        name: str | None = None,
        summary: str | None = None,
    ) -> Callable[[Endpoint], Endpoint]:
        """Serve a path with the decorated function."""

        def add(endpoint: Endpoint) -> Endpoint:
            self.add_api_route(path, endpoint, methods=[method], name=name)
            route = {
                "path": f"{self.prefix}{path}",
                "endpoint": endpoint,
                "methods": [method],
                "name": name,
                "summary": summary,
                "tags": [self._tag],
                "generate_unique_id_function": operation_id,
            }
            self._operations.append((describe, route))
            return endpoint

        return add

    def described(self) -> Iterable[APIRoute]:
        """Make the routes again, with their descriptions."""
        for describe, route in self._operations:
            yield APIRoute(**{**route, **describe()})


class DescribedApp(FastAPI):
    """An application that describes the operations of *described* ahead of its other routes."""

    def __init__(self, *, described: Iterable[Router], **settings: Any) -> None:
        super().__init__(generate_unique_id_function=operation_id, **settings)
        self._described = described

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = get_openapi(
                title=self.title,
                version=self.version,
                openapi_version=self.openapi_version,
                summary=self.summary,
                routes=[
                    *(route for router in self._described for route in router.described()),
                    *self.routes,
                ],
            )
            _without_fastapis_own_refusals(self.openapi_schema)
        return self.openapi_schema


def _without_fastapis_own_refusals(schema: dict[str, Any]) -> None:
    """Take out the 422 that FastAPI describes wherever there are parameters.

    All parameters are texts that may be missing, so that it never comes; what is wrong with them is
    answered by the dialect.
    """
    for path in schema["paths"].values():
        for operation in path.values():
            if operation["responses"].get("422", {}).get("description") == "Validation Error":
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)
