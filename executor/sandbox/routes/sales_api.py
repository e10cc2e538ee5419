"""Sales Navigator's own calls: what its inbox asks for, and what it tells."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from executor.sandbox import ids, message_deeds
from executor.sandbox.accounts import Account
from executor.sandbox.deeds import RefusedError
from executor.sandbox.entry import Caller, path_of
from executor.sandbox.mishaps import befall, deliver_under
from executor.sandbox.people import Person, Relation
from executor.sandbox.sales_deeds import beginning, reply, takes_reply
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.threads import Message, Thread

router = APIRouter(prefix="/sales-api")


@router.get("/salesApiMessagingThreads")
async def threads(
    request: Request,
    account: Caller,
    stage: OnStage,
    filter: str = "INBOX",  # noqa: A002 - its name
) -> JSONResponse:
    """List conversations from a moment on backwards, each with its newest message."""
    asked = request.query_params
    starts_at, count = int(asked["pageStartsAt"]), int(asked["count"])
    found = [
        each
        for each in stage.world.mailbox(account, sales=True)
        if _millis(each) <= starts_at and (filter != "UNREAD" or each.unread)
    ]
    told = [_thread(stage, account, each, newest=1) for each in found[:count]]
    paging = {"count": count, "start": 0, "links": []}
    return _answer(stage, account, {"elements": told, "paging": paging}, found[:count])


@router.get("/salesApiMessagingThreads/{thread_id}")
async def thread(
    thread_id: str,
    account: Caller,
    stage: OnStage,
    messageCount: int = 10,  # noqa: N803 - its name
) -> JSONResponse:
    """Tell of one conversation, with its newest messages."""
    known = _known(stage, account, thread_id)
    return _answer(stage, account, _thread(stage, account, known, newest=messageCount), [known])


@router.get("/salesApiMessagingThreads/{thread_id}/messages")
async def messages(
    thread_id: str,
    account: Caller,
    stage: OnStage,
    deliveredBefore: int,  # noqa: N803 - its name
    count: int = 10,
) -> JSONResponse:
    """List messages that are older than a moment, the newest first."""
    known = _known(stage, account, thread_id)
    older = [each for each in known.messages if _at(each) < deliveredBefore]
    told = [_message(each) for each in reversed(older[-count:])]
    return _answer(stage, account, {"elements": told}, [known])


@router.post("/salesApiMessagingThreads/{thread_id}")
async def mark(
    thread_id: str, action: str, request: Request, account: Caller, stage: OnStage
) -> Response:
    """Mark a conversation read or unread."""
    fault = stage.faults.take("mark_conversation", path_of(request), account.id)
    if fault and (answer := await befall(stage, request, fault, account)):
        return answer
    known = _known(stage, account, thread_id)
    if action not in {"markAsRead", "markAsUnread"}:
        raise RefusedError(400)
    stage.world.record(message_deeds.read_mark(account, known, read=action == "markAsRead"))
    return Response(status_code=200)


@router.post("/salesApiMessageActions")
async def create(action: str, request: Request, account: Caller, stage: OnStage) -> Response:
    """Send a message into a conversation, or begin one."""
    asked = (await request.json())["createMessageRequest"]
    target = set(asked) - {"body", "copyToCrm", "trackingId"}
    known = ({"threadId"}, {"recipients"}, {"recipients", "subject"})
    if action != "createMessage" or target not in known:
        raise RefusedError(400)

    def deliver() -> Response:
        if "threadId" in asked:
            event = reply(stage.world, account, asked["threadId"], asked["body"])
        else:
            to, subject = asked["recipients"], asked.get("subject")
            event = beginning(stage.world, account, to, asked["body"], subject=subject)
        stage.world.record(event)
        value: Any = {"messageId": event.message, "threadId": event.thread}
        match stage.world.toggles.sales_value:
            case "data":
                return JSONResponse({"data": {"value": value}})
            case "text":
                return JSONResponse({"value": event.message})
        return JSONResponse({"value": value})

    fault = stage.faults.take("create_message", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)


def _known(stage: Stage, account: Account, thread_id: str) -> Thread:
    known = stage.world.thread(account, thread_id, sales=True)
    if known is None:
        raise RefusedError(404)
    return known


def _answer(
    stage: Stage, account: Account, told: dict[str, Any], shown: list[Thread]
) -> JSONResponse:
    """Answer in the shape of today: normalised, the people stand apart."""
    if stage.world.toggles.sales_answers == "plain":
        return JSONResponse(told)
    people = {
        each["entityUrn"]: each for one in shown for each in _people(stage, account, one).values()
    }
    parts = told.get("elements", [told])
    for part in parts:
        part.pop("participantsResolutionResults", None)
    return JSONResponse({"data": told, "included": list(people.values())})


def _thread(stage: Stage, account: Account, thread: Thread, *, newest: int) -> dict[str, Any]:
    people = _people(stage, account, thread)
    return {
        "id": thread.id,
        # Its words for that are not known; pages show no form then.
        "restrictions": [] if takes_reply(stage.world, account, thread) else ["NO_REPLY"],
        "archived": False,
        "unreadMessageCount": thread.unread,
        # One millisecond less, since pages begin at a moment and hold what lies in it.
        "nextPageStartsAt": _millis(thread) - 1,
        "totalMessageCount": len(thread.messages),
        "messages": [_message(each) for each in reversed(thread.messages[-newest:])],
        "participants": list(people),
        "participantsResolutionResults": people,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "type": "MESSAGE" if message.subject is None else "INMAIL",
        "contentFlag": "NONE",
        "deliveredAt": _at(message),
        "lastEditedAt": None,
        "subject": message.subject,
        "body": message.text,
        "footerText": None,
        "blockCopy": False,
        "attachments": [],
        "author": ids.sales_profile_urn(message.sender),
        "systemMessageContent": None,
    }


def _people(stage: Stage, account: Account, thread: Thread) -> dict[str, dict[str, Any]]:
    owner, other = stage.world.owner(account), stage.world.people[thread.person]
    connected = stage.world.tie(account, other).relation is Relation.CONNECTED
    return {
        each["entityUrn"]: each
        for each in (_person(owner, 0), _person(other, 1 if connected else other.distance))
    }


def _person(person: Person, degree: int) -> dict[str, Any]:
    return {
        "entityUrn": ids.sales_profile_urn(person.id),
        "firstName": person.first_name,
        "lastName": person.last_name,
        "fullName": person.name,
        "degree": degree,
        "profilePictureDisplayImage": person.picture,
        "objectUrn": person.member_urn,
        "inmailRestriction": "NO_RESTRICTION",
    }


def _millis(thread: Thread) -> int:
    return int(thread.last_at * 1000)


def _at(message: Message) -> int:
    return int(message.at.timestamp() * 1000)
