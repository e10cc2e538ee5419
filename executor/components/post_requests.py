"""Comparing what a post's page asks of LinkedIn's server with what the task is about.

React pages send their server requests in a form that nobody has described. Such a request is let
out only when its address names the deed, and its bytes hold the post's number and the words; a
form in which they cannot be found is refused, not trusted.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from executor.components.thread import same_words

if TYPE_CHECKING:
    from executor.browser.guard import RequestBody

_LIKE = "LIKE"
_REACTION = re.compile(
    rb"(?<![A-Z])(?:LIKE|PRAISE|APPRECIATION|EMPATHY|INTEREST|ENTERTAINMENT)(?![A-Z])"
)
_ON_A_COMMENT = re.compile(rb"comment:\(|comment%3A\(|comment%3A%28", re.IGNORECASE)
_OTHER_POST = "The request is about another post."
_OTHER_DEED = "The request asks for something else."


def reaction_problem(body: RequestBody, post_urn: str, *, wanted: str | None) -> str | None:
    """Say what is wrong with a request that should react to the post.

    Args:
        wanted: LinkedIn's name of the reaction; `None` takes a like back.
    """
    asked = _parameters(body)
    if deed := asked.get("sduiid"):
        if deed != f"com.linkedin.sdui.reactions.{'create' if wanted else 'delete'}":
            return _OTHER_DEED
        named = {each.decode() for each in _REACTION.findall(body.raw)}
        if named and (wanted or _LIKE) not in named:
            return _OTHER_DEED
        return _opaque_problem(body, post_urn)
    variables = body.get("variables")
    if isinstance(variables, dict):
        entity = variables.get("entity")
        gave = entity.get("reactionType") if isinstance(entity, dict) else None
        thread, reaction = variables.get("threadUrn"), variables.get("reactionType")
        right = (gave, reaction) == ((wanted, None) if wanted else (None, _LIKE))
    else:
        thread = asked.get("threadUrn")
        deleting = asked.get("action", "").startswith("delete")
        right = body.get("reactionType") == (wanted or _LIKE) and deleting is (wanted is None)
        right = right and (deleting or "action" not in asked)
    if thread != post_urn:
        return _OTHER_POST
    return None if right else _OTHER_DEED


def comment_problem(body: RequestBody, post_urn: str, text: str) -> str | None:
    """Say what is wrong with a request that should comment on the post."""
    if "sduiid" in _parameters(body):
        missing = not all(_is_held(line, body.raw) for line in text.split("\n"))
        return _opaque_problem(body, post_urn) or ("The words are not in it." if missing else None)
    if body.get("threadUrn") != post_urn:
        return _OTHER_POST
    commentary: Any = body.get("commentary")
    words = commentary.get("text") if isinstance(commentary, dict) else None
    if not isinstance(words, str) or not same_words(words, text):
        return "The request holds another text."
    return None


def _parameters(body: RequestBody) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(body.url).query).items()}


def _opaque_problem(body: RequestBody, post_urn: str) -> str | None:
    number = post_urn.rpartition(":")[2].encode()
    if not re.search(rb"(?<![0-9])" + number + rb"(?![0-9])", body.raw):
        return "The post's number is not in the request."
    # A comment's own name holds the number of the post that it stands below.
    if _ON_A_COMMENT.search(body.raw):
        return "The request is about a comment."
    return None


def _is_held(line: str, raw: bytes) -> bool:
    """Tell whether the bytes hold a line as it stands or as JSON writes it."""
    written = {line, *(json.dumps(line, ensure_ascii=plain)[1:-1] for plain in (True, False))}
    return any(each.encode() in raw for each in written)
