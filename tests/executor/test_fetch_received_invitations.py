"""The list of received invitations, from the page to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.people import Relation
from storage.tasks import TaskStatus
from tests.executor.office import STRANGER
from tests.executor.test_connectsafely_over_http import connected

if TYPE_CHECKING:
    from tests.executor.office import Office


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_received_invitations", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
async def test_every_inviter_is_listed_once(office: Office, language: str) -> None:
    """Shared connections are linked on the cards as well, and are no inviters."""
    await office.sandbox.client.toggle(language=language)
    for person in (await office.sandbox.client.people(Relation.INCOMING))[:4]:
        await office.sandbox.client.set_relation(person.id, Relation.CONNECTABLE)
    await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING)
    everybody = await office.sandbox.client.people(Relation.INCOMING)

    output = await listed(office)

    found = [each["full_name"] for each in output["invitations"]]
    assert sorted(found) == sorted(person.name for person in everybody)
    assert (found[0], output["complete"]) == ("Oskar Fjeldgren", True)
    assert await office.delivered() == []


async def test_an_invitation_has_what_an_answer_takes(office: Office) -> None:
    """The vanity names the inviter; the lines hold whatever else the card says."""
    tie = await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING, note="Hello!")

    (first,) = (await listed(office, count=1))["invitations"]

    lines = first.pop("lines")
    assert first == {
        "invitation_urn": f"urn:li:invitation:{tie.invitation}",
        "profile_id": None,
        "profile_urn": None,
        "vanity": "oskar-fjeldgren",
        "profile_url": "https://www.linkedin.com/in/oskar-fjeldgren",
        "full_name": "Oskar Fjeldgren",
        "profile_image_url": None,
        "note": "Hello!",
    }
    assert "Hello!" in lines


LONG = (
    "Hello!\nWe have met at the lamplighters' day. "
    + "Shall we talk about lanterns? " * 7
    + "Yours"
)


@pytest.mark.parametrize("notes", ["boxed", "classic"])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_note_is_read_as_a_whole(office: Office, notes: str, language: str) -> None:
    """The end of a long one is folded away; who has written none has none, on either page."""
    inviters = await office.sandbox.client.people(Relation.CONNECTABLE)
    written = {inviters[0].name: LONG, inviters[1].name: "Hi", inviters[2].name: None}
    for person in inviters[:3]:
        note = written[person.name]
        await office.sandbox.client.set_relation(person.id, Relation.INCOMING, note=note)
    await office.sandbox.client.toggle(invitation_notes=notes, language=language)

    output = await listed(office, count=3)

    assert {each["full_name"]: each["note"] for each in output["invitations"]} == written
    assert await office.delivered() == []


async def test_a_note_that_no_mark_tells_from_other_lines_is_none(office: Office) -> None:
    """It stands among the lines."""
    await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING, note="Hello!")
    await office.sandbox.client.toggle(invitation_notes="plain")

    (first,) = (await listed(office, count=1))["invitations"]

    assert first["note"] is None
    assert "Hello!" in first["lines"]


async def test_a_note_that_does_not_unfold_is_not_told_in_part(office: Office) -> None:
    """Its beginning might say something else than all of it."""
    await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING, note=LONG)
    await office.sandbox.client.toggle(invitation_notes="stuck")

    (first,) = (await listed(office, count=1))["invitations"]

    assert first["note"] is None


async def test_clients_get_the_note(office: Office) -> None:
    """Under the documented name; an invitation with one is answered as any other."""
    await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING, note=LONG)
    async with connected(office) as api:
        first, *others = (await api.get("/invitations/received")).json()["invitations"]
        body = {
            "action": "ACCEPT",
            "profileId": first["profile"]["profileId"],
            "invitationId": first["id"],
            "validationToken": "x",
            "linkedInInvitationType": "CONNECTION",
            "firstName": "Oskar",
            "lastName": "Fjeldgren",
        }
        answered = await api.post("/invitations/received/respond", json=body)

    assert first["customMessage"] == LONG
    assert {each["customMessage"] for each in others} <= {None}
    assert answered.status_code == 200, answered.text
    (entry,) = await office.delivered()
    assert entry.recipient == STRANGER


async def test_cards_without_a_key_have_no_urn(office: Office) -> None:
    """A link to the inviter and Ignore are enough for a card."""
    await office.sandbox.client.toggle(invitation_keys=False)

    output = await listed(office)

    assert output["invitations"]
    assert {each["invitation_urn"] for each in output["invitations"]} == {None}


async def test_the_list_stops_at_ten(office: Office) -> None:
    """LinkedIn renders ten, however many there are; the answer says that these are not all."""
    for person in (await office.sandbox.client.people(Relation.CONNECTABLE))[:11]:
        await office.sandbox.client.set_relation(person.id, Relation.INCOMING)

    output = await listed(office, count=20)

    assert (len(output["invitations"]), output["complete"]) == (10, False)
