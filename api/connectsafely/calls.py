"""A call over the queue: accept its task, wait for the end for a while, and answer."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect

from api.connectsafely import outcomes
from api.connectsafely.accounts import account_of
from api.connectsafely.fetched_files import fetched_file, forget_file
from api.connectsafely.preferences import Preferences
from api.connectsafely.words import CALLBACK, CONNECTSAFELY
from api.idempotency import presented_key
from api.refusals import Refusal
from api.services import services
from api.submission import Submission
from api.webhooks.callbacks import callback_in
from storage.acceptance import Acceptance
from storage.tasks import ErrorCode, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from api.connectsafely.accounts import Account
    from api.connectsafely.bodies import CallBody, Wanted
    from api.connectsafely.endpoint import Endpoint
    from api.connectsafely.quotas import Quota
    from api.intake import Check
    from api.services import Services
    from storage.tasks import Task
    from storage.teams import Caller

_log = structlog.get_logger(__name__)


async def call(
    request: Request,
    caller: Caller,
    endpoint: Endpoint,
    sent: Mapping[str, Any],
    *,
    is_text: bool,
) -> Response:
    """Do what *sent* asks for, and answer with its outcome, or with where to look for it.

    Args:
        is_text: whether *sent* comes from a query and a path, where everything is text.

    Raises:
        Refusal: nothing was accepted; it carries the headers of the quota.
    """
    own = services(request)
    account: Account | None = None
    try:
        account = await account_of(own.store, caller, endpoint.body.account_in(sent))
        return await _answered(request, account, endpoint, sent, is_text=is_text)
    except Refusal as refusal:
        if account is not None:
            refusal.headers.update(await _quota_headers(own, endpoint, account))
        raise


async def _answered(
    request: Request,
    account: Account,
    endpoint: Endpoint,
    sent: Mapping[str, Any],
    *,
    is_text: bool,
) -> Response:
    own = services(request)
    key = presented_key(request)
    preferences = Preferences.of(request, usual=own.settings.answer_within.total_seconds())
    body = endpoint.body.of_texts(sent) if is_text else endpoint.body.of_json(sent)
    callback = await callback_in(sent, CALLBACK, targets=own.targets)
    began = time.monotonic()
    wanted = await _wanted(request, account, endpoint, body, preferences)
    preferences = preferences.less(time.monotonic() - began)
    if endpoint.takes_look and key is None and callback is None:
        found = await own.looks.answer(account.member_id, wanted)
        if found is not None:
            return outcomes.looked_at(
                found.look,
                found.output,
                endpoint=endpoint,
                body=body,
                account=account,
                age=found.age,
            )
    submission = await own.intake.submit(
        account.caller,
        wanted.action,
        wanted.order,
        dialect=CONNECTSAFELY,
        sent=sent,
        request=sent,
        key=key,
        is_awaited=True,
        check=_check(own, endpoint.quota, wanted),
        callback=callback,
        otherwise=wanted.otherwise,
    )
    if body.heeds_seat and not endpoint.awaits_seat:
        # For the next call, and behind this one.
        await own.seats.look_up(account.caller)
    task = await _awaited(request, submission, preferences)
    if task.error is not None and task.error.code is ErrorCode.INVITATION_LIMIT_REACHED:
        # The hold that came of it tells until when, as it does to everybody who asks from now on.
        await _raise_for_quota(own, endpoint, account)
    if task.status.is_final:
        response: Response = outcomes.ended(task, endpoint=endpoint, body=body, account=account)
        if endpoint.answers_file and task.status is TaskStatus.SUCCEEDED:
            response = await fetched_file(own.store, task, response)
        response.background = BackgroundTask(_told, own, task)
    else:
        response = outcomes.unfinished(
            task, submission.waiting, retry_safe=key is not None or own.settings.content_guard
        )
    quota = await _quota_headers(own, endpoint, account)
    told = submission.repeated if task.status.is_final else submission.headers
    response.headers.update({**told, **preferences.applied, **quota})
    return response


async def _wanted(
    request: Request,
    account: Account,
    endpoint: Endpoint,
    body: CallBody,
    preferences: Preferences,
) -> Wanted:
    """Return what *body* asks for, from this account."""
    own, wanted = services(request), body.wanted()
    if not body.heeds_seat:
        return wanted
    look = await own.seats.look_up(account.caller) if endpoint.awaits_seat else None
    if look is not None:
        waiting = await own.intake.waiting(look)
        asked = Submission(task=look, how=Acceptance.NEW, waiting=waiting)
        # Whoever is gone by now counts on it that the request was accepted.
        with suppress(ClientDisconnect):
            await _awaited(request, asked, preferences)
    return body.with_seat(wanted) if await own.seats.has_one(account.member_id) else wanted


def _check(own: Services, quota: Quota | None, wanted: Wanted) -> Check | None:
    """Return what looks whether the account may do it; `None` for what no quota counts."""
    if quota is None or wanted.action.task_type not in quota.task_types:
        return None
    return partial(own.quotas.refusal, quota)


async def _awaited(request: Request, submission: Submission, preferences: Preferences) -> Task:
    """Return the task as it is when it has ended, or waiting is over or of no use."""
    task, seconds = submission.task, preferences.seconds
    if task.status.is_final or not seconds or submission.cannot_start_within(seconds):
        return task
    own = services(request)
    await own.endings.before(task, request=request, seconds=seconds)
    found = await own.store.intake.get(task.id, team_id=task.team_id)
    return found or task


async def _raise_for_quota(own: Services, endpoint: Endpoint, account: Account) -> None:
    if endpoint.quota is not None:
        refusal = await own.quotas.refusal(endpoint.quota, account.member_id)
        if refusal is not None:
            raise refusal


async def _quota_headers(own: Services, endpoint: Endpoint, account: Account) -> Mapping[str, str]:
    if endpoint.quota is None:
        return {}
    try:
        usage = await own.quotas.usage(endpoint.quota, account.member_id)
    except Exception as error:  # noqa: BLE001 - what happened is to be told, whatever else goes wrong
        _log.warning("quota_unknown", action=endpoint.quota.action, error=type(error).__name__)
        return {}
    return usage.headers if usage is not None else {}


async def _told(own: Services, task: Task) -> None:
    """Remember that the client knows the outcome, now that it has been written to it."""
    await own.store.intake.answer_given(task)
    await forget_file(own.store, task)
