"""A typed client of the control API, for tests, the demo and the command line."""

from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import BaseModel, TypeAdapter

from executor.sandbox.accounts import Account, Limits
from executor.sandbox.casting import (
    NewMessage,
    NewPost,
    NewThread,
    OwnReaction,
    SeededThread,
)
from executor.sandbox.companies import Company
from executor.sandbox.faults import Fault
from executor.sandbox.groups import Group
from executor.sandbox.ledger import Kind, LedgerEntry
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.posts import Post, Reaction
from executor.sandbox.threads import Message, Thread
from executor.sandbox.toggles import Toggles
from executor.sandbox.visits import Visit

_PEOPLE = TypeAdapter(list[Person])
_COMPANIES = TypeAdapter(list[Company])
_ACCOUNTS = TypeAdapter(list[Account])
_LEDGER = TypeAdapter(list[LedgerEntry])
_VISITS = TypeAdapter(list[Visit])
_FAULTS = TypeAdapter(list[Fault])
_THREADS = TypeAdapter(list[Thread])


class SandboxClient:
    """Sets a running sandbox's world and reads its ledger.

    Args:
        url: Origin of the sandbox, such as ``http://127.0.0.1:8600``.

    Every method raises `httpx.HTTPStatusError` when the sandbox refuses.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.AsyncClient(base_url=f"{self.url}/_sandbox", timeout=30)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _call(self, method: str, path: str, **told: Any) -> Any:
        response = await self._http.request(method, path, **told)
        response.raise_for_status()
        return response.json() if response.content else None

    async def health(self) -> dict[str, Any]:
        """Tell that the sandbox runs."""
        answer: dict[str, Any] = await self._call("GET", "/health")
        return answer

    async def reset(self) -> None:
        """Return to the default world and an empty ledger."""
        await self._call("POST", "/reset")

    async def toggles(self) -> Toggles:
        return Toggles.model_validate(await self._call("GET", "/toggles"))

    async def toggle(self, **changes: Any) -> Toggles:
        """Change fields of `Toggles`; the others stay."""
        return Toggles.model_validate(await self._call("PATCH", "/toggles", json=changes))

    async def faults(self) -> list[Fault]:
        return _FAULTS.validate_python(await self._call("GET", "/faults"))

    async def arm(self, fault: Fault) -> Fault:
        """Arm one fault."""
        return Fault.model_validate(await self._call("POST", "/faults", json=_sent(fault)))

    async def disarm(self, number: int | None = None) -> None:
        """Disarm one fault, or all."""
        params = {} if number is None else {"id": number}
        await self._call("DELETE", "/faults", params=params)

    async def people(
        self, relation: Relation | None = None, *, account: int = 1, name: str = ""
    ) -> list[Person]:
        """List members by their relation to *account* and by name."""
        params: dict[str, Any] = {"account": account, "name": name}
        if relation is not None:
            params["relation"] = relation
        return _PEOPLE.validate_python(await self._call("GET", "/people", params=params))

    async def person(self, id_or_vanity: str) -> Person:
        return Person.model_validate(await self._call("GET", f"/people/{id_or_vanity}"))

    async def add_person(self, **given: Any) -> Person:
        """Invent a member from fields of `Person`; the rest is made up."""
        return Person.model_validate(await self._call("POST", "/people", json=given))

    async def change_person(self, id_or_vanity: str, **changes: Any) -> Person:
        path = f"/people/{id_or_vanity}"
        return Person.model_validate(await self._call("PATCH", path, json=changes))

    async def companies(self) -> list[Company]:
        return _COMPANIES.validate_python(await self._call("GET", "/companies"))

    async def put_company(self, company: Company) -> None:
        """Put a company into the world, in place of one with the same number."""
        await self._call("PUT", "/companies", json=_sent(company))

    async def put_group(self, group: Group) -> None:
        """Put a group into the world, in place of one with the same number."""
        await self._call("PUT", "/groups", json=_sent(group))

    async def set_relation(
        self, person: str, relation: Relation, *, account: int = 1, note: str | None = None
    ) -> Tie:
        """Set what stands between *account* and the member with this id or vanity."""
        told = {"relation": relation, "note": note}
        return Tie.model_validate(
            await self._call("PUT", f"/relations/{account}/{person}", json=told)
        )

    async def follow(self, person: str, *, following: bool = True, account: int = 1) -> None:
        """Let *account* follow a member by hand, or stop it; the ledger does not show it."""
        told = {"following": following}
        await self._call("PUT", f"/follows/{account}/{person}", json=told)

    async def relation(self, person: str, *, account: int = 1) -> Tie:
        return Tie.model_validate(await self._call("GET", f"/relations/{account}/{person}"))

    async def accounts(self) -> list[Account]:
        return _ACCOUNTS.validate_python(await self._call("GET", "/accounts"))

    async def add_account(self, **given: Any) -> Account:
        """Invent an account from fields of `Account` and its owner's `first_name`, `last_name`."""
        return Account.model_validate(await self._call("POST", "/accounts", json=given))

    async def change_account(self, account: int, **changes: Any) -> Account:
        path = f"/accounts/{account}"
        return Account.model_validate(await self._call("PATCH", path, json=changes))

    async def sign_out(self, account: int = 1) -> Account:
        """End every session of the account."""
        return Account.model_validate(await self._call("POST", f"/accounts/{account}/sign-out"))

    async def storage_state(self, account: int = 1) -> dict[str, Any]:
        """Get a Playwright storage state in which *account* is signed in."""
        state: dict[str, Any] = await self._call("GET", f"/accounts/{account}/storage-state")
        return state

    async def limits(self, account: int = 1) -> Limits:
        return Limits.model_validate(await self._call("GET", f"/accounts/{account}/limits"))

    async def change_limits(self, account: int = 1, **changes: Any) -> Limits:
        path = f"/accounts/{account}/limits"
        return Limits.model_validate(await self._call("PATCH", path, json=changes))

    async def seed_thread(self, thread: NewThread) -> SeededThread:
        """Put a conversation or a draft into a mailbox."""
        answer = await self._call("POST", "/threads", json=_sent(thread))
        return SeededThread.model_validate(answer)

    async def add_message(self, message: NewMessage) -> Message:
        """Let one of the two write into their newest conversation by hand."""
        return Message.model_validate(await self._call("POST", "/messages", json=_sent(message)))

    async def threads(self, account: int = 1, *, sales: bool = False) -> list[Thread]:
        """List an account's conversations, or Sales Navigator's instead, newest first."""
        path = f"/accounts/{account}/threads"
        return _THREADS.validate_python(await self._call("GET", path, params={"sales": sales}))

    async def put_post(self, post: NewPost) -> Post:
        """Put a post onto its author's page, in place of one with the same URN."""
        return Post.model_validate(await self._call("POST", "/posts", json=_sent(post)))

    async def react(self, post: str, reaction: Reaction | None, *, account: int = 1) -> None:
        """Let the account's owner react by hand; the ledger does not show it."""
        wanted = OwnReaction(account=account, post=post, reaction=reaction)
        await self._call("PUT", "/reactions", json=_sent(wanted))

    async def ledger(
        self,
        kind: Kind | None = None,
        *,
        recipient: str | None = None,
        account: int | None = None,
    ) -> list[LedgerEntry]:
        """List what was really delivered, oldest first."""
        told = {"kind": kind, "recipient": recipient, "account": account}
        params = {key: value for key, value in told.items() if value is not None}
        return _LEDGER.validate_python(await self._call("GET", "/ledger", params=params))

    async def visits(self, prefix: str = "", *, account: int | None = None) -> list[Visit]:
        """List visits to paths that begin with *prefix*, oldest first."""
        params: dict[str, Any] = {"prefix": prefix}
        if account is not None:
            params["account"] = account
        return _VISITS.validate_python(await self._call("GET", "/visits", params=params))

    async def forget_visits(self) -> None:
        await self._call("DELETE", "/visits")


def _sent(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json")
