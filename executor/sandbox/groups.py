"""Groups and who is in them."""

from pydantic import BaseModel, ConfigDict, Field


class Group(BaseModel):
    """An invented group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^\d+$")
    name: str
    members: tuple[str, ...] = ()
    """Profile ids, in the order in which the list shows them."""
