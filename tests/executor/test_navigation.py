"""Leaving a page that is about to go somewhere by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox import Fault
from tests.executor.office import JANE

if TYPE_CHECKING:
    from tests.executor.office import Office


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("location.reload()", id="loads itself anew"),
        pytest.param("location.href = '/mynetwork/'", id="goes elsewhere"),
    ],
)
async def test_a_page_that_moves_on_by_itself_is_left_all_the_same(
    office: Office, deed: str
) -> None:
    """It does so while the other page is still on its way, as after a success."""
    account = await office.browsers.open_fresh(await office.sandbox.client.storage_state())
    wanted = f"/in/{JANE}"
    await account.tab.open("/feed/")
    await office.sandbox.client.arm(Fault(on="page", do="delay", match=wanted, seconds=1))
    await account.tab._page.evaluate(f"() => {{ setTimeout(() => {{ {deed} }}, 200) }}")

    await account.tab.open(f"{wanted}/")

    assert account.tab.path.startswith("/in/")
    await account.close()
