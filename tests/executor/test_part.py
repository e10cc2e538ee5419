"""What scripts are run on is what Playwright finds, for clicks go by Playwright."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.errors import UiChanged
from executor.locators.element import Candidate, Element

if TYPE_CHECKING:
    from executor.browser.account_browser import AccountBrowser

_SHADOW = """
<div id="host"></div>
<script>
  const root = document.getElementById("host").attachShadow({mode: "open"});
  root.innerHTML = '<section><button id="one">In a shadow</button></section>';
</script>
"""
_NESTED = """
<div id="host"></div>
<script>
  const root = document.getElementById("host").attachShadow({mode: "open"});
  root.innerHTML = '<div id="inner"></div>';
  const inner = root.getElementById("inner").attachShadow({mode: "open"});
  inner.innerHTML = '<button id="one">Deep in a shadow</button>';
</script>
"""
ONE = {
    "the only one": '<button id="one">A</button>',
    "one beside some that are not shown": (
        '<button style="display: none">A</button><button style="visibility: hidden">A</button>'
        '<details>more<button>A</button></details><button id="one">A</button>'
        '<button style="width: 0; padding: 0; border: 0; overflow: hidden"></button>'
    ),
    "one without a box of its own": '<button id="one" style="display: contents">A</button>',
    "one that is transparent": '<button id="one" style="opacity: 0">A</button>',
    "in a shadow root": _SHADOW,
    "in a shadow root of a shadow root": _NESTED,
}


def buttons(css: str = "button", *texts: str) -> Element:
    return Element("test.button", (Candidate(css=css, texts=texts, measured="2026-11"),))


@pytest.mark.parametrize("case", ONE)
async def test_a_script_runs_on_the_one_that_would_be_clicked(
    case: str, account: AccountBrowser
) -> None:
    """Wherever on the page it is, and whatever hides beside it."""
    await account.tab._page.set_content(ONE[case])

    found = await account.tab.whole.require(buttons())
    asked, name = await account.tab.whole.require_and_run(buttons(), "attribute", {"name": "id"})

    assert await found.attribute("id") == await asked.attribute("id") == name == "one"


@pytest.mark.parametrize(
    "element",
    [buttons("button", "Yes"), buttons('button:has-text("Yes")'), buttons("#yes, #maybe")],
    ids=["by its words", "by what only Playwright understands", "by one of several names"],
)
async def test_a_script_understands_every_selector(
    element: Element, account: AccountBrowser
) -> None:
    """Operators write their own."""
    await account.tab._page.set_content(
        '<button id="no">Yes and no</button><button id="yes"> Yes\n</button>'
        if element.candidates[0].texts
        else '<button id="no">No</button><button id="yes">Yes</button>'
    )

    _, name = await account.tab.whole.require_and_run(element, "attribute", {"name": "id"})

    assert name == "yes"


@pytest.mark.parametrize("case", ["", '<button id="one">A</button><button>B</button>'])
async def test_none_and_several_are_refused(case: str, account: AccountBrowser) -> None:
    """A script is never run on one of many."""
    await account.tab._page.set_content(case)

    with pytest.raises(UiChanged):
        await account.tab.whole.require_and_run(buttons(), "attribute", {"name": "id"})


async def test_what_lies_below_a_part_stays_below_it(account: AccountBrowser) -> None:
    """The same button elsewhere is another one."""
    await account.tab._page.set_content(
        '<button id="other">A</button><main><p><button id="one">A</button></p></main>'
    )

    whole = await account.tab.whole.require(buttons("main"))
    last = await account.tab.whole.last(buttons())
    _, name = await whole.require_and_run(buttons(), "attribute", {"name": "id"})

    assert name == "one"
    assert last is not None
    assert await last.attribute("id") == "one"


async def test_a_part_that_is_put_in_anew_is_waited_for(account: AccountBrowser) -> None:
    """Pages take elements out and put them in again."""
    await account.tab._page.set_content('<main><button id="one">A</button></main>')
    found = await account.tab.whole.require(buttons())

    await account.tab._page.evaluate(
        """() => {
          const main = document.querySelector("main");
          const html = main.innerHTML;
          main.innerHTML = "";
          requestAnimationFrame(() => requestAnimationFrame(() => { main.innerHTML = html; }));
        }"""
    )

    assert await found.attribute("id") == "one"
