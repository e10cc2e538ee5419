"""Failures that can be armed, and the count of how often each has still to happen."""

from itertools import count
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FaultPoint = Literal[
    "create_message",
    "create_invitation",
    "change_invitation",
    "create_reaction",
    "create_comment",
    "change_following",
    "change_message",
    "mark_conversation",
    "announce_upload",
    "upload",
    "download",
    "page",
    "voyager_read",
]
FaultDeed = Literal[
    "delay",
    "status",
    "errors_in_200",
    "drop_before_delivery",
    "drop_answer_after_delivery",
    "deliver_then_status",
    "deliver_late",
    "sign_out",
    "challenge",
    "restrict",
    "change_language",
    "hang",
]
_DELIVERING = {"drop_answer_after_delivery", "deliver_then_status", "deliver_late"}


class Fault(BaseModel):
    """One armed failure."""

    model_config = ConfigDict(extra="forbid")

    id: int = 0
    """Given by the sandbox."""
    on: FaultPoint
    do: FaultDeed
    """`delay` works normally after `seconds`; `status` answers `status` and does nothing;
    `errors_in_200` answers 200 with an `errors` array and does nothing; the `drop_*` cut the
    connection; `deliver_then_status` does it and answers `status`; `deliver_late` does it after
    `seconds`, even if the browser has gone; `sign_out`, `challenge` and `restrict` change the
    account's session and do nothing; `change_language` gives the account another interface language
    from this page on; `hang` never answers."""
    times: int | None = Field(default=1, ge=1)
    """How often it still happens; None for always."""
    after: int = Field(default=0, ge=0)
    """How many matching requests pass untouched before it begins."""
    status: int = Field(default=500, ge=400, le=999)
    code: str | None = None
    """LinkedIn's code in the body of a `status` answer, such as `CANT_RESEND_YET`."""
    seconds: float = Field(default=0.5, ge=0)
    match: str = ""
    """Beginning of the path (query included); empty for every path."""
    language: str = "de"
    """What `change_language` changes to."""
    account: int | None = None
    """Only this account; None for all."""

    @model_validator(mode="after")
    def _happens_to_pages(self) -> Self:
        if self.do == "change_language" and self.on != "page":
            raise ValueError(f"{self.do!r} happens to pages, not to {self.on!r}")
        return self

    @model_validator(mode="after")
    def _delivers_only_what_can_be_delivered(self) -> Self:
        if self.do in _DELIVERING and not self.on.startswith(("create_", "change_")):
            raise ValueError(f"{self.do!r} needs a delivery; {self.on!r} delivers nothing")
        return self


class FaultBox:
    """The armed faults; the first one that matches a request happens to it."""

    def __init__(self) -> None:
        self._armed: dict[int, Fault] = {}
        self._numbers = count(1)

    def arm(self, fault: Fault) -> Fault:
        armed = fault.model_copy(update={"id": next(self._numbers)})
        self._armed[armed.id] = armed
        return armed

    def listing(self) -> list[Fault]:
        return list(self._armed.values())

    def disarm(self, number: int | None = None) -> None:
        """Take away one fault, or all of them."""
        if number is None:
            self._armed.clear()
        else:
            self._armed.pop(number, None)

    def take(self, on: FaultPoint, path: str, account: int | None) -> Fault | None:
        """Return the fault that happens to this request, and count it."""
        for fault in list(self._armed.values()):
            if fault.on != on or not path.startswith(fault.match):
                continue
            if fault.account not in (None, account):
                continue
            if fault.after:
                fault.after -= 1
                continue
            if fault.times is not None:
                fault.times -= 1
                if not fault.times:
                    del self._armed[fault.id]
            return fault
        return None
