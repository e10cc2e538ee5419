"""What commands print: results to stdout, everything else to stderr."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

out = Console(highlight=False, soft_wrap=True)
_WIDEST = 500
err = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one line of JSON, for scripts."""
    print(json.dumps(value, ensure_ascii=False, default=_as_json), flush=True)


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings; empty cells for `None`."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, no_wrap=True)
    for row in rows:
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
    # Ids are there to be copied: better a line too long than one that is cut.
    Console(width=_WIDEST, highlight=False).print(table)


def fail(reason: str) -> typer.Exit:
    """Say what went wrong and return the exit to raise (code 1)."""
    err.print(f"[red]{reason}[/red]" if err.is_terminal else reason, markup=err.is_terminal)
    return typer.Exit(1)


@contextmanager
def plain_failures() -> Iterator[None]:
    """End with one readable sentence where the user can do something about the trouble."""
    from pydantic import ValidationError

    from executor.errors import ExecutorError
    from storage.errors import StoreError

    try:
        yield
    except (StoreError, ExecutorError) as error:
        raise fail(str(error)) from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
            for each in error.errors(include_input=False)
        )
        raise fail(f"The settings are not valid. {problems}") from error
    except UnicodeDecodeError as error:
        raise fail("The file .env is not UTF-8 text.") from error
    except OSError as error:
        raise fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")) from error
