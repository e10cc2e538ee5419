"""Somebody who is signed in to the dashboard of a team."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from executor.actions import SendMessage
from tests.api.dashboard.looking import LookedAt
from tests.api.dashboard.visiting import Visitor
from tests.api.receiver import public_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence
    from pathlib import Path

    from tests.api.conftest import World


class DayCap:
    """Two of everything within a day."""

    async def of(
        self,
        member_id: str,  # noqa: ARG002 - the protocol's
        task_types: Collection[str],
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        messages = SendMessage.task_type
        return {messages: [(2, timedelta(days=1))]} if messages in task_types else {}


@pytest.fixture
def artifacts(tmp_path: Path) -> Path:
    return tmp_path / "artifacts"


@pytest.fixture
async def visitor(world: World, artifacts: Path) -> AsyncIterator[Visitor]:
    app = create_app(
        world.store,
        world.settings,
        clock=world.clock,
        caps=DayCap(),
        resolve=public_address,
        artifacts=artifacts,
        working_hours="Mon-Fri 09:00-18:00",
        live_views=LookedAt(),
    )
    visitor = Visitor(app)
    async with visitor.http:
        await visitor.sign_in(world.key)
        yield visitor
