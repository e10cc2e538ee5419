"""Signatures of Standard Webhooks 1.0."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pydantic import SecretStr

_PREFIX = "whsec_"


def signed_headers(
    event_id: str, body: bytes, *, at: datetime, secrets: Iterable[SecretStr]
) -> dict[str, str]:
    """Return the headers by which a receiver knows who has sent *body*, and when.

    Args:
        event_id: the same in every attempt, so that a receiver can tell a repetition.
        at: of this attempt; receivers refuse what is too old.
        secrets: each signs, so that a receiver may have the old one or the new one.
    """
    timestamp = str(int(at.timestamp()))
    signed = b".".join((event_id.encode(), timestamp.encode(), body))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(signed, each) for each in secrets),
    }


def _signature(signed: bytes, secret: SecretStr) -> str:
    key = base64.b64decode(secret.get_secret_value().removeprefix(_PREFIX))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
