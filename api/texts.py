"""What may be sent to a person, and how people are named: the rules that all dialects share."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from executor.actions import COMMENT_MAX, MESSAGE_MAX, NOTE_MAX, Person, SalesLead
from executor.person import normalise_vanity

TOO_LONG = "string_too_long"
"""Pydantic's name for the error of a text that is longer than it may be."""

# Everything that Unicode calls a control character, but for tabs and line breaks. Surrogates
# that belong to no pair are JSON but no text.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n?")
# Controls, formats (zero-width spaces, byte order marks) and separators show nothing.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# What Unicode calls letters, marks or symbols although it is blank: fillers, joiners, variation
# selectors and the empty Braille cell.
_INVISIBLE = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\U000e0100-\U000e01ef]"
)


def readable(text: str) -> str:
    """Return *text* unless it holds what cannot be sent.

    Raises:
        ValueError: it holds control characters or halves of surrogate pairs.
    """
    if _UNSENDABLE.search(text):
        raise ValueError("holds control characters")
    return text


def not_blank(text: str) -> str:
    """Return *text* if anybody could see it.

    Raises:
        ValueError: it is empty, or made of white space and invisible characters only.
    """
    if is_blank(text):
        raise ValueError("is blank")
    return text


def is_blank(text: str) -> bool:
    return all(
        unicodedata.category(letter) in _INVISIBLE_CATEGORIES or _INVISIBLE.match(letter)
        for letter in text
    )


def with_line_feeds(text: str) -> str:
    return _LINE_BREAK.sub("\n", text)


def trimmed(text: str) -> str | None:
    """Return the text without the white space around it; `None` when nothing is left to see."""
    text = with_line_feeds(text.strip())
    return None if is_blank(text) else text


def person(value: object) -> Person:
    """Read a person URN, a bare id, a vanity name, or a profile's address.

    Raises:
        ValueError: it names nobody.
    """
    if not isinstance(value, str):
        raise ValueError("not a string")  # noqa: TRY004 - pydantic collects ValueErrors only
    return Person.parse(value)


def person_or_parts(value: object) -> Person:
    """Read what `person` reads, or an object with `profile_id`, `vanity`, or both.

    Raises:
        ValueError: it names nobody.
    """
    if not isinstance(value, dict):
        return person(value)
    vanity = value.get("vanity")
    if isinstance(vanity, str):
        value = {**value, "vanity": normalise_vanity(vanity)}
    return Person.model_validate(value)


def person_or_lead(value: object) -> Person | SalesLead:
    """Read what `person_or_parts` reads, or Sales Navigator's URN of somebody, or its parts.

    Raises:
        ValueError: it names nobody.
    """
    if isinstance(value, dict) and "token" in value:
        return SalesLead.model_validate(value)
    lead = SalesLead.parse(value) if isinstance(value, str) else None
    return lead or person_or_parts(value)


def _note(text: str) -> str | None:
    note = trimmed(text)
    # Measured after trimming, so this cannot be a constraint on the text as sent.
    if note is not None and len(note) > NOTE_MAX:
        raise PydanticCustomError(TOO_LONG, "too long")
    return note


MessageText = Annotated[
    str,
    Field(min_length=1, max_length=MESSAGE_MAX),
    AfterValidator(readable),
    AfterValidator(not_blank),
    AfterValidator(with_line_feeds),
]
CommentText = Annotated[
    str,
    Field(min_length=1, max_length=COMMENT_MAX),
    AfterValidator(readable),
    AfterValidator(not_blank),
    AfterValidator(with_line_feeds),
]
Subject = Annotated[
    Annotated[str, AfterValidator(readable)] | None,
    AfterValidator(lambda text: trimmed(" ".join(text.split())) if text is not None else None),
]
"""One line; `None` when there is nothing to see in it."""
NoteText = Annotated[str, AfterValidator(readable), AfterValidator(_note)]
