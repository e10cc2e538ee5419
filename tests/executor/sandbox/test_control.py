"""The control API: its guard, its refusals, and the calls that pages make."""

import ast
from pathlib import Path
from typing import Literal

import httpx
import pytest

import executor.sandbox
from executor.sandbox import NewMessage, Relation, RunningSandbox, SandboxClient
from executor.sandbox.labels import labels, languages

SIDES: tuple[Literal["me", "them"], ...] = ("me", "them")
SOURCES = sorted(Path(executor.sandbox.__file__).parent.rglob("*.py"))


def cookies(state: dict[str, list[dict[str, str]]]) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in state["cookies"])


async def test_pages_of_other_sites_cannot_drive_the_sandbox(sandbox: RunningSandbox) -> None:
    """A foreign Origin is refused; the own one and none are not."""
    async with httpx.AsyncClient(base_url=sandbox.url + "/_sandbox") as http:
        foreign = await http.post("/reset", headers={"origin": "http://evil.example"})
        own = await http.post("/reset", headers={"origin": sandbox.url})

    assert (foreign.status_code, own.status_code) == (403, 204)


async def test_calls_need_the_csrf_token(sandbox: RunningSandbox) -> None:
    """The header repeats JSESSIONID without its quotes."""
    state = await sandbox.client.storage_state()
    token = next(c["value"] for c in state["cookies"] if c["name"] == "JSESSIONID").strip('"')
    async with httpx.AsyncClient(base_url=sandbox.url + "/voyager/api") as http:
        path, cookie = "/me", {"cookie": cookies(state)}
        bare = await http.get(path)
        wrong = await http.get(path, headers=cookie | {"csrf-token": "ajax:1"})
        right = await http.get(path, headers=cookie | {"csrf-token": token})

    assert (bare.status_code, wrong.status_code, right.status_code) == (401, 403, 200)
    assert right.json()["included"][0]["publicIdentifier"] == "avery-lindqvist"


async def test_profile_facts_come_as_linkedin_gives_them(
    sandbox: RunningSandbox, control: SandboxClient
) -> None:
    """Slug or id find the same member, with the relationship in a union."""
    await control.set_relation("ida-norr", Relation.PENDING)
    state = await control.storage_state()
    token = next(c["value"] for c in state["cookies"] if c["name"] == "JSESSIONID").strip('"')
    headers = {"cookie": cookies(state), "csrf-token": token}
    path = "/voyager/api/identity/dash/profiles?q=memberIdentity&memberIdentity=ida-norr"
    async with httpx.AsyncClient(base_url=sandbox.url, headers=headers) as http:
        profile, relationship = (await http.get(path)).json()["included"]

    assert profile["publicIdentifier"] == "ida-norr"
    union = relationship["memberRelationshipUnion"]["noConnection"]["invitationUnion"]
    assert union["invitation"]["invitationType"] == "SENT"


async def test_unknown_toggles_are_refused(control: SandboxClient) -> None:
    """A misspelt toggle must not pass as set."""
    for wrong in ({"langauge": "de"}, {"language": "xx"}, {"modal_delay_ms": -1}):
        with pytest.raises(httpx.HTTPStatusError, match="422"):
            await control.toggle(**wrong)


async def test_renamed_members_keep_their_old_slug_as_a_redirect(control: SandboxClient) -> None:
    """Both slugs find the member."""
    changed = await control.change_person("ida-norr", vanity="ida-renamed")

    assert await control.person("ida-norr") == changed
    assert changed.former_vanities == ("ida-norr",)


async def test_both_sides_can_write_by_hand(control: SandboxClient) -> None:
    """What is written elsewhere than in our browser comes into the conversation, not the ledger."""
    written = [
        await control.add_message(NewMessage(person="john-doe-123", sender=sender, text="Later"))
        for sender in SIDES
    ]

    thread = next(t for t in await control.threads() if t.messages[-1] == written[-1])
    assert thread.messages[-2:] == tuple(written)
    assert [each.sender == thread.person for each in written] == [False, True]
    assert (thread.unread, thread.read_at) == (1, written[0].at.timestamp())
    assert await control.ledger() == []
    with pytest.raises(httpx.HTTPStatusError, match="404"):
        await control.add_message(NewMessage(person="ida-norr", sender="me", text="Hello"))


async def test_every_account_has_its_own_ties(control: SandboxClient) -> None:
    """What one account does to a member changes nothing for another."""
    other = await control.add_account(first_name="Bo", last_name="Ekdahl", premium=True)
    await control.set_relation("ida-norr", Relation.PENDING, account=other.id)

    assert (await control.relation("ida-norr")).relation is Relation.CONNECTABLE
    assert len(await control.people(Relation.PENDING, account=other.id)) == 22


async def test_every_relation_has_members(control: SandboxClient) -> None:
    """The default world can show every case."""
    for relation in Relation:
        assert len(await control.people(relation)) >= 8
    everyone = await control.people()
    assert len(everyone) > 200
    assert len({person.vanity for person in everyone}) == len(everyone)
    assert len(await control.people(name="Alex Morgenfeld")) == 2


async def test_developers_find_the_ledger_at_the_root(sandbox: RunningSandbox) -> None:
    """The landing page and the documentation answer."""
    async with httpx.AsyncClient(base_url=sandbox.url + "/_sandbox") as http:
        landing, docs = await http.get("/"), await http.get("/docs")

    assert "Nothing has been delivered yet" in landing.text
    assert docs.status_code == 200


@pytest.mark.parametrize("language", languages())
def test_every_language_speaks_of_the_same_things(language: str) -> None:
    """A label file has no word that English lacks, and keeps its placeholders."""
    english, words = labels("en").words, labels(language).words

    assert words.keys() == english.keys()
    for key, text in words.items():
        for name in ("{name}", "{names}", "{n}", "{first}"):
            assert (name in text) == (name in english[key]), key


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_sandbox_knows_nothing_of_what_drives_it(source: Path) -> None:
    """It is written from the facts, so that it can contradict a wrong locator."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            first, *rest = node.module.split(".")
            assert first not in ("api", "storage")
            assert first != "executor" or rest[:1] == ["sandbox"]
