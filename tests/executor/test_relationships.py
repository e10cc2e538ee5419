"""How the account stands with a member, in every language and on both kinds of profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.components.relationship import Relationship
from executor.pages.profile import ProfilePage
from executor.person import Person
from executor.sandbox.people import Relation
from storage.tasks import ErrorCode
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.launch import BrowserHost
    from executor.sandbox.server import RunningSandbox
    from tests.executor.office import Office

EXPECTED = {
    Relation.CONNECTED: Relationship.CONNECTED,
    Relation.CONNECTABLE: Relationship.CONNECTABLE,
    Relation.PENDING: Relationship.PENDING,
    Relation.BLOCKED_REINVITE: Relationship.REINVITE_BLOCKED,
    Relation.INCOMING: Relationship.INCOMING,
    Relation.FOLLOW_ONLY: Relationship.FOLLOW_ONLY,
}
PAGES = [
    *(("sdui", language) for language in ("en", "ar")),
    *(("ember", language) for language in ("en", "ar")),
]
# No digit, no key and no link tells these; that is said, and nothing wrong.
UNTOLD = {
    ("sdui", "ar", Relation.FOLLOW_ONLY),
    ("ember", "ar", Relation.CONNECTED),
    ("ember", "ar", Relation.INCOMING),
    ("ember", "ar", Relation.FOLLOW_ONLY),
}


@pytest.fixture(scope="module")
async def account(
    browsers: BrowserHost, shared_sandbox: RunningSandbox
) -> AsyncIterator[AccountBrowser]:
    """One signed-in window for all of this file's pages."""
    opened = await browsers.open_account(await shared_sandbox.client.storage_state())
    yield opened
    await opened.close()


async def seen(
    account: AccountBrowser, sandbox: RunningSandbox, relation: Relation, **toggles: Any
) -> Relationship:
    await sandbox.client.toggle(action_row_delay_ms=0, **toggles)
    await sandbox.client.set_relation(STRANGER, relation)
    page = await ProfilePage.open(account.tab, Person(profile_id=STRANGER))
    assert page.member.profile_id == STRANGER
    assert page.member.vanity == "oskar-fjeldgren"
    return await page.relationship()


@pytest.mark.drift("2026-02")
@pytest.mark.parametrize(("generation", "language"), PAGES)
async def test_every_relation_is_recognised(
    account: AccountBrowser, sandbox: RunningSandbox, generation: str, language: str
) -> None:
    """Each relation is recognised, or said to be unknown where nothing but words tells it."""
    expected = dict(EXPECTED)
    if generation == "ember":
        # Its button looks the same; LinkedIn's answer tells.
        expected[Relation.BLOCKED_REINVITE] = Relationship.CONNECTABLE
    expected |= {
        relation: Relationship.UNKNOWN
        for relation in EXPECTED
        if (generation, language, relation) in UNTOLD
    }

    toggles = {"generation": generation, "language": language}
    shown = {relation: await seen(account, sandbox, relation, **toggles) for relation in EXPECTED}

    assert shown == expected


@pytest.mark.parametrize(
    ("generation", "language"), [("sdui", "de"), ("ember", "en"), ("ember", "ar")]
)
@pytest.mark.parametrize("relation", [Relation.CONNECTABLE, Relation.PENDING])
async def test_controls_in_the_menu_are_recognised(
    account: AccountBrowser,
    sandbox: RunningSandbox,
    generation: str,
    language: str,
    relation: Relation,
) -> None:
    """Connect and Pending below More are found by links, keys and icons."""
    toggles = {"generation": generation, "language": language, "controls_in_more": True}

    assert await seen(account, sandbox, relation, **toggles) is EXPECTED[relation]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", Relationship.CONNECTED),
        ("ja", Relationship.CONNECTED),
        ("ar", Relationship.UNKNOWN),
    ],
)
async def test_an_unreadable_remove_connection_beside_follow_denies_nothing(
    account: AccountBrowser, sandbox: RunningSandbox, language: str, expected: Relationship
) -> None:
    """A connection without links of its own is known by the degree's digit, or not at all."""
    toggles = {"language": language, "connection_extras": False, "menu_follow_key": True}

    assert await seen(account, sandbox, Relation.CONNECTED, **toggles) is expected


@pytest.mark.parametrize("in_more", [False, True], ids=["card", "more"])
@pytest.mark.parametrize("language", ["de", "ar"])
async def test_pending_without_its_key_is_no_proof(
    account: AccountBrowser, sandbox: RunningSandbox, language: str, in_more: bool
) -> None:
    """In an unknown language the link back is enough to invite nobody a second time."""
    toggles = {"language": language, "pending_key": False, "controls_in_more": in_more}

    assert await seen(account, sandbox, Relation.PENDING, **toggles) is Relationship.SEEMS_PENDING


@pytest.mark.scenario(6)
@pytest.mark.parametrize("language", ["en", "de"])
async def test_follow_and_save_are_no_incoming_invitation(
    account: AccountBrowser, sandbox: RunningSandbox, language: str
) -> None:
    """Two buttons that name the member are not Accept and Ignore where Sales Navigator is on."""
    toggles = {"language": language, "sales_navigator": True}
    shown = await seen(account, sandbox, Relation.FOLLOW_ONLY, **toggles)

    assert shown is Relationship.FOLLOW_ONLY


async def test_the_classic_profile_leads_to_invitations_and_messages(office: Office) -> None:
    """Both writes are done from the older page, in a language whose words nobody knows."""
    await office.sandbox.client.toggle(generation="ember", language="tr")

    invited, written = await office.invite(note="Merhaba"), await office.message("Merhaba")

    assert (invited.error, written.error) == (None, None)
    assert [(entry.kind, entry.recipient) for entry in await office.delivered()] == [
        ("invitation", STRANGER),
        ("message", JANE),
    ]


async def test_the_classic_profile_does_not_invite_again_too_early(office: Office) -> None:
    """What its button does not show, LinkedIn's answer does."""
    await office.sandbox.client.toggle(generation="ember")
    await office.sandbox.client.set_relation(STRANGER, Relation.BLOCKED_REINVITE)

    task = await office.invite()

    assert task.error is not None
    assert task.error.code is ErrorCode.REINVITE_BLOCKED
    assert await office.delivered() == []
