"""The list of the account's connections."""

from __future__ import annotations

from executor.locators.element import element, seen

PATHS = ("/mynetwork/invite-connect/connections",)
"""Where the list is (2026-06-02)."""

CONTACT = element(
    "connections.contact",
    # No list roles: who is a connection can be written to, unlike those whom the page suggests.
    seen("2026-06-02", 'main a[href*="/messaging/compose/"][href*="recipient="]'),
)

LIST = 'main [data-testid="lazy-column"]'
"""Holds the contacts; suggestions stand beside it (2026-06-02)."""
