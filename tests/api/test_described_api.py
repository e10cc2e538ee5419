"""Every endpoint against its own description: generated requests, right ones and wrong ones."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, cast

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import ApiSettings
from storage.runners import MemoryTaken
from tests.api.conftest import served, world_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis import Case

    from storage.ports import Store

# Only described here, never asked anything.
UNOPENED = cast("Store", None)
API = schemathesis.openapi.from_dict(
    create_app(UNOPENED, ApiSettings(_env_file=None)).openapi(), config=SchemathesisConfig()
)
OPERATIONS = {
    found.ok().label: found.ok() for found in API.get_all_operations() if isinstance(found, Ok)
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# They ask for no key, and have no parameter that could be wrong.
OPEN = {"GET /health", "GET /livez", "GET /readyz"}
# They last until somebody ends them.
STREAMS = {"GET /tasks/events", "GET /tasks/{task_id}/events"}
CASES = [
    (label, mode)
    for label in OPERATIONS
    for mode in GenerationMode
    if label not in OPEN or mode is GenerationMode.POSITIVE
]
# The same cases in every run: what is found once is found by everybody.
FEW = hypothesis.settings(
    max_examples=8,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Service:
    """The app over real HTTP, with a loop and thread of its own, since schemathesis waits."""

    def __init__(self, folder: Path) -> None:
        self.url = self.key = self.ended_task = ""
        self._folder = folder
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()

    async def _run(self) -> None:
        # Nobody performs tasks here, so that no call should wait for one.
        async with (
            world_in(self._folder) as world,
            served(world.app(answer_within=timedelta(0))) as self.url,
        ):
            self.key = world.key
            self.ended_task = await world.ended_task()
            await world.store.runners.show("host:1:0", MemoryTaken(own=1, browser=1))
            self._ready.set()
            await self._stop.wait()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("described")) as running:
        yield running


def headers_with(key: str) -> dict[str, str]:
    """Return the key in every header that one of the contracts takes it from."""
    return {"x-api-key": key, "Authorization": f"Bearer {key}"}


def ask(service: Service, case: Case[Any], *, session: requests.Session) -> requests.Response:
    """Send the case and compare the answer with the description."""
    answer = case.call(base_url=service.url, session=session, timeout=30)
    case.validate_response(answer, checks=CHECKS)
    return cast("requests.Response", answer)


@pytest.mark.parametrize(("label", "mode"), CASES)
def test_every_answer_is_a_described_one(
    service: Service, label: str, mode: GenerationMode
) -> None:
    """With a valid key: no 500, no undescribed status, header or body."""

    @FEW
    @hypothesis.given(case=OPERATIONS[label].as_strategy(mode), known=st.booleans())
    def asked(case: Case[Any], *, known: bool) -> None:
        if known and case.path_parameters:
            case.path_parameters["task_id"] = service.ended_task
        if label in STREAMS:
            case.query = {**(case.query or {}), "for": 0}
        ask(service, case, session=session)

    with requests.Session() as session:
        session.headers.update(headers_with(service.key))
        asked()


@pytest.mark.parametrize("label", [label for label in OPERATIONS if label not in OPEN])
def test_nothing_is_answered_without_a_valid_key(service: Service, label: str) -> None:
    """Whatever is sent, with no key or an unknown one, the answer is the described 401."""

    @FEW
    @hypothesis.given(
        case=OPERATIONS[label].as_strategy(GenerationMode.POSITIVE),
        keys=st.sampled_from([{}, headers_with("nobody's")]),
    )
    def asked(case: Case[Any], keys: dict[str, str]) -> None:
        for name in headers_with(""):
            session.headers.pop(name, None)
        session.headers.update(keys)
        assert ask(service, case, session=session).status_code == 401

    with requests.Session() as session:
        asked()


def test_every_endpoint_is_asked() -> None:
    """A new route cannot be forgotten."""
    described: dict[str, Any] = API.raw_schema["paths"]

    assert set(OPERATIONS) == {
        f"{method.upper()} {path}" for path, item in described.items() for method in item
    }
