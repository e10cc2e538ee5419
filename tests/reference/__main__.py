"""Write `docs/api.md` anew: `python -m tests.reference`."""

from __future__ import annotations

from tests.reference.page import PATH, reference

if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
