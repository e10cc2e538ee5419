"""Cookies that prove an account, the same before and after a restart of the sandbox."""

import hashlib
import hmac
from typing import Any

from executor.sandbox.accounts import Account

# Not a secret: the sandbox protects nothing, it only has to tell a valid cookie from a wrong one.
_KEY = b"linkedin-executor sandbox"
_FOREVER = 4_102_444_800
"""2100-01-01, as seconds."""


def _seal(account: int, generation: int) -> str:
    told = f"{account}.{generation}".encode()
    return hmac.new(_KEY, told, hashlib.sha256).hexdigest()


def li_at(account: Account) -> str:
    """Make the session cookie of the account's present generation."""
    return f"AQEDAR{account.id}.{account.generation}.{_seal(account.id, account.generation)}"


def csrf_token(account: Account) -> str:
    """Make the csrf token, which `JSESSIONID` holds in quotes and every write repeats."""
    digits = int(_seal(account.id, account.generation), 16) % 10**19
    return f"ajax:{digits:019d}"


def account_id(cookie: str) -> int | None:
    """Read who a well-formed `li_at` names; whether it is still valid is another question."""
    number, _, _ = cookie.removeprefix("AQEDAR").partition(".")
    return int(number) if number.isdigit() else None


def storage_state(account: Account, host: str) -> dict[str, Any]:
    """Write the Playwright storage state of a browser in which *account* is signed in."""
    told = [
        ("li_at", li_at(account), True),
        ("JSESSIONID", f'"{csrf_token(account)}"', False),
        ("lang", "v=2&lang=en-us", False),
    ]
    cookies = [
        {
            "name": name,
            "value": value,
            "domain": host,
            "path": "/",
            "expires": _FOREVER,
            "httpOnly": hidden,
            "secure": False,
            "sameSite": "Lax",
        }
        for name, value, hidden in told
    ]
    return {"cookies": cookies, "origins": []}
