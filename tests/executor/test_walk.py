"""`doctor --live`: the pages are looked at, and nothing on them is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.browser.launch import BrowserHost
from executor.errors import SignedOut
from executor.inspection.leasing import AccountInUse, with_account
from executor.inspection.walk import walk
from executor.person import Person
from executor.sandbox.people import Relation
from storage.sessions import SessionHealth
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from pathlib import Path

    from executor.browser.tab import Tab
    from executor.inspection.walk import Look
    from tests.executor.office import Office


POST = "urn:li:activity:7123456789012345678"
"""In the sandbox's default world."""


async def looks_of(
    office: Office, *, whom: str = STRANGER, post: str | None = None, locators: Path | None = None
) -> dict[str, Look]:
    async def work(tab: Tab) -> dict[str, Look]:
        person = Person(profile_id=whom)
        return {look.name: look async for look in walk(tab, person=person, post_urn=post)}

    async with BrowserHost(office.settings, locators=locators) as browsers:
        return await with_account(
            office.store,
            browsers,
            office.settings,
            member_id=office.admin.id,
            clock=office.clock,
            work=work,
        )


@pytest.mark.parametrize("generation", ["sdui", "ember"])
async def test_every_page_has_what_it_needs(office: Office, generation: str) -> None:
    """Everything required is found in both kinds of page; nothing is written, no thread opened."""
    await office.sandbox.client.toggle(
        generation=generation, post_generation=generation, action_row_delay_ms=0
    )

    looks = await looks_of(office, post=POST)

    wrong = {name: (look.found, look.missing, look.trouble) for name, look in looks.items()}
    assert wrong == dict.fromkeys(wrong, (True, [], None))
    assert list(looks) == [
        "own profile",
        "profile",
        "inbox",
        "people search",
        "sent invitations",
        "received invitations",
        "post",
    ]
    assert await office.delivered() == []
    visits = await office.sandbox.client.visits()
    assert [each.path for each in visits if each.path.startswith("/messaging/thread/")] == []
    assert {each.method for each in visits if each.what == "page"} == {"GET"}
    assert await office.store.leases.held() == []


async def test_an_element_that_is_gone_is_named(office: Office, tmp_path: Path) -> None:
    """A page whose required element no candidate finds is told, and the walk goes on."""
    file = tmp_path / "locators.toml"
    file.write_text(
        '["people_search.card"]\nreplace = true\n'
        'candidates = [{css = ".gone", measured = "2026-11-20"}]\n',
        encoding="utf-8",
    )

    looks = await looks_of(office, whom=JANE, locators=file)

    assert looks["people search"].missing == ["people_search.card or people_search.no_results"]
    assert looks["sent invitations"].ok


async def test_an_override_is_what_then_matches(office: Office, tmp_path: Path) -> None:
    """The operator's candidate comes first, and the built-in ones move behind it."""
    file = tmp_path / "locators.toml"
    file.write_text(
        '["shell.navigation"]\ncandidates = [{css = "nav", measured = "2026-11-20"}]\n',
        encoding="utf-8",
    )
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTABLE)

    looks = await looks_of(office, locators=file)

    elements = {each.name: each for each in looks["profile"].elements}
    assert (elements["shell.navigation"].candidate, elements["shell.navigation"].count) == (0, 1)
    assert elements["profile.connect"].match == "first"
    assert "profile.connect" not in looks["profile"].required


async def test_an_account_that_a_runner_has_is_left_alone(office: Office) -> None:
    """The account belongs to one process at a time."""
    lease = await office.store.leases.acquire(
        office.admin.id, owner="elsewhere:1:0", ttl=office.settings.lease_ttl
    )
    assert lease is not None

    with pytest.raises(AccountInUse):
        await looks_of(office)


async def test_a_signed_out_account_is_noted(office: Office) -> None:
    """What the walk finds out about the session is stored, as a runner would."""
    await office.sandbox.client.sign_out()

    with pytest.raises(SignedOut):
        await looks_of(office)

    assert await office.health() is SessionHealth.SIGNED_OUT
    assert await office.store.leases.held() == []
