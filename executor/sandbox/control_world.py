"""The part of the control API that reads and writes the world."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from pydantic import ValidationError

from executor.sandbox import events, ids, population, sessions
from executor.sandbox.accounts import PASSWORD, Account, Limits
from executor.sandbox.casting import (
    AccountChange,
    LimitsChange,
    NewAccount,
    NewMessage,
    NewPerson,
    NewPost,
    NewThread,
    OwnFollow,
    OwnReaction,
    PersonChange,
    RelationChange,
    SeededFile,
    SeededThread,
)
from executor.sandbox.companies import Company
from executor.sandbox.files import SentFile
from executor.sandbox.groups import Group
from executor.sandbox.labels import languages
from executor.sandbox.people import Person, Relation, Tie
from executor.sandbox.posts import Post
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.threads import SALES_NAVIGATOR, Message, Thread
from executor.sandbox.toggles import Toggles

router = APIRouter()


def _account(stage: Stage, number: int) -> Account:
    if found := stage.world.accounts.get(number):
        return found
    raise HTTPException(404, f"There is no account {number}.")


def _person(stage: Stage, wanted: str) -> Person:
    if found := stage.world.person_at(wanted):
        return found
    raise HTTPException(404, f"There is no member {wanted!r}.")


@router.get("/toggles")
async def toggles(stage: OnStage) -> Toggles:
    """Tell how the sandbox looks and behaves."""
    return stage.world.toggles


@router.patch("/toggles")
async def change_toggles(changes: dict[str, Any], stage: OnStage) -> Toggles:
    """Change some toggles and keep the others."""
    try:
        changed = Toggles.model_validate(stage.world.toggles.model_dump() | changes)
    except ValidationError as error:
        raise HTTPException(422, error.errors(include_url=False, include_context=False)) from error
    if changed.language not in languages():
        raise HTTPException(422, f"There are no labels for {changed.language!r}.")
    stage.world.record(events.TogglesPut(toggles=changed))
    return changed


@router.get("/people")
async def people(
    stage: OnStage, relation: Relation | None = None, account: int = 1, name: str = ""
) -> list[Person]:
    """List members, optionally those in *relation* to the account or with *name* in theirs."""
    owner = _account(stage, account)
    return [
        person
        for person in stage.world.people.values()
        if name.casefold() in person.name.casefold()
        and (
            relation is None
            or (person.id != owner.profile and stage.world.tie(owner, person).relation is relation)
        )
    ]


@router.get("/people/{wanted}")
async def one_person(wanted: str, stage: OnStage) -> Person:
    """Find a member by profile id or slug."""
    return _person(stage, wanted)


@router.post("/people", status_code=201)
async def add_person(new: NewPerson, stage: OnStage) -> Person:
    """Invent a member; whatever is not given is made up."""
    told = population.newcomer(len(stage.world.people), new.model_dump(exclude_none=True))
    if stage.world.person_at(told.id) or stage.world.person_at(told.vanity):
        raise HTTPException(409, "Another member has this id or vanity.")
    stage.world.record(events.PersonPut(person=told))
    return told


@router.patch("/people/{wanted}")
async def change_person(wanted: str, changes: PersonChange, stage: OnStage) -> Person:
    """Change a member; a new vanity makes the present one redirect."""
    person = _person(stage, wanted)
    told = changes.model_dump(exclude_unset=True)
    if told.get("vanity", person.vanity) != person.vanity:
        told["former_vanities"] = (*person.former_vanities, person.vanity)
    changed = Person.model_validate(person.model_dump() | told)
    stage.world.record(events.PersonPut(person=changed))
    return changed


@router.get("/companies")
async def companies(stage: OnStage) -> list[Company]:
    """List the companies."""
    return list(stage.world.companies.known.values())


@router.put("/companies", status_code=204)
async def put_company(company: Company, stage: OnStage) -> None:
    """Put a company into the world, in place of one with the same number."""
    stage.world.record(events.CompanyPut(company=company))


@router.put("/groups", status_code=204)
async def put_group(group: Group, stage: OnStage) -> None:
    """Put a group into the world, in place of one with the same number."""
    stage.world.record(events.GroupPut(group=group))


@router.put("/relations/{account}/{wanted}")
async def set_relation(account: int, wanted: str, change: RelationChange, stage: OnStage) -> Tie:
    """Set what stands between an account and a member."""
    owner, person = _account(stage, account), _person(stage, wanted)
    open_ = change.relation in (Relation.PENDING, Relation.INCOMING)
    number = ids.invitation_id(ids.derived_uuid("put", account, person.id, events.now()))
    tie = Tie(
        relation=change.relation,
        since=change.since or events.now(),
        invitation=number if open_ else None,
        note=change.note,
    )
    stage.world.record(events.TiePut(account=owner.id, person=person.id, tie=tie))
    return tie


@router.get("/relations/{account}/{wanted}")
async def relation(account: int, wanted: str, stage: OnStage) -> Tie:
    """Tell what stands between an account and a member."""
    return stage.world.tie(_account(stage, account), _person(stage, wanted))


@router.get("/accounts")
async def accounts(stage: OnStage) -> list[Account]:
    """List the accounts; every one has the same password."""
    return list(stage.world.accounts.values())


@router.get("/password")
async def password() -> dict[str, str]:
    """Tell the password of every invented account."""
    return {"password": PASSWORD}


@router.post("/accounts", status_code=201)
async def add_account(new: NewAccount, stage: OnStage) -> Account:
    """Invent an account and the member who owns it."""
    number = max(stage.world.accounts) + 1
    given = new.model_dump(exclude_none=True, exclude={"first_name", "last_name"})
    named = {"first_name": new.first_name or f"Account{number}", "last_name": new.last_name}
    owner = population.newcomer(len(stage.world.people), named)
    given.setdefault("email", f"account{number}@sandbox.example")
    account = Account.model_validate({"id": number, "profile": owner.id, **given})
    stage.world.record(events.PersonPut(person=owner))
    stage.world.record(events.AccountPut(account=account))
    return account


@router.patch("/accounts/{account}")
async def change_account(account: int, changes: AccountChange, stage: OnStage) -> Account:
    """Change an account: Premium, language, standing, the kind of checkpoint and so on."""
    told = _account(stage, account).model_dump() | changes.model_dump(exclude_unset=True)
    changed = Account.model_validate(told)
    stage.world.record(events.AccountPut(account=changed))
    return changed


@router.post("/accounts/{account}/sign-out")
async def sign_out(account: int, stage: OnStage) -> Account:
    """End every session of the account."""
    known = _account(stage, account)
    ended = known.model_copy(update={"generation": known.generation + 1})
    stage.world.record(events.AccountPut(account=ended))
    return ended


@router.get("/accounts/{account}/storage-state")
async def storage_state(account: int, request: Request, stage: OnStage) -> dict[str, Any]:
    """Write a Playwright storage state in which the account is signed in."""
    return sessions.storage_state(_account(stage, account), request.url.hostname or "127.0.0.1")


@router.put("/follows/{account}/{wanted}", status_code=204)
async def follow(account: int, wanted: str, told: OwnFollow, stage: OnStage) -> None:
    """Let an account's owner follow a member by hand, or stop it."""
    owner, person = _account(stage, account), _person(stage, wanted)
    stage.world.record(
        events.FollowPut(account=owner.id, person=person.id, following=told.following)
    )


@router.get("/accounts/{account}/limits")
async def limits(account: int, stage: OnStage) -> Limits:
    """Tell what LinkedIn still allows the account."""
    return stage.world.limits(_account(stage, account))


@router.patch("/accounts/{account}/limits")
async def change_limits(account: int, changes: LimitsChange, stage: OnStage) -> Limits:
    """Change what LinkedIn still allows the account."""
    known = stage.world.limits(_account(stage, account))
    changed = known.model_copy(update=changes.model_dump(exclude_unset=True))
    stage.world.record(events.LimitsPut(account=account, limits=changed))
    return changed


@router.post("/threads", status_code=201)
async def seed_thread(new: NewThread, stage: OnStage) -> SeededThread:
    """Put a conversation with a history, or only a draft, into an account's mailbox."""
    account, person = _account(stage, new.account), _person(stage, new.person)
    if new.draft or new.draft_files:
        left = tuple(map(_shelved(stage), new.draft_files))
        draft = events.DraftPut(account=account.id, person=person.id, text=new.draft, files=left)
        stage.world.record(draft)
    if not new.messages:
        return SeededThread(id=None, conversation_urn=None, path=None)
    thread = new.written(account, person, _shelved(stage))
    stage.world.record(events.ThreadPut(account=account.id, thread=thread))
    return SeededThread(
        id=thread.id,
        conversation_urn=ids.conversation_urn(account.profile, thread.id),
        path=_path_of(thread),
    )


@router.post("/messages", status_code=201)
async def add_message(new: NewMessage, stage: OnStage) -> Message:
    """Let one of the two write into their conversation by hand; the ledger does not show it."""
    account, person = _account(stage, new.account), _person(stage, new.person)
    thread = stage.world.thread_with(account, person.id)
    if thread is None:
        raise HTTPException(404, "There is no such conversation.")
    message = new.written(account, person)
    # Whoever answers has read what was there.
    unread = thread.unread + 1 if new.sender == "them" else 0
    longer = thread.model_copy(update={"messages": (*thread.messages, message), "unread": unread})
    stage.world.record(events.ThreadPut(account=account.id, thread=longer))
    return message


@router.get("/accounts/{account}/threads")
async def threads(account: int, stage: OnStage, *, sales: bool = False) -> list[dict[str, Any]]:
    """List the account's conversations with every message, newest first."""
    found = stage.world.mailbox(_account(stage, account), sales=sales)
    return [each.model_dump(mode="json") for each in found]


@router.post("/posts", status_code=201)
async def put_post(new: NewPost, stage: OnStage) -> Post:
    """Put a post onto its author's page."""
    post = new.written(lambda wanted: stage.world.companies.at(wanted) or _person(stage, wanted))
    stage.world.record(events.PostPut(post=post))
    return post


@router.put("/reactions", status_code=204)
async def react(wanted: OwnReaction, stage: OnStage) -> None:
    """Let an account's owner react to a post by hand, or take that back."""
    account = _account(stage, wanted.account)
    if stage.world.posts.get(wanted.post) is None:
        raise HTTPException(404, "There is no such post.")
    stage.world.record(
        events.ReactionPut(account=account.id, post=wanted.post, reaction=wanted.reaction)
    )


def _path_of(thread: Thread) -> str:
    is_sales = thread.category == SALES_NAVIGATOR
    return f"/sales/inbox/{quote(thread.id)}/" if is_sales else f"/messaging/thread/{thread.id}/"


def _shelved(stage: Stage) -> Callable[[SeededFile], SentFile]:
    def shelve(file: SeededFile) -> SentFile:
        return stage.shelf.seed(file.name, file.media_type, file.content.encode("ascii"))

    return shelve
