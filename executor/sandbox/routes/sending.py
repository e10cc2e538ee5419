"""What the messaging page tells the server: messages and what becomes of them, marks, typing."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from executor.sandbox import deeds, ids, message_deeds
from executor.sandbox.accounts import Account
from executor.sandbox.entry import Caller, path_of
from executor.sandbox.events import AccountPut, MessageDelivered
from executor.sandbox.files import SentFile
from executor.sandbox.mishaps import befall, deliver_under
from executor.sandbox.people import Relation
from executor.sandbox.routes.mailbox import rendered
from executor.sandbox.shell import partner
from executor.sandbox.stage import OnStage, Stage

router = APIRouter(prefix="/voyager/api")


@router.post("/voyagerMessagingDashMessengerMessages")
async def messages(request: Request, action: str, account: Caller, stage: OnStage) -> Response:
    """Create a message, or do something to one; LinkedIn's web sends JSON under `text/plain`."""
    if action != "createMessage":
        return await _changed(request, action, account, stage)
    try:
        told = json.loads(await request.body())
        message = told["message"]
        text = str(message["body"]["text"])
        recipients = told.get("hostRecipientUrns") or message.get("hostRecipientUrns") or []
        mailbox = told["mailboxUrn"]
        files = tuple(_file(stage, each) for each in message["renderContentUnions"])
    except (ValueError, KeyError, TypeError) as error:
        raise deeds.RefusedError(400) from error
    if mailbox != ids.profile_urn(account.profile):
        raise deeds.RefusedError(403)

    def deliver() -> Response:
        event = deeds.message(
            stage.world,
            account,
            conversation=message.get("conversationUrn"),
            recipients=recipients,
            text=text,
            origin_token=message.get("originToken"),
            subject=message.get("subject"),
            group=_group_in(told),
            files=files,
        )
        stage.world.record(event)
        return JSONResponse(_created(request, account, event))

    fault = stage.faults.take("create_message", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


def _group_in(told: dict[str, Any]) -> str | None:
    """Read the group from whose members' page a message comes; how LinkedIn says it is unknown."""
    urn = told.get("contextEntityUrn")
    return urn.rpartition(":")[2] if isinstance(urn, str) else None


def _file(stage: Stage, union: dict[str, Any]) -> SentFile:
    """Return the uploaded file that a message names as LinkedIn's page does."""
    named = union["file"]
    found = stage.shelf.sent(
        named["assetUrn"],
        name=named["name"],
        media_type=named["mediaType"],
        byte_size=named["byteSize"],
    )
    if found is None:
        raise deeds.RefusedError(400)
    return found


async def _changed(request: Request, action: str, account: Account, stage: Stage) -> Response:
    try:
        told = json.loads(await request.body())
        urn, emoji = str(told["messageUrn"]), str(told.get("emoji", ""))
    except (ValueError, KeyError, AttributeError) as error:
        raise deeds.RefusedError(400) from error

    def deliver() -> Response:
        match action:
            case "recall":
                stage.world.record(message_deeds.recall(stage.world, account, urn))
            case "reactWithEmoji":
                stage.world.record(message_deeds.reaction(stage.world, account, urn, emoji))
            case "unreactWithEmoji":
                taken = message_deeds.unreaction(stage.world, account, urn, emoji)
                if taken is not None:
                    stage.world.record(taken)
            case _:
                raise deeds.RefusedError(400)
        return JSONResponse({})

    fault = stage.faults.take("change_message", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


def _created(request: Request, account: Account, event: MessageDelivered) -> dict[str, Any]:
    urn = ids.message_urn(account.profile, event.message)
    conversation = ids.conversation_urn(account.profile, event.thread)
    value: dict[str, Any] = {
        "entityUrn": urn,
        "originToken": event.origin_token,
        "deliveredAt": int(event.at.timestamp() * 1000),
        "conversationUrn": conversation,
        "backendConversationUrn": f"urn:li:messagingThread:{event.thread}",
        "renderContentUnions": [rendered(each) for each in event.files],
        "body": {"text": event.text, "attributes": []},
        "subject": event.subject,
    }
    # The toggle for normalized reads changes this answer too; the page says which it can read.
    stage: Stage = request.app.state.stage
    if stage.world.toggles.messaging_answers == "graphql":
        return {"value": value}
    return {"data": {"*value": urn}, "included": [{**value, "*conversation": conversation}]}


@router.post("/voyagerMessagingDashMessengerConversations")
async def conversations(request: Request, account: Caller, stage: OnStage) -> Response:
    """Change conversations' marks and categories, or say that somebody types."""
    fault = stage.faults.take("mark_conversation", path_of(request), account.id)
    if fault and (answer := await befall(stage, request, fault, account)):
        return answer
    body = await request.json()
    match request.query_params.get("action"):
        case "typing":
            return Response(status_code=204)
        case "addCategory" | "removeCategory" as action:
            for urn in body["conversationUrns"]:
                name, added = str(body["category"]), action == "addCategory"
                event = message_deeds.category(stage.world, account, urn, name, added=added)
                stage.world.record(event)
            return JSONResponse({})
    results = {}
    for urn, change in body.get("entities", {}).items():
        thread = message_deeds.thread_named(stage.world, account, urn)
        read = change["patch"]["$set"].get("read")
        if thread is None:
            continue
        results[urn] = {"status": 204}
        if read is not None and read is bool(thread.unread):
            stage.world.record(message_deeds.read_mark(account, thread, read=read))
    return JSONResponse({"results": results})


@router.post("/voyagerMessagingDashMessagingBadge")
async def badge(_account: Caller) -> Response:
    """Take note that the account has seen its messages; nothing is marked read."""
    return JSONResponse({})


@router.post("/voyagerMessagingDashMessengerMessageDeliveryAcknowledgements")
async def acknowledge(_account: Caller) -> Response:
    """Take note that messages arrived."""
    return JSONResponse({})


@router.post("/voyagerMessagingDashMessagingSettings")
async def settings(request: Request, account: Caller, stage: OnStage) -> Response:
    """Keep the Press Enter to Send preference."""
    wanted = bool((await request.json()).get("pressEnterToSend"))
    changed = account.model_copy(update={"press_enter_to_send": wanted})
    stage.world.record(AccountPut(account=changed))
    return JSONResponse({})


@router.get("/voyagerMessagingDashMessagingTypeahead")
async def typeahead(account: Caller, stage: OnStage, keyword: str = "") -> JSONResponse:
    """Propose connected members whose name contains *keyword*."""
    sought = keyword.casefold().strip()
    found = [
        partner(stage, account, person)
        for person, _ in stage.world.related(account, Relation.CONNECTED)
        if sought and sought in person.name.casefold()
    ]
    return JSONResponse({"elements": found[:8]})
