"""A restarted sandbox remembers what it delivered and whom it let in."""

from pathlib import Path

from executor.sandbox import NewThread, Relation, SeededMessage, running_sandbox
from tests.executor.sandbox.conftest import OpenPage, type_lines

JANE = "ACoAABCDEFG"


async def test_the_world_survives_a_restart(open_page: OpenPage, tmp_path: Path) -> None:
    """Ledger, threads, invitations, accounts, toggles: all are rebuilt from the journal."""
    state_file = tmp_path / "sandbox.sqlite3"
    async with running_sandbox(state_file=state_file) as first:
        second_account = await first.client.add_account(first_name="Bo", last_name="Ekdahl")
        await first.client.toggle(language="de")
        await first.client.seed_thread(
            NewThread(person="siobhan-o-tarragh", messages=(SeededMessage(sender="me", text="Hi"),))
        )
        page = await open_page(f"/messaging/compose/?recipient={JANE}", url=first.url)
        await type_lines(page, page.locator(".msg-form__contenteditable"), "Remember me")
        await page.locator("button.msg-form__send-button").click()
        await page.wait_for_url("**/messaging/thread/2-**")
        await page.goto(first.url + "/preload/custom-invite/?vanityName=ida-norr")
        await page.get_by_role("button", name="Ohne Nachricht senden").click()
        await page.get_by_text("Ihre Einladung an Ida Norrbäck wurde gesendet").wait_for()
        before = await first.client.ledger()
        state = await first.client.storage_state(second_account.id)

    async with running_sandbox(state_file=state_file) as again:
        assert await again.client.ledger() == before
        assert [entry.kind for entry in before] == ["message", "invitation"]
        assert (await again.client.relation("ida-norr")).relation is Relation.PENDING
        assert [t.messages[-1].text for t in (await again.client.threads())[:2]] == [
            "Remember me",
            "Hi",
        ]
        assert (await again.client.toggles()).language == "de"
        cookies = {c["name"]: c["value"] for c in state["cookies"]}
        known = await again.client.storage_state(second_account.id)
        assert cookies["li_at"] in {c["value"] for c in known["cookies"]}


async def test_a_reset_forgets_for_good(tmp_path: Path) -> None:
    """Nothing of the old world comes back with a restart."""
    state_file = tmp_path / "sandbox.sqlite3"
    async with running_sandbox(state_file=state_file) as sandbox:
        await sandbox.client.set_relation("ida-norr", Relation.CONNECTED)
        await sandbox.client.reset()

    async with running_sandbox(state_file=state_file) as sandbox:
        assert (await sandbox.client.relation("ida-norr")).relation is Relation.CONNECTABLE
