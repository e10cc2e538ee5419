"""What the compose file says of the service, as far as a replay and the tests need it."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

_ENTRY = re.compile(r"^    (\w+):(?: (.+))?$|^      - \"?([^\"\n]+)\"?$", re.MULTILINE)


def service() -> dict[str, list[str]]:
    """Return what stands under each name of the one service, in its order."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    name = ""
    for match in _ENTRY.finditer(text):
        name = match[1] or name
        value = match[2] or match[3]
        found.setdefault(name, []).extend([value] if value else [])
    return found
