"""What is said of each of ConnectSafely's endpoints that do something on LinkedIn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.connectsafely.words import BARE_PATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import UnionType

    from api.connectsafely.answers import Answer, Outcome
    from api.connectsafely.bodies import CallBody
    from api.connectsafely.quotas import Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One path below `/linkedin`."""

    path: str
    """May hold fields of the body, as `{profileId}`."""
    method: str = "POST"
    body: type[CallBody]
    answer: Callable[[Outcome], Answer]
    answer_model: type[Answer] | UnionType
    quota: Quota | None = None
    nobody: Callable[[str], Answer] | None = None
    """What is answered, given the account's id, when there is no such profile; by default 404."""
    has_longer_401: bool = False
    """Whether its page has the longer text for a missing or wrong key."""
    echoes_conversation: bool = False
    """Whether its page has a 500 that names the account and the conversation."""
    answers_file: bool = False
    """Whether it is answered with the content of the file that its task has fetched."""
    takes_look: bool = False
    """Whether a fresh look of the watcher, where there is one, may answer it without a visit."""
    awaits_seat: bool = False
    """Whether it waits until it is known if the account has Sales Navigator, as its client does."""
    takes_empty_body: bool = False
    """Whether a request without any body is one with an empty object."""
    summary: str
    description: str = ""
    examples: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Bodies by what they ask for."""
    done: Mapping[str, Any]
    """An answer, as the documentation shows it."""

    @property
    def has_bare_errors(self) -> bool:
        """Whether its page has errors without `success`."""
        return f"{self.path}/".startswith(tuple(f"{each}/" for each in BARE_PATHS))

    @property
    def function_name(self) -> str:
        """The name under which the API's description knows it."""
        words = re.findall(r"[A-Za-z]+", self.path.replace(":path", ""))
        return "_".join((self.method.lower(), *words))
