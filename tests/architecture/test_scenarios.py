"""Everything that went wrong for others on LinkedIn's pages has a test here, and can be found."""

from __future__ import annotations

import ast

from tests.architecture.source import modules, shown, tree

SCENARIOS = {
    1: "a sidebar stranger's Connect, found by a name's beginning",
    2: "Message on the second and third degree",
    3: "both degrees in the page, hidden and strangers' Pending",
    4: "Connect or Pending below More only, or below another More",
    5: "a Connect button that is blocked for three weeks",
    6: "Follow taken for Accept",
    7: "closed, hidden and foreign dialogs",
    8: "dialogs that come late, in four shapes, in a shadow root",
    9: "the dialog's first button, which only closes it",
    10: "a Connect that is still shown after the invitation",
    11: "limits, warnings, gates and toasts in the invitation's place",
    12: "Connect that sends without a dialog",
    13: "composing that lands in a thread, or stays with the history",
    14: "no Send button, a draft that was left, an overlay that takes the clicks",
    15: "Send that wants real input, and Enter that sends early",
    16: "a composer that is replaced, placeholders, previews",
    17: "a composer in the shadow overlay only",
    18: "several conversations with one person",
    19: "an inbox that marks read, and thread addresses that are broken",
    20: "InMail in the message's place",
    21: "200 with errors, throttling, refused tokens",
    22: "sign-in pages, checks and restrictions",
    23: "dead, renamed and oddly spelt profiles",
    24: "the commercial-use limit",
    25: "reactions that a click takes back, and other controls around them",
    26: "received invitations that cannot be accepted",
    27: "another language on the way",
    28: "sticky headers and hidden duplicates",
    29: "a withdrawal's own dialog",
}
"""As numbered in what is publicly known of LinkedIn's pages (2026-10)."""

DRIFTS = {
    "2024-25": "messaging moves from REST to GraphQL",
    "2025-26": "search results get a view name, and lose it",
    "2026-02": "profiles move to React",
    "2026-05-20": "the invitation asks about a note first; role=alertdialog",
    "2026-05-22": "the commercial limit leads away from profiles",
    "2026-06-02": "the connections page has two links for each person",
    "2026-06-24": "Connect has a key",
    "2026-08-05": "posts move to React",
    "2026-08-09": "thread addresses break",
    "2026-08-26": "profiles without invitation links",
    "2026-09": "nested cards, Message twice, Sales Navigator's More",
    "2026-09-14": "dialogs without a role",
    "2026-09-27": "the restriction's address; suffixes; Connect and Pending below More only",
    "2026-10-09": "blocked invitations, toasts of the new page",
}
"""When LinkedIn's pages changed, and how."""


def marked(name: str) -> dict[object, list[str]]:
    """Return which tests bear a mark, by what the mark names."""
    found: dict[object, list[str]] = {}
    for path in modules("tests"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for each in node.decorator_list:
                if isinstance(each, ast.Call) and ast.unparse(each.func) == f"pytest.mark.{name}":
                    for argument in each.args:
                        assert isinstance(argument, ast.Constant)
                        found.setdefault(argument.value, []).append(f"{shown(path)}::{node.name}")
    return found


def test_every_scenario_has_a_test() -> None:
    """`pytest -m scenario` runs them all; a number that is not listed is a slip."""
    assert sorted(marked("scenario"), key=str) == sorted(SCENARIOS, key=str)


def test_every_change_of_linkedins_pages_has_a_test() -> None:
    """Old and new pages are about at the same time, for different accounts."""
    assert sorted(marked("drift"), key=str) == sorted(DRIFTS)
