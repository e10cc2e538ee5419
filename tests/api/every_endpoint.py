"""Requests to every endpoint, made from the API's own description."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi.routing import iter_route_contexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx
    from fastapi import FastAPI

    from storage.uploads import Upload

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
LINKEDINS = {
    "profileId": "jane-doe",
    "conversationUrn": "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAABCDEFG,2-abc==)",
    "threadId": "2-abc==",
    "messageUrn": "urn:li:msg_message:(urn:li:fsd_profile:ACoAABCDEFG,2-abc==)",
}
"""What no team owns, by the parameter that names it."""

WITHOUT_FILES = "urn:li:salesNav_thread:"
"""A conversation that takes no attachments."""

ELIDED = "urn:li:person:ACoAA..."
"""A URN as a page of the vendor's shortens it."""

FORM = "application/x-www-form-urlencoded"

Place = tuple[str, ...]
"""Where in a request something is named: `path`, `query`, `header`, `form` or `body`, and the way
there."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request, before it is sent."""

    method: str
    template: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    content: bytes = b""

    def naming(self, place: Place, name: str) -> Call:
        """Return the same call with *name* at *place*."""
        kind, *way = place
        if kind != "body":
            changed: dict[str, Any] = {kind: {**getattr(self, kind), way[0]: name}}
            return replace(self, **changed)
        body = deepcopy(self.body)
        inner = body
        for step in way[:-1]:
            inner = inner[int(step) if isinstance(inner, list) else step]
        inner[int(way[-1]) if isinstance(inner, list) else way[-1]] = name
        return replace(self, body=body)

    async def send(self, http: httpx.AsyncClient, **headers: str) -> httpx.Response:
        path = self.template
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        sent: dict[str, Any] = {"content": self.content} if self.content else {}
        if self.body is not None:
            sent = {"json": self.body}
        if self.form:
            sent = {"data": self.form}
        return await http.request(
            self.method,
            path,
            params=self.query,
            headers={
                "X-Request-Id": "the-same-for-all",
                **self.header,
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            **sent,
        )


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a caller may name: its own."""

    task_id: str
    account_id: str
    upload: Upload
    asset_urn: str
    webhook_id: str
    delivery_id: str
    key_id: str
    form_token: str = ""
    """What the dashboard's forms carry."""

    def named(self, parameter: str) -> str:
        own = {
            "task_id": self.task_id,
            "api_agent_task_id": self.task_id,
            "account_id": self.account_id,
            "accountId": self.account_id,
            "webhook_id": self.webhook_id,
            "delivery_id": self.delivery_id,
            "key_id": self.key_id,
            **LINKEDINS,
        }
        assert parameter in own, f"say here what a request has as {parameter!r}"
        return own[parameter]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One endpoint, as it is described."""

    method: str
    path: str
    described: Mapping[str, Any]

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    def calls(self, own: Own) -> list[Call]:
        """Return the described requests, each with what *own* has for it."""
        plain = Call(
            method=self.method,
            template=self.path,
            path=self._required("path", own),
            query={**self._required("query", own), **self._ending()},
        )
        if "requestBody" not in self.described:
            return [plain]
        content = self.described["requestBody"]["content"]
        if FORM in content:
            form = {"form_token": own.form_token, **content[FORM]["example"]}
            return [replace(plain, form=form)]
        if "application/json" not in content:
            header = {"content-type": next(iter(content))}
            return [replace(plain, header=header, content=b"the file itself")]
        media = content["application/json"]
        bodies = [deepcopy(each["value"]) for each in media["examples"].values()]
        for body in bodies:
            for name, value in body.items():
                if value == ELIDED:
                    body[name] = value.replace("...", "BCDEFG")
            if "accountId" in body:
                body["accountId"] = own.account_id
            files = media["schema"].get("properties", {}).get("attachments", {})
            takes_files = files.get("type") == "array"
            if takes_files and WITHOUT_FILES not in str(body):
                body["attachments"] = [{"file": _as_answered(own)}]
        return [replace(plain, body=body) for body in bodies]

    def places(self, call: Call) -> Iterator[Place]:
        """Return every place of *call* that takes a text, also where it is left out."""
        for parameter in self.described.get("parameters", ()):
            if parameter["name"] not in {"Prefer", "Idempotency-Key"}:
                yield (parameter["in"], parameter["name"])
        if call.body is not None:
            yield from _texts(call.body, ("body",))
            schema = self.described["requestBody"]["content"]["application/json"]["schema"]
            left_out = schema.get("properties", {}).keys() - call.body.keys()
            yield from (("body", name) for name in sorted(left_out))

    def _ending(self) -> dict[str, str]:
        """Return what makes a stream end once it has told what there is."""
        names = {each["name"] for each in self.described.get("parameters", ())}
        return {"for": "0"} if "for" in names else {}

    def _required(self, place: str, own: Own) -> dict[str, str]:
        return {
            each["name"]: own.named(each["name"])
            for each in self.described.get("parameters", ())
            if each["in"] == place and each.get("required")
        }


def operations(app: FastAPI) -> dict[str, Operation]:
    found = [
        Operation(method=method.upper(), path=path, described=described)
        for path, methods in app.openapi()["paths"].items()
        for method, described in methods.items()
    ]
    return {each.label: each for each in found}


def routes(app: FastAPI) -> set[str]:
    """Return what the app really answers to, described or not."""
    found = set()
    for each in iter_route_contexts(app.routes):
        methods = getattr(each.original_route, "methods", None) or {"GET"}
        # `{name:path}` takes slashes as well; the description leaves that out.
        path = (each.path or "").replace(":path}", "}")
        found |= {f"{method} {path}" for method in METHODS & methods}
    return found


def _as_answered(own: Own) -> dict[str, Any]:
    return {
        "assetUrn": own.asset_urn,
        "byteSize": own.upload.byte_size,
        "mediaType": own.upload.media_type,
        "name": own.upload.name,
    }


def _texts(value: Any, place: Place) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        if isinstance(each, str):
            yield (*place, str(key))
        elif isinstance(each, dict | list):
            yield from _texts(each, (*place, str(key)))


def text_of(answer: httpx.Response) -> str:
    """Return everything that an answer tells, headers included."""
    return "\n".join([answer.text, json.dumps(sorted(answer.headers.items()))])
