"""The dashboard's endpoints, which are for people and so in no description of the API."""

from __future__ import annotations

from typing import Any

from tests.api.every_endpoint import FORM, Operation

COOKIE = "linkedin_executor_dashboard"


def _page(path: str, *, query: tuple[str, ...] = ()) -> Operation:
    return Operation(method="GET", path=path, described={"parameters": _named(path, query)})


def _form(path: str, **fields: str) -> Operation:
    described: dict[str, Any] = {
        "parameters": _named(path, ()),
        "requestBody": {"content": {FORM: {"example": fields}}},
    }
    return Operation(method="POST", path=path, described=described)


def _named(path: str, query: tuple[str, ...]) -> list[dict[str, Any]]:
    inside = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True} for name in inside] + [
        {"name": name, "in": "query"} for name in query
    ]


_PAGES = (
    _page("/dashboard"),
    _page("/dashboard/tasks", query=("q", "state", "type", "account", "before")),
    _page("/dashboard/tasks/{task_id}", query=("texts",)),
    _page("/dashboard/accounts"),
    _page("/dashboard/accounts/{account_id}/live", query=("once",)),
    _page("/dashboard/keys"),
    _page("/dashboard/locators"),
    _page("/dashboard/webhooks", query=("state", "before")),
    _page("/dashboard/webhooks/{webhook_id}", query=("state", "before")),
    _page("/dashboard/webhooks/deliveries/{delivery_id}", query=("texts",)),
)
_FORMS = (
    _form("/dashboard/accounts/{account_id}/pause"),
    _form("/dashboard/accounts/{account_id}/resume"),
    _form("/dashboard/tasks/{task_id}/cancel"),
    _form("/dashboard/tasks/{task_id}/review"),
    _form("/dashboard/accounts/{account_id}/live"),
    _form("/dashboard/keys", name="spare", scope="read"),
    _form("/dashboard/webhooks", url="https://hooks.example.com/"),
    _form("/dashboard/webhooks/callback-secret"),
    _form("/dashboard/webhooks/callback-secret/rotate"),
    _form("/dashboard/webhooks/{webhook_id}/switch", to="off"),
    _form("/dashboard/webhooks/{webhook_id}/rotate-secret"),
    _form("/dashboard/webhooks/{webhook_id}/test"),
    _form("/dashboard/webhooks/{webhook_id}/remove"),
    _form("/dashboard/webhooks/deliveries/{delivery_id}/replay"),
    _form("/dashboard/keys/{key_id}/revoke"),
)
PAGES = {each.label for each in _PAGES}
"""What a read-only key is for."""
DASHBOARD = {each.label: each for each in (*_PAGES, *_FORMS)}
DOORS = {
    "GET /dashboard/sign-in",
    "POST /dashboard/sign-in",
    "POST /dashboard/sign-out",
    "GET /dashboard/static/{name}",
    "GET /dashboard/tasks/{task_id}/kept/{name}",
    "GET /dashboard/accounts/{account_id}/live/socket",
}
"""What belongs to no team, to files beside the store, or is no request; tested beside this."""
