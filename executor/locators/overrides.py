"""What an operator knows better than this release: candidates from `locators.toml`.

The file has a table for each element, such as `["profile.top_card"]`, with `candidates`, each of
which has `css`, perhaps `texts`, and the date `measured`; and perhaps `replace = true`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    ValidationError,
)

from executor.locators.catalogue import all_elements
from executor.locators.element import Candidate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from executor.locators.element import Element


class InvalidOverrides(ValueError):
    """The file cannot be used; says what is wrong with it in words for its writer."""


def _measured(value: object) -> object:
    if isinstance(value, date):  # TOML has dates of its own, written without quotes.
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", value):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        raise ValueError("must be a date such as 2026-11-20 or 2026-11")
    return date.fromisoformat(value).isoformat()


_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Candidate(BaseModel):
    model_config = _STRICT

    css: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    texts: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]] = Field(
        default_factory=list
    )
    measured: Annotated[str, BeforeValidator(_measured)]


class Override(BaseModel):
    """What the file says of one element."""

    model_config = _STRICT

    candidates: Annotated[list[_Candidate], Field(min_length=1)]
    replace: bool = False
    """Whether the built-in candidates are left out; else they stand behind these."""

    def of(self, element: Element) -> tuple[Candidate, ...]:
        """Return all of the element's candidates, in the order in which they are tried."""
        own = tuple(
            Candidate(css=each.css, texts=tuple(each.texts), measured=each.measured)
            for each in self.candidates
        )
        return own if self.replace else (*own, *element.candidates)


class _File(RootModel[dict[str, Override]]):
    pass


def parse_overrides(text: str) -> Mapping[str, Override]:
    """Read the file's text; whether its CSS is right only a browser can tell.

    Raises:
        InvalidOverrides: something in it is not as it has to be.
    """
    try:
        overrides = _File.model_validate(tomllib.loads(text)).root
    except tomllib.TOMLDecodeError as error:
        raise InvalidOverrides(f"It is not TOML: {error}.") from error
    except ValidationError as error:
        raise InvalidOverrides("; ".join(_in_words(error))) from error
    known = all_elements()
    for name in overrides:
        if name not in known:
            raise InvalidOverrides(_unknown(name, known))
    return overrides


def _in_words(error: ValidationError) -> list[str]:
    return [
        f"{' → '.join(str(part) for part in each['loc']) or 'the file'}: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    ]


def _unknown(name: str, known: Mapping[str, Element]) -> str:
    near = difflib.get_close_matches(name, known, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "."
    return f"There is no element {name!r}{hint}"
