"""Signatures, as an independent library reads them; and when an event is sent again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from api.webhooks.schedule import next_attempt
from api.webhooks.signing import signed_headers
from storage.secrets import new_webhook_secret

BODY = b'{"type":"task.succeeded","timestamp":"2026-10-01T12:00:00.000Z","data":{}}'


def verified(headers: dict[str, str], secret: SecretStr, body: bytes = BODY) -> object:
    return Webhook(secret.get_secret_value()).verify(body, headers)


def test_a_signature_is_accepted_by_others() -> None:
    """With every secret that signs, and with no other; a changed body has none."""
    new, old, another = (new_webhook_secret() for _ in range(3))

    headers = signed_headers("evt_1", BODY, at=datetime.now(UTC), secrets=(new, old))

    assert verified(headers, new) == verified(headers, old)
    for secret, body in ((another, BODY), (new, BODY.replace(b"succeeded", b"failed"))):
        with pytest.raises(WebhookVerificationError):
            verified(headers, secret, body)


def test_the_example_of_the_specification_is_met() -> None:
    """The one whose secret, id, time and signature Standard Webhooks has published."""
    secret = SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        at=datetime.fromtimestamp(1614265330, UTC),
        secrets=(secret,),
    )

    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_pages_lines_verify() -> None:
    """What clients are told to copy takes what is sent, and nothing that was changed or is old."""
    page = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    told: dict[str, Any] = {}
    exec(code, told)  # noqa: S102 - our own documentation
    secret, another = new_webhook_secret(), new_webhook_secret()
    now = datetime.now(UTC)
    headers = signed_headers("evt_1", BODY, at=now, secrets=(secret, another))
    old = signed_headers("evt_1", BODY, at=now - timedelta(minutes=6), secrets=(secret,))

    asked = [
        told["is_genuine"](each.get_secret_value(), sent, body)
        for each, sent, body in (
            (secret, headers, BODY),
            (another, headers, BODY),
            (new_webhook_secret(), headers, BODY),
            (secret, headers, BODY + b" "),
            (secret, old, BODY),
        )
    ]

    assert asked == [True, True, False, False, False]


def test_a_secret_has_the_published_form() -> None:
    """The prefix and 24 to 64 random bytes in Base64, another one each time."""
    first, second = (new_webhook_secret().get_secret_value() for _ in range(2))

    assert first.startswith("whsec_")
    assert len(first.removeprefix("whsec_")) == 44
    assert first != second


def test_the_schedule_is_the_recommended_one() -> None:
    """Nine pauses between ten attempts, each up to a fifth longer, then no more."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    seconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

    for spread, factor in ((0.0, 1.0), (1.0, 1.2)):
        times = [next_attempt(now, ended=ended, spread=spread) for ended in range(1, 10)]
        assert times == [now + timedelta(seconds=each) * factor for each in seconds]
    assert next_attempt(now, ended=10, spread=0.0) is None
