"""Where one case is played: a data directory, one account at the sandbox, a network to it."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

import httpx

from api.cli.wiring import found_team, open_store
from executor.attachment import asset_urn, new_upload_id
from executor.sandbox import ids
from executor.sandbox.casting import NewPost, NewThread, SeededMessage
from executor.sandbox.groups import Group
from executor.sandbox.people import Relation
from executor.sandbox.threads import SALES_NAVIGATOR
from storage.sessions import SessionHealth
from storage.settings import StorageSettings
from storage.tasks import NewTask
from storage.uploads import NewUpload, UploadBounds
from tests.faults.kinds import (
    Kind,
    call_of,
    effect_of,
    input_of,
    task_type_of,
    told_apart_by,
)
from tests.faults.network import Network
from tests.faults.process import PATIENCE_S, Victim, gone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    import psutil

    from api.cli.wiring import FirstTeam
    from executor.sandbox.client import SandboxClient
    from executor.sandbox.ledger import LedgerEntry
    from storage.ports import Store
    from storage.tasks import Task, TaskStatus

API_KEY = "the-key-of-the-fault-runs"
QUICK = {
    "STEP_TIMEOUT": "5",
    "EVIDENCE_TIMEOUT": "1.5",
    "TASK_TIMEOUT": "15",
    "LEASE_TTL": "2",
    "READ_BACK_LOOKS": "2",
    "READ_BACK_PAUSE": "0.3",
}
"""Settings with which a round takes minutes: whoever waits here has usually lost something."""
MUCH = 1_000_000
_ORDINARY = re.compile(r"[a-z-]+-[0-9a-f]{6}")
"""Slugs of the invented members who are nothing special."""


@dataclass(slots=True)
class Order:
    """One task, told apart from all others by its text."""

    kind: Kind
    recipient: str
    text: str | None
    """Its words, or the URN of what it is done to; `None` where the recipient says everything."""
    task_id: str
    within: str = ""
    """Number of a group, conversation of a message, or post of a comment."""
    struck_at: datetime | None = None
    """When something was done to whoever performed it."""

    @property
    def file(self) -> bytes | None:
        """What goes with it: the text once more."""
        return self.text.encode() if self.kind is Kind.FILE and self.text else None

    @property
    def digests(self) -> tuple[str, ...]:
        return () if self.file is None else (sha256(self.file).hexdigest(),)

    def is_done_by(self, entry: LedgerEntry) -> bool:
        """Tell whether a delivery is what was asked for, and reached whom it was meant for."""
        done = (entry.kind, entry.recipient, told_apart_by(entry))
        files = tuple(file.sha256 for file in entry.files)
        return (*done, files) == (effect_of(self.kind), self.recipient, self.text, self.digests)


class Place:
    """Everything that a case acts on; it outlives every process that is killed."""

    def __init__(
        self, *, folder: Path, store: Store, client: SandboxClient, network: Network, account: int
    ) -> None:
        self.folder = folder
        self.store = store
        self.client = client
        self.network = network
        self.account = account
        self.orders: list[Order] = []
        self.signals = 0
        """How many processes were killed or frozen."""
        self._team: FirstTeam | None = None
        self._people: dict[Kind, Iterator[str]] = {}
        self._victims: list[Victim] = []

    async def furnish(self) -> None:
        """Sign the admin of a new team in, and find people to write to."""
        self._team = await found_team(self.store, api_key=API_KEY)
        assert self._team is not None
        await self.store.sessions.save(
            self._team.admin.id,
            await self.client.storage_state(self.account),
            health=SessionHealth.SIGNED_IN,
            verified=True,
        )
        await self.client.change_limits(
            self.account,
            weekly_invitations_left=MUCH,
            personal_notes_left=MUCH,
            inmail_credits=MUCH,
        )
        known = {thread.person for thread in await self.client.threads(self.account)}
        friends = await ordinary_people(self.client, self.account, "connected")
        strangers = await ordinary_people(self.client, self.account, "connectable")
        await self.client.change_account(self.account, premium=True, sales_navigator=True)
        await self._join_group(strangers)
        met, unmet = (
            iter([each for each in friends if (each in known) is is_known])
            for is_known in (True, False)
        )
        others = iter(strangers)
        self._people = {
            Kind.MESSAGE: met,
            Kind.TYPED_MESSAGE: met,
            Kind.FIRST_MESSAGE: unmet,
            Kind.MARK_SEEN: unmet,
            Kind.INVITATION: others,
            Kind.INMAIL: others,
            Kind.GROUP_MESSAGE: others,
            Kind.FILE: unmet,
            Kind.COMMENT: others,
            Kind.REACTION: others,
            Kind.FOLLOW: others,
            Kind.RECALL: unmet,
            Kind.EMOJI: unmet,
            Kind.SALES_ANSWER: others,
            Kind.SALES_INMAIL: others,
        }

    @property
    def group(self) -> str:
        """The number of the account's group."""
        return f"90000{self.account}"

    async def _join_group(self, strangers: Sequence[str]) -> None:
        """Be in one group with everybody who is no connection."""
        (owner,) = [e.profile for e in await self.client.accounts() if e.id == self.account]
        group = Group(id=self.group, name="Everybody", members=(owner, *strangers))
        await self.client.put_group(group)

    async def order(self, kind: Kind) -> Order:
        """Think of a task, and arrange what it is done to."""
        unique = uuid.uuid4()
        order = Order(kind, next(self._people[kind]), f"This is {unique}.", str(unique))
        match kind:
            case Kind.GROUP_MESSAGE:
                order.within = self.group
            case Kind.MARK_SEEN:
                order.text, _ = await self._write(order, "them")
            case Kind.RECALL | Kind.EMOJI:
                order.within, order.text = await self._write(order, "me")
            case Kind.SALES_ANSWER:
                order.within = await self._begin_in_sales_navigator(order)
            case Kind.COMMENT:
                order.within = await self._publish(order)
            case Kind.REACTION:
                order.text = await self._publish(order)
            case Kind.FOLLOW:
                order.text = None
        self.orders.append(order)
        return order

    async def _write(self, order: Order, sender: Literal["me", "them"]) -> tuple[str, str]:
        """Put a conversation of three lines into the mailbox; return its URN and the middle's."""
        now = datetime.now(UTC)
        lines = tuple(
            SeededMessage(sender=who, text=f"{number}: {order.text}", at=now)
            for number, who in enumerate(("them", sender, "them"))
        )
        thread = NewThread(account=self.account, person=order.recipient, messages=lines, unread=1)
        seeded = await self.client.seed_thread(thread)
        (owner,) = [e.profile for e in await self.client.accounts() if e.id == self.account]
        (written,) = [e for e in await self.client.threads(self.account) if e.id == seeded.id]
        assert seeded.conversation_urn is not None
        return seeded.conversation_urn, ids.message_urn(owner, written.messages[1].id)

    async def _begin_in_sales_navigator(self, order: Order) -> str:
        """Let the recipient write there; return the conversation's id."""
        line = SeededMessage(sender="them", text=f"0: {order.text}", at=datetime.now(UTC))
        thread = NewThread(
            account=self.account,
            person=order.recipient,
            messages=(line,),
            category=SALES_NAVIGATOR,
        )
        seeded = await self.client.seed_thread(thread)
        assert seeded.id is not None
        return seeded.id

    async def _publish(self, order: Order) -> str:
        """Let the recipient write a post."""
        post = await self.client.put_post(NewPost(author=order.recipient, text=f"{order.text}"))
        return post.urn

    async def start(self, *command: str) -> Victim:
        """Start a command on this data directory."""
        settings = {
            **QUICK,
            "LINKEDIN_URL": self.network.url,
            "DATA_DIR": str(self.folder),
            "API_HOST": "127.0.0.1",
        }
        victim = await Victim.start(
            *command,
            folder=self.folder,
            settings={f"LINKEDIN_EXECUTOR_{name}": value for name, value in settings.items()},
        )
        self._victims.append(victim)
        return victim

    async def ask(self, order: Order, over: Victim | None = None) -> None:
        """Have the order accepted, over HTTP where a `serve` is named."""
        if over is not None:
            await self._ask_over_http(order, (await over.ready())["api_url"])
            return
        assert self._team is not None
        given = input_of(order.kind, order.recipient, order.text, within=order.within)
        if order.file is not None:
            given["attachments"] = [await self._hand_in(order.file, order.digests)]
        await self.store.intake.add(
            NewTask(
                id=order.task_id,
                team_id=self._team.team.id,
                member_id=self._team.admin.id,
                dialect="outx",
                task_type=task_type_of(order.kind),
                is_write=order.kind is not Kind.MARK_SEEN,
                request=given,
                input=given,
            )
        )

    async def _hand_in(self, content: bytes, digests: tuple[str, ...]) -> dict[str, Any]:
        """Store a file that is told apart from all others by its content."""
        assert self._team is not None
        about = {"name": "a.pdf", "media_type": "application/pdf", "byte_size": len(content)}
        new = NewUpload(
            id=new_upload_id(*digests),
            team_id=self._team.team.id,
            member_id=self._team.admin.id,
            kept_for=timedelta(hours=1),
            name="a.pdf",
            media_type="application/pdf",
            byte_size=len(content),
        )
        bounds = UploadBounds(files=MUCH, total_bytes=MUCH)
        await self.store.uploads.add(new, [content], bounds=bounds)
        return {"asset_urn": asset_urn(new.id), **about}

    async def _ask_over_http(self, order: Order, url: str) -> None:
        path, body = call_of(order.kind, order.recipient, order.text, within=order.within)
        # Each dialect looks for the key under its own name.
        headers = {"x-api-key": API_KEY, "Authorization": f"Bearer {API_KEY}"}
        async with httpx.AsyncClient(
            base_url=url, headers=headers, trust_env=False, timeout=PATIENCE_S
        ) as http:
            if order.file is not None:
                handed_in = await http.post(
                    "/linkedin/conversations/upload-attachment",
                    content=order.file,
                    headers={"Content-Type": "application/pdf"},
                )
                body["attachments"] = [{"file": handed_in.raise_for_status().json()["attachment"]}]
            answer = await http.post(path, json=body, headers={"Prefer": "respond-async"})
        answer.raise_for_status()
        order.task_id = answer.headers.get("X-Task-Id") or answer.json()["api_agent_task_id"]

    async def task(self, order: Order) -> Task | None:
        view = await self.store.reports.view(order.task_id)
        return view.task if view else None

    async def reached(self, order: Order, *wanted: TaskStatus) -> Task:
        """Wait until the task is in one of these states; without any, until it has ended."""
        changes = self.store.changes()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    task = await self.task(order)
                    if task and (task.status in wanted or (not wanted and task.status.is_final)):
                        return task
                    await changes.wait()
        finally:
            await changes.close()

    async def delivered(self, order: Order) -> None:
        """Wait until the sandbox has delivered it."""
        end = time.monotonic() + PATIENCE_S
        while not await self.deliveries(order):
            # Each look is a request of its own, so this is no busy loop.
            if time.monotonic() > end:
                raise TimeoutError

    async def deliveries(self, order: Order) -> int:
        """Count how often the sandbox has done what was asked for."""
        if order.kind is Kind.MARK_SEEN:
            threads = await self.client.threads(self.account)
            unread = {each.id for each in threads if each.unread}
            return int(not any(f"{order.text}".endswith(f",{each})") for each in unread))
        return sum(map(order.is_done_by, await self.ledger()))

    async def ledger(self) -> list[LedgerEntry]:
        return await self.client.ledger(account=self.account)

    async def clear(self) -> list[psutil.Process]:
        """Stop everything; return the processes that their parents had left behind."""
        await self.network.come_back()
        for victim in self._victims:
            victim.thaw()
            await victim.stop()
        family = [each for victim in self._victims for each in victim.family()]
        return await gone(family, within=10)


async def ordinary_people(
    client: SandboxClient, account: int, relation: Literal["connected", "connectable"]
) -> list[str]:
    """Return the profile ids of members who are no special case of anything."""
    return [
        each.id
        for each in await client.people(Relation(relation), account=account)
        if _ORDINARY.fullmatch(each.vanity)
        and each.messaging == "composer"
        and not (each.creator or each.open_profile or each.email_required)
    ]


@asynccontextmanager
async def place_for(client: SandboxClient, folder: Path) -> AsyncIterator[Place]:
    """Make a place in an empty folder, with an account of its own at the sandbox."""
    account = await client.add_account()
    async with (
        Network.leading_to(client.url) as network,
        open_store(StorageSettings(data_dir=folder)) as store,
    ):
        place = Place(
            folder=folder, store=store, client=client, network=network, account=account.id
        )
        await place.furnish()
        try:
            yield place
        finally:
            await place.clear()
