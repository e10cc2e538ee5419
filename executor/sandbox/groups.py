"""Groups and who is in them."""

from pydantic import BaseModel, ConfigDict, Field

from executor.documented import describe_attributes


class Group(BaseModel):
    """An invented group."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=describe_attributes)

    id: str = Field(pattern=r"^\d+$")
    name: str
    members: tuple[str, ...] = ()
    """Profile ids, in the order in which the list shows them."""
