"""What a person does in a live view: checked, and carried out on the page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Annotated, Literal

from playwright.async_api import Error
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

if TYPE_CHECKING:
    from playwright.async_api import Page

_NAMED_KEYS = frozenset(
    {
        "ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "Delete", "End", "Enter",
        "Escape", "Home", "PageDown", "PageUp", "Tab",
    }
)  # fmt: skip

Coordinate = Annotated[float, Field(ge=0, le=4000, allow_inf_nan=False)]
Distance = Annotated[float, Field(ge=-4000, le=4000, allow_inf_nan=False)]


class _Input(BaseModel, ABC):
    """Its errors never quote what was entered, which may be a password."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @abstractmethod
    async def perform(self, page: Page) -> None: ...


class Move(_Input):
    """The mouse, in pixels of the picture."""

    kind: Literal["move"]
    x: Coordinate
    y: Coordinate

    async def perform(self, page: Page) -> None:
        await page.mouse.move(self.x, self.y)


class Button(_Input):
    """The mouse's first button, pressed or let go at a place."""

    kind: Literal["down", "up"]
    x: Coordinate
    y: Coordinate
    clicks: Annotated[int, Field(ge=1, le=3)] = 1

    async def perform(self, page: Page) -> None:
        await page.mouse.move(self.x, self.y)
        if self.kind == "down":
            await page.mouse.down(click_count=self.clicks)
        else:
            await page.mouse.up(click_count=self.clicks)


class Scroll(_Input):
    kind: Literal["scroll"]
    x: Coordinate
    y: Coordinate
    right: Distance
    down: Distance

    async def perform(self, page: Page) -> None:
        await page.mouse.move(self.x, self.y)
        await page.mouse.wheel(self.right, self.down)


class Key(_Input):
    """One key, with what is held down meanwhile; it may go to the page, never to the browser."""

    kind: Literal["key"]
    key: Annotated[str, Field(min_length=1, max_length=10)]
    held: tuple[Literal["Shift", "Control", "Alt"], ...] = ()

    async def perform(self, page: Page) -> None:
        keyboard = page.keyboard
        if self.key in _NAMED_KEYS:
            await keyboard.press("+".join((*self.held, self.key)))
        elif len(self.key) == 1 and "Control" in self.held and self.key.isascii():
            await keyboard.press("+".join((*self.held, self.key.lower())))
        elif len(self.key) == 1:
            # The letter has the shift in it already, and may be on no keyboard of ours.
            await keyboard.type(self.key)


class Text(_Input):
    """What was pasted, or came from a phone's keyboard at once."""

    kind: Literal["text"]
    text: Annotated[str, Field(max_length=10_000)]

    async def perform(self, page: Page) -> None:
        await page.keyboard.insert_text(self.text)


class Size(_Input):
    """How much room the viewer has for the page."""

    kind: Literal["size"]
    width: Annotated[int, Field(ge=320, le=1600)]
    height: Annotated[int, Field(ge=320, le=1200)]

    async def perform(self, page: Page) -> None:
        await page.set_viewport_size({"width": self.width, "height": self.height})


class Seen(_Input):
    """The viewer has shown a picture, and takes the next."""

    kind: Literal["seen"]

    async def perform(self, page: Page) -> None:
        """Do nothing to the page."""


class End(_Input):
    """The person wants no more."""

    kind: Literal["end"]

    async def perform(self, page: Page) -> None:
        """Do nothing to the page."""


ViewerInput = Move | Button | Scroll | Key | Text | Size | Seen | End

_ANY: TypeAdapter[ViewerInput] = TypeAdapter(Annotated[ViewerInput, Field(discriminator="kind")])


def read_input(given: object) -> ViewerInput | None:
    """Return what a viewer has sent, or `None` for what no viewer of ours sends."""
    try:
        return _ANY.validate_python(given)
    except ValueError:
        return None


async def perform(page: Page, given: ViewerInput) -> None:
    """Carry it out; what the page or the browser makes of it, the picture shows."""
    try:
        await given.perform(page)
    except Error:
        # The page was on its way to the next one, or is gone, which the view notices by itself.
        # The error is dropped unseen: it may quote what was typed.
        return
