"""What LinkedIn tells of the account itself."""

from __future__ import annotations

from executor.locators.element import NetworkCall

OWN_ACCOUNT = NetworkCall(name="own_account", endpoint="voyager/api/me", measured="2026-10")
"""Names the account's own member, and says whether it has Premium; pages ask for it themselves."""

SALES_INBOX_PATHS = ("/sales/inbox",)
"""Sales Navigator's inbox; its head tells how many InMail credits are left (2026-09-30)."""

BRAND = "InMail"
"""Stands beside their number in every interface language."""
