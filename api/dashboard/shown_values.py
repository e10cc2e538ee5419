"""What of a task, and of what is told of it, is shown before anybody has asked for its texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.tasks import JsonObject

    Way = tuple[str, ...]

_NAMES = frozenset(
    {
        "action", "answer", "company", "degree", "emoji", "media_type", "method", "post",
        "reaction", "relationship", "sort", "status", "vanity",
    }
)  # fmt: skip
_OF_BODIES = frozenset(
    {
        ("type",),
        ("timestamp",),
        *(
            ("data", name)
            for name in ("dialect", "id", "kept_page", "limit", "session", "task_type")
        ),
        ("data", "error", "code"),
        *(("data", "events", name) for name in ("at", "name")),
        *(("data", "events", "detail", name) for name in ("code", "dialect", "task_type")),
    }
)
"""What of a webhook's body is the program's own word, by the way to it: elsewhere, fields of the
same names hold what users or pages have said."""
_ENDINGS = ("_id", "_ids", "_urn", "_urns", "_at", "_until", "_since")
_PERSON = frozenset({"profile_id", "vanity"})
_OTHERS = ("conversation_urn", "thread_id", "post", "company", "group_id")
_LONGEST = 60
_URN = re.compile(r"urn:li:(?P<kind>\w+):(?P<rest>.+)")


def as_text(value: JsonObject, *, with_texts: bool, is_body: bool = False) -> str:
    """Return the object as indented JSON.

    Args:
        is_body: whether it is what a webhook is sent.
        with_texts: whether to show everything; else only texts that are names or ids by the field
            they stand in, so that a field that is new is hidden.
    """
    shown = dict(value) if with_texts else _veiled(dict(value), _plain_in(is_body=is_body))
    return json.dumps(shown, indent=2, ensure_ascii=False)


def has_texts(value: JsonObject, *, is_body: bool = False) -> bool:
    """Tell whether anything of it is hidden at first."""
    return bool(_veiled(dict(value), _plain_in(is_body=is_body)) != dict(value))


def whom(value: JsonObject) -> dict[str, str]:
    """Return the ids by which an input names a person; none when it names no single one."""
    for part in value.values():
        if isinstance(part, dict) and _PERSON & part.keys():
            return {name: part[name] for name in _PERSON & part.keys() if part[name]}
    return {}


def what(value: JsonObject) -> str:
    """Return what an input is about, where it is about no person: a conversation, a post."""
    for name in _OTHERS:
        if isinstance(value.get(name), str):
            text = _shortened(value[name])
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return ""


def _shortened(text: str) -> str:
    """Return a URN as its kind and the part that tells it from others of the kind."""
    urn = _URN.fullmatch(text)
    if urn is None:
        return text
    return f"{urn['kind'].removeprefix('msg_')} {urn['rest'].rpartition(',')[2].rstrip(')')}"


def _plain_in(*, is_body: bool) -> Collection[Way]:
    return _OF_BODIES if is_body else ()


def _veiled(value: Any, plain: Collection[Way], way: Way = ()) -> Any:
    if isinstance(value, dict):
        return {key: _veiled(each, plain, (*way, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_veiled(each, plain, way) for each in value]
    if isinstance(value, str) and value and way not in plain and not _is_name(way[-1]):
        return f"[{len(value)} characters, hidden]"
    return value


def _is_name(name: str) -> bool:
    return name in _NAMES or name.endswith(_ENDINGS)
