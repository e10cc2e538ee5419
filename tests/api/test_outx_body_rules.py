"""Rules of OutX's bodies that hold for any input."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.outx.bodies import OutxBody, SendConnectionRequestBody, SendMessageBody
from api.refusals import InvalidField
from api.texts import is_blank

_any_text = st.text(st.characters(exclude_categories=()))
_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _any_text,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def read(body: type[OutxBody], sent: dict[str, Any]) -> Any:
    """Return the order, or `None` when a documented text refuses the body."""
    try:
        return body.read(sent).order()
    except InvalidField as refusal:
        return None if str(refusal) in body.REFUSALS.values() else pytest.fail(str(refusal))


@given(_any_json, _any_json)
def test_any_message_body_becomes_an_order_or_a_documented_text(urn: Any, message: Any) -> None:
    """No JSON value leads anywhere else."""
    read(SendMessageBody, {"recipient_urn": urn, "message": message})


@given(_any_json, _any_json)
def test_any_invitation_body_becomes_an_order_or_a_documented_text(urn: Any, note: Any) -> None:
    """No JSON value leads anywhere else."""
    read(SendConnectionRequestBody, {"profile_urn": urn, "note": note})


@given(_any_text)
def test_a_message_is_delivered_with_nothing_but_other_line_breaks(text: str) -> None:
    """What is accepted holds no control characters and loses no other character."""
    order = read(SendMessageBody, {"recipient_urn": "ACoAABCDEFG", "message": text})

    if order is None:
        return
    assert order.message == text.replace("\r\n", "\n").replace("\r", "\n")
    assert not {c for c in order.message if unicodedata.category(c) in {"Cc", "Cs"}} - {"\t", "\n"}
    assert order.message.encode()


@given(_any_text)
def test_a_note_is_delivered_trimmed_or_not_at_all(text: str) -> None:
    """An accepted note is never blank, and never longer than 300 characters."""
    order = read(SendConnectionRequestBody, {"profile_urn": "ACoAABCDEFG", "note": text})

    if order is None:
        return
    trimmed = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    assert order.note == (None if is_blank(trimmed) else trimmed)
    assert order.note is None or 0 < len(order.note) <= 300
