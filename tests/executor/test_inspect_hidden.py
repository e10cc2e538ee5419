"""Controls that nobody can see, and adverts that stand where a notice would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.browser.saved_page import Saved
from executor.inspection.report import inspect_page
from tests.executor.saved_profiles import DIETER, SITE, connect, message, more, sdui
from tests.executor.test_inspect_profiles import seen, told

if TYPE_CHECKING:
    from executor.browser.saved_page import SavedPage

HIDDEN = (
    "clip-path:inset(50%)",
    "clip-path:inset(0 100% 0 0)",
    "clip-path:circle(0)",
    "clip-path:circle(4px at -20px 5px)",
    "clip-path:ellipse(0 50%)",
    "clip-path:polygon(0 0, 0 0, 0 0)",
    "clip-path:polygon(0 0, 100% 100%, 50% 50%)",
    "position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;clip:rect(1px,1px,1px,1px)",
    "position:absolute;left:-9999px",
    "position:absolute;top:-9999px",
    "position:fixed;top:-200px",
    "display:block;transform:translateY(-9999px)",
    "opacity:0",
    "filter:opacity(0)",
    "visibility:hidden",
    "display:inline-block;transform:scale(0)",
    "display:block;width:0;height:0;overflow:hidden",
    "display:block;width:0;overflow:clip",
    "display:block;max-height:0;overflow-y:hidden",
    "display:block;height:0;contain:paint",
)


@pytest.mark.parametrize("place", ["itself", "around", "further around"])
@pytest.mark.parametrize("style", HIDDEN)
async def test_a_connect_that_nobody_can_see_is_no_offer(
    saved_page: SavedPage, style: str, place: str
) -> None:
    """However it is hidden, itself or by what is around it: nobody could press it."""
    hidden = connect(attributes=f'style="{style}"' if place == "itself" else "")
    if place != "itself":
        within = f"<span>{hidden}</span>" if place == "further around" else hidden
        hidden = f'<div style="{style}">{within}</div>'

    report = await seen(saved_page, sdui(message(), hidden, more()))

    assert told(report) == ("profile", "unknown", None)


@pytest.mark.parametrize(
    "style",
    [
        "clip-path:inset(0)",
        "clip-path:inset(0 round 16px)",
        "clip-path:circle(50%)",
        "clip-path:polygon(0 0, 100% 0, 100% 100%, 0 100%)",
        "clip:rect(0,0,0,0)",
        "overflow:hidden;border-radius:16px",
        "display:contents;overflow:hidden",
        "opacity:0.5",
        "height:60px;overflow:auto",
    ],
)
async def test_a_connect_that_is_merely_shaped_is_an_offer(
    saved_page: SavedPage, style: str
) -> None:
    """Rounded, faded and scrolled controls are there to be pressed."""
    shaped = f'<div style="{style}">{connect()}</div>'

    report = await seen(saved_page, sdui(message(), shaped, more()))

    assert told(report) == ("profile", "connectable", "topcard")


async def test_a_connect_before_the_beginning_of_its_box_is_no_offer(
    saved_page: SavedPage,
) -> None:
    """It stands on the page, but the box that holds it begins further down or to the right."""
    for place in ("top:-60px", "left:-300px"):
        hidden = (
            '<div style="position:relative;margin:200px 0 0 400px;overflow:hidden">'
            f'<span style="position:absolute;{place}">{connect()}</span>…</div>'
        )

        report = await seen(saved_page, sdui(message(), hidden, more()))

        assert told(report) == ("profile", "unknown", None)


async def test_a_connect_above_what_is_scrolled_to_is_an_offer(saved_page: SavedPage) -> None:
    """What is out of sight only until one scrolls back up is no less there."""
    filler = '<div style="height:3000px"></div>'
    html = sdui(message(), connect(), more()).replace("</main>", f"{filler}</main>")
    html = html.replace("<main ", '<main style="display:block;height:300px;overflow:auto" ')
    await saved_page.show(Saved(html=html.encode(), address=DIETER.address))
    for _ in range(4):
        await saved_page.tab.whole.run("scroll_step", {"scroller": "main", "quiet": 100})

    assert told((await inspect_page(saved_page.tab)).as_json()) == (
        "profile",
        "connectable",
        "topcard",
    )


OFFER = '<dialog open><h2>{}</h2><a href="/premium/products/{}">…</a></dialog>'
OUT = "You’ve used all your monthly personalized invitations."
INBOX_OFFER = "?upsellOrderOrigin=premium_inmail"
OWN_OFFER = "?upsellOrderOrigin=premium_personalized_invite"
FIRST_STEP = '<dialog open><h2 id="send-invite-modal">…</h2></dialog>'


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", OFFER.format(OUT, ""), "note_quota"),
        ("en", OFFER.format(OUT, OWN_OFFER), "note_quota"),
        ("de", OFFER.format("Alle Einladungen sind verbraucht.", OWN_OFFER), "note_quota"),
        ("en", OFFER.format("See who viewed your profile", ""), "unknown"),
        ("en", OFFER.format("Send unlimited personalized invites", ""), "unknown"),
        ("en", OFFER.format(OUT, INBOX_OFFER), "unknown"),
        ("de", OFFER.format("Wer hat Ihr Profil besucht?", ""), "unknown"),
        ("", OFFER.format("…", INBOX_OFFER), "unknown"),
        ("en", FIRST_STEP + OFFER.format(OUT, ""), "unknown"),
        ("en", OFFER.format(OUT, "") + OFFER.format("Reactivate Premium", ""), "unknown"),
    ],
)
async def test_an_advert_for_premium_is_no_limit_of_notes(
    saved_page: SavedPage, language: str, body: str, expected: str
) -> None:
    """Only words about invitations that are used up, or the link's own word for its origin."""
    nav = '<nav data-testid="primary-nav"><a href="/mynetwork/">N</a></nav>'
    html = f'<html lang="{language}"><body>{nav}<main></main>{body}</body></html>'
    address = f"{SITE}/preload/custom-invite/?vanityName=ada"
    await saved_page.show(Saved(html=html.encode(), address=address))

    report = (await inspect_page(saved_page.tab)).as_json()

    assert report.get("dialog", "unknown") == expected
