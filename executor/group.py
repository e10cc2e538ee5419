"""How clients name a group."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

GroupId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
"""The number in a group's address, `linkedin.com/groups/<number>/`."""
