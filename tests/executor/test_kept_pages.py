"""What is kept of a page that was not understood, and what never is."""

from __future__ import annotations

import json
import os
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.saved_page import Saved
from executor.evidence import KeptPages
from executor.inspection.report import inspect_page
from executor.locators import messaging, profile
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.kept_browsers import KeptBrowsers
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.saved_page import SavedPage
    from executor.sandbox.server import RunningSandbox
    from executor.settings import ExecutorSettings
    from storage.tasks import Task
    from tests.executor.office import Office

OWN_WORDS = "Shall we meet on Thursday?"
THEIR_WORDS = "Yes, at Café Bräunlich, 14 o'clock"


@pytest.fixture
async def account(browsers: KeptBrowsers, sandbox: RunningSandbox) -> Any:
    opened = await browsers.open_account(await sandbox.client.storage_state())
    yield opened
    await opened.close()


def folder_of(office: Office, task: Task) -> Path:
    return office.folder / "artifacts" / task.id


async def test_only_its_owner_can_read_what_is_kept(office: Office) -> None:
    """The screenshot may show other people's messages, so folder and files are the owner's."""
    await office.sandbox.client.toggle(invite_dialog_missing=True)

    folder = folder_of(office, await office.invite())

    modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}
    assert modes == {"about.json": 0o600, "page.html": 0o600, "page.png": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_it_says_what_was_looked_for_and_where(office: Office) -> None:
    """The element's name, the address and the language are what a locator is mended by."""
    await office.sandbox.client.toggle(invite_dialog_missing=True, language="de")

    task = await office.invite()

    about = json.loads((folder_of(office, task) / "about.json").read_text())
    assert task.error is not None
    assert (about["task"], about["task_type"], about["code"]) == (
        task.id,
        "send_connection_request",
        "ui_changed",
    )
    assert about["error"] == task.error.message
    assert "invite.dialog" in about["error"]
    path = r"/preload/custom-invite/\?vanityName=masked-\d+"
    assert re.fullmatch(rf"https://www\.linkedin\.com{path}", about["address"])
    assert about["language"] == "de"


async def test_a_send_that_nobody_can_prove_keeps_its_page(office: Office) -> None:
    """What the page looked like is the first thing that somebody who decides wants to see."""
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await office.message("Hello")

    assert task.status is TaskStatus.UNCONFIRMED
    assert (folder_of(office, task) / "page.png").is_file()


async def test_an_answer_that_is_understood_keeps_nothing(office: Office) -> None:
    """A refusal with a known reason is no riddle."""
    await office.sandbox.client.set_relation(STRANGER, Relation.PENDING)

    task = await office.invite()

    assert task.error is not None
    assert task.error.code is ErrorCode.ALREADY_PENDING
    assert not folder_of(office, task).exists()


PAGES = [
    ("/in/oskar-fjeldgren/", {}),
    ("/in/oskar-fjeldgren/", {"generation": "ember"}),
    (f"/messaging/compose/?recipient={JANE}", {}),
    ("/search/results/people/?keywords=Oskar", {}),
    ("/mynetwork/invite-connect/connections/", {}),
    ("/mynetwork/invitation-manager/sent/", {}),
    ("/feed/update/urn:li:activity:7123456789012345678/", {}),
    ("/feed/update/urn:li:activity:7123456789012345678/", {"post_generation": "ember"}),
    ("/preload/custom-invite/?vanityName=oskar-fjeldgren", {}),
]


def identities(office_people: list[Any]) -> Iterator[str]:
    """Return everything that would tell who somebody is."""
    for person in office_people:
        yield from (person.name, person.id, person.vanity, person.headline, str(person.member))


@pytest.mark.parametrize(("path", "toggles"), PAGES)
async def test_nobody_can_be_recognised_in_the_html(
    account: AccountBrowser, sandbox: RunningSandbox, path: str, toggles: dict[str, Any]
) -> None:
    """Names, ids, vanity names, numbers and whatever people wrote are replaced, everywhere."""
    client = sandbox.client
    await client.toggle(**toggles)
    await client.seed_thread(
        NewThread(
            person=JANE,
            messages=(
                SeededMessage(sender="me", text=OWN_WORDS),
                SeededMessage(sender="them", text=THEIR_WORDS),
            ),
        )
    )
    await account.tab.open(path)
    await account.tab.settle(0.3)

    picture = await account.tab.picture()

    told = picture.html + picture.address + picture.title
    words = [OWN_WORDS, THEIR_WORDS, "Bräunlich", *identities(await client.people())]
    assert [each for each in words if each and each in told] == []
    state = await client.storage_state()
    assert [c["name"] for c in state["cookies"] if c["value"].strip('"') in told] == []


async def test_locators_can_be_worked_on_with_the_html(account: AccountBrowser) -> None:
    """Structure, keys, visibility and shadow roots are as they were, and ids fit one another."""
    await account.tab.open(f"/in/{STRANGER}/")
    await account.tab.wait_for(profile.CONTROLS_READY)
    await account.tab.settle(0.3)
    picture = await account.tab.picture()

    await account.tab._page.set_content(picture.html)

    card = await account.tab.whole.require(profile.TOP_CARD)
    key = await card.attribute("componentkey")
    assert key is not None
    assert re.fullmatch(profile.TOP_CARD_KEY, key)
    seen = await card.read(profile.CONNECT, profile.PENDING, profile.DEGREE)
    (connect,) = seen[profile.CONNECT.name]
    assert connect.label is not None
    assert connect.label.startswith("Invite ")
    own = await account.tab.own_paths()
    assert connect.href is not None
    assert own[0].strip("/").split("/")[1] in connect.href
    assert seen[profile.PENDING.name] == []
    assert "· 2nd" in [each.text for each in seen[profile.DEGREE.name]]
    bubble = account.tab._page.locator(".msg-overlay-conversation-bubble")
    assert await bubble.count() == 1


async def test_a_kept_page_can_be_inspected(account: AccountBrowser, saved_page: SavedPage) -> None:
    """`inspect` reads it like any saved page, which is how a new locator is tried."""
    await account.tab.open(f"/in/{STRANGER}/")
    await account.tab.wait_for(profile.CONTROLS_READY)
    kept = await account.tab.picture()

    await saved_page.show(Saved(html=kept.html.encode(), address=kept.address))
    report = await inspect_page(saved_page.tab)

    assert (report.is_complete, report.notes) == (True, ())
    assert report.as_json()["relationship"] == "connectable"


async def test_the_message_box_is_found_in_the_html(account: AccountBrowser) -> None:
    """The classic page's classes are kept to the letter."""
    await account.tab.open(f"/messaging/compose/?recipient={JANE}")
    await account.tab.wait_for(messaging.COMPOSER)
    picture = await account.tab.picture()

    await account.tab._page.set_content(picture.html)

    form = await account.tab.whole.require(messaging.FORM)
    assert await form.find(messaging.SEND) is not None


async def test_a_trace_is_kept_where_it_is_wanted_and_holds_no_cookie(
    office: Office, settings: ExecutorSettings
) -> None:
    """Playwright's viewer can play it; the session cannot be taken out of it."""
    state = await office.sandbox.client.storage_state()
    await office.sandbox.client.toggle(invite_dialog_missing=True)
    full = settings.model_copy(update={"kept_pages": "full"})
    task_id = await office.ask("send_connection_request", invitee={"profile_id": STRANGER})

    async with KeptBrowsers(full) as host:
        office.browsers = host
        await office.runner(kept_pages="full").run_once()

    trace = office.folder / "artifacts" / task_id / "trace.zip"
    assert trace.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(trace) as opened:
        content = {name: opened.read(name) for name in opened.namelist()}
    assert {"trace.trace", "trace.network"} <= set(content)
    assert b"custom-invite" in content["trace.network"]
    secrets = [cookie["value"].strip('"').encode() for cookie in state["cookies"]]
    assert [name for name, each in content.items() if any(s in each for s in secrets)] == []


def kept(root: Path, name: str, *, days_ago: float, megabytes: float = 0.001) -> Path:
    """Put a folder there as if it had been kept then."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "page.png").write_bytes(b"0" * int(megabytes * 1_000_000))
    at = (datetime.now(UTC) - timedelta(days=days_ago)).timestamp()
    os.utime(folder, (at, at))
    return folder


def test_what_is_old_is_removed(tmp_path: Path, settings: ExecutorSettings) -> None:
    """Two weeks are enough to look at a page, and nothing is kept beyond its time."""
    pages = KeptPages(tmp_path, settings, clock=lambda: datetime.now(UTC))
    old, new = kept(tmp_path, "old", days_ago=15), kept(tmp_path, "new", days_ago=13)

    pages.prune()

    assert (old.exists(), new.exists()) == (False, True)


def test_the_oldest_goes_when_there_is_too_much(tmp_path: Path, settings: ExecutorSettings) -> None:
    """The disk of a server that meets a changed page all night is not filled up."""
    tight = settings.model_copy(update={"kept_pages_mb": 10})
    pages = KeptPages(tmp_path, tight, clock=lambda: datetime.now(UTC))
    folders = [kept(tmp_path, str(day), days_ago=day, megabytes=4) for day in range(1, 5)]

    pages.prune()

    assert [each.exists() for each in folders] == [True, True, False, False]


def test_nothing_kept_is_nothing_to_remove(tmp_path: Path, settings: ExecutorSettings) -> None:
    """The folder is made when it is first needed."""
    KeptPages(tmp_path / "none", settings, clock=lambda: datetime.now(UTC)).prune()
