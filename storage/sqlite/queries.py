"""The statements in `queries/`: one statement, one file, one name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """Return the text of `queries/<name>.sql`, read once."""
    return files("storage.sqlite").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
