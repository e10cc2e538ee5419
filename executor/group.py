"""How clients name a group."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from executor.address import parts_of_address


def _number_in(address: object) -> object:
    """Read the number in a group's address.

    Raises:
        ValueError: it is no group's.
    """
    if not isinstance(address, str):
        return address  # What a number has to be says what is wrong.
    match parts_of_address(address):
        case ["groups", number, *_]:
            return number
        case _:
            raise ValueError("no group's address")


GroupId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
"""The number in a group's address, `linkedin.com/groups/<number>/`."""
GroupAddress = Annotated[
    GroupId, BeforeValidator(_number_in), WithJsonSchema({"type": "string", "minLength": 1})
]
"""The address itself, of which the number is kept."""
