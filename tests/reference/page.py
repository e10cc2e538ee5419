"""The reference as one page: what the OpenAPI description says, for people to read."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pydantic import SecretStr

from api.app import create_app
from api.settings import ApiSettings
from tests.architecture.source import ROOT
from tests.reference.schema import Schemas, cell, fields_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.ports import Store

PATH = ROOT / "docs" / "api.md"

_HEAD = """\
# API reference

Made from the program's own OpenAPI description by `make reference`; a test compares them. The same
is served at `/docs`, to be tried out, and at `/openapi.json`, for programs. What the answers of a
dialect mean, and where it differs from its vendor's, stands in the
[README](../README.md#compatibility-with-outx).

Every answer carries `X-Request-Id`. A request that creates something may carry `Idempotency-Key`.
"""
_ABOUT = {
    "OutX": "The key goes into `x-api-key`. A create is answered once its task is stored; "
    "`get-task-status` tells the rest.",
    "ConnectSafely": "The key goes into `Authorization: Bearer`. A call waits for its task, by "
    "default 12 seconds; `Prefer: wait=30` changes that, `Prefer: respond-async` asks for the 202 "
    "at once.",
    "Tasks": "The key goes into `x-api-key` or `Authorization: Bearer`. Whatever contract a task "
    "came through, it can be looked at here.",
    "Accounts": "The key goes into `x-api-key` or `Authorization: Bearer`.",
    "Webhooks": "The key goes into `x-api-key` or `Authorization: Bearer`. What is promised, and "
    "how a receiver verifies what comes: [webhooks](webhooks.md).",
    "Health": "No key is asked for, except by `/metrics`, which has one of its own.",
}
_SAID_ONCE = frozenset({"Idempotency-Key", "Prefer"})
"""Header parameters that the introductions tell of."""


class Endpoint(NamedTuple):
    """One operation of the description."""

    method: str
    path: str
    operation: dict[str, Any]

    @property
    def title(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def anchor(self) -> str:
        kept = (each for each in self.title.lower() if each.isalnum() or each in " -_")
        return "".join(kept).replace(" ", "-")


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI description of everything that can be served."""
    # Nothing is asked of the store while the application is only described.
    app = create_app(cast("Store", None), ApiSettings(metrics_key=SecretStr("x" * 20)))
    return app.openapi()


def reference() -> str:
    """Return the page."""
    described = description()
    schemas = Schemas(described["components"]["schemas"])
    by_tag: dict[str, list[Endpoint]] = {tag: [] for tag in _ABOUT}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            by_tag[operation["tags"][0]].append(Endpoint(method, path, operation))
    parts = [_HEAD]
    for tag, endpoints in by_tag.items():
        parts += _dialect(tag, endpoints, schemas)
    return "\n".join(parts)


def _dialect(tag: str, endpoints: list[Endpoint], schemas: Schemas) -> Iterator[str]:
    yield f"## {tag}\n\n{_ABOUT[tag]}\n\n| endpoint | what it does |\n|---|---|"
    for each in endpoints:
        yield f"| [`{each.title}`](#{each.anchor}) | {cell(each.operation['summary'])} |"
    common = _said_by_many(endpoints)
    if common:
        yield "\nMany of them may also answer:\n\n| status | text |\n|---|---|"
        yield from (f"| {status} | {cell(text)} |" for status, text in sorted(common))
    if _may_be_unfinished(endpoints[0]):
        accepted = endpoints[0].operation["responses"]["202"]["content"]["application/json"]
        yield from _shown("202: accepted, not done yet", _examples(accepted)[:1])
    for each in endpoints:
        yield from _endpoint(each, schemas, common)
    yield ""


def _endpoint(each: Endpoint, schemas: Schemas, common: set[tuple[str, str]]) -> Iterator[str]:
    operation = each.operation
    yield f"\n### {each.title}\n\n{operation['summary']}."
    if "description" in operation:
        yield f"\n{operation['description']}"
    parameters = [
        found for found in operation.get("parameters", []) if found["name"] not in _SAID_ONCE
    ]
    for place in ("path", "query", "header"):
        here = {
            found["name"]: {**found["schema"], **found}
            for found in parameters
            if found["in"] == place
        }
        if here:
            required = [name for name, found in here.items() if found["required"]]
            yield from fields_table(f"in the {place}", here, required, schemas)
    yield from _body(operation, schemas)
    yield from _answers(operation, schemas, common)


def _body(operation: dict[str, Any], schemas: Schemas) -> Iterator[str]:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    if content and "application/json" not in content:
        yield f"\nThe body is the file itself: {', '.join(f'`{kind}`' for kind in content)}."
    elif content:
        body = content["application/json"]
        variants = schemas.variants(body["schema"])
        for variant in variants:
            if len(variants) > 1:
                yield f"\n**`{variant['title']}`**"
            yield from fields_table(
                "field", variant["properties"], variant.get("required", []), schemas
            )
        yield from _shown("Request", _examples(body)[:1])


def _answers(
    operation: dict[str, Any], schemas: Schemas, common: set[tuple[str, str]]
) -> Iterator[str]:
    for status, answer in operation["responses"].items():
        if status in {"200", "201"}:
            found = _examples(answer.get("content", {}).get("application/json", {}))[:1]
            yield from _shown(f"{status}: {answer['description'].rstrip('.')}", found)
            if not found:
                schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
                for each in schemas.variants(schema):
                    yield from fields_table("in the answer", each["properties"], (), schemas)
    own = [entry for entry in _texts(operation) if entry not in common]
    if own:
        yield "\n| status | text |\n|---|---|"
        yield from (f"| {status} | {cell(text)} |" for status, text in own)


def _shown(title: str, found: list[Any]) -> Iterator[str]:
    if not found:
        yield f"\n{title}"
    for each in found:
        yield f"\n{title}\n\n```json\n{json.dumps(each, indent=2, ensure_ascii=False)}\n```"


def _may_be_unfinished(endpoint: Endpoint) -> bool:
    return "202" in endpoint.operation["responses"]


def _said_by_many(endpoints: Iterable[Endpoint]) -> set[tuple[str, str]]:
    """Return what more than a third of the endpoints may answer, so that it is told once."""
    every = [set(_texts(each.operation)) for each in endpoints]
    counted = Counter(entry for texts in every for entry in texts)
    return {entry for entry, times in counted.items() if times * 3 > len(every)}


def _texts(operation: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the statuses and texts of what is no success."""
    found = []
    for status, answer in sorted(operation["responses"].items()):
        if status.startswith("2"):
            continue
        examples = _examples(answer.get("content", {}).get("application/json", {}))
        texts = [_text(each) for each in examples] or [answer["description"]]
        found += [(status, text) for text in texts]
    return list(dict.fromkeys(found))


def _text(example: Any) -> str:
    error = example.get("error", example) if isinstance(example, dict) else example
    return str(error.get("message", error) if isinstance(error, dict) else error)


def _examples(content: dict[str, Any]) -> list[Any]:
    return [each["value"] for each in content.get("examples", {}).values()]
