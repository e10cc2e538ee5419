"""Addresses that stand in an account's way: signing in, a check, a restriction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.address import is_below
from executor.errors import AccountRestricted, Challenged, SignedOut
from executor.locators import shell

if TYPE_CHECKING:
    from executor.errors import SessionBlocked

# The longest first: the restriction page lies below a path that means signed out.
_OBSTACLES: tuple[tuple[tuple[str, ...], type[SessionBlocked]], ...] = (
    (shell.RESTRICTED_PATHS, AccountRestricted),
    (shell.CHALLENGE_PATHS, Challenged),
    (shell.SIGNED_OUT_PATHS, SignedOut),
)


def obstacle_at(path: str) -> type[SessionBlocked] | None:
    """Return the error that belongs to a decoded path, if it is an obstacle's."""
    return next((error for paths, error in _OBSTACLES if is_below(path, paths)), None)
