"""`inspect`: what the executor sees on a page that was saved to a file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path  # noqa: TC003 - typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from api.cli.machine import Json  # noqa: TC001 - typer reads annotations at run time
from api.cli.output import out, plain_failures, print_json, print_table
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time
from executor.address import is_linkedin

if TYPE_CHECKING:
    from api.cli.wiring import Settings
    from executor.inspection.elements import FoundElement
    from executor.inspection.report import Report

NOT_UNDERSTOOD = 3
INCOMPLETE = 4


def inspect(
    saved: Annotated[Path, typer.Argument(help="The saved page, as HTML.")],
    *,
    address: Annotated[
        str, typer.Option("--as", help="The address on LinkedIn that the page was saved from.")
    ],
    scripts: Annotated[
        bool, typer.Option("--scripts", help="Let the page's own scripts run, cut off as it is.")
    ] = False,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Show what the executor sees on a saved page; nothing leaves the machine.

    Exit codes: 0 understood, 3 the page is not understood, 4 it is, but something that it is
    looked at for cannot be told (such as the relationship), 1 failed, 2 wrong usage.
    """
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    configure_logs(quiet=True)
    with plain_failures():
        settings = read_settings(data_dir=data_dir)
        if not _is_of(settings.executor.site, address):
            raise typer.BadParameter("must be an address such as https://www.linkedin.com/in/…")
        report, elements = asyncio.run(
            _inspect(settings, saved.read_bytes(), address, scripts=scripts)
        )
    if json_:
        print_json(report.as_json() | {"elements": [each.as_json() for each in elements]})
    else:
        _tell(report, elements)
    if not report.is_understood:
        sys.exit(NOT_UNDERSTOOD)
    sys.exit(0 if report.is_complete else INCOMPLETE)


def _is_of(site: str, address: str) -> bool:
    """Tell whether an address is LinkedIn's, in whatever country, or the configured site's."""
    parts = urlsplit(address)
    own = is_linkedin(parts.hostname) and parts.scheme == "https"
    return own or f"{parts.scheme}://{parts.netloc}" == site


async def _inspect(
    settings: Settings, html: bytes, address: str, *, scripts: bool
) -> tuple[Report, list[FoundElement]]:
    from executor.browser.launch import BrowserHost
    from executor.browser.saved_page import Saved
    from executor.inspection.elements import elements_of
    from executor.inspection.report import inspect_page

    async with BrowserHost(settings.executor, locators=settings.locators) as browsers:
        page = await browsers.open_saved_page()
        await page.show(Saved(html=html, address=address, scripts=scripts))
        await page.tab.refresh_locators()
        report = await inspect_page(page.tab)
        return report, await elements_of(page.tab, report.groups)


def _tell(report: Report, elements: list[FoundElement]) -> None:
    told = report.as_json()
    notes = told.pop("notes")
    tables = {name: value for name, value in told.items() if _is_table(value)}
    print_table(("", ""), [(name, _word(told[name])) for name in told if name not in tables])
    for name, rows in tables.items():
        out.print(f"\n{name}")
        print_table(tuple(rows[0]), [[_word(cell) for cell in row.values()] for row in rows])
    out.print("\nelements")
    print_table(
        ("element", "match", "candidate", "count"),
        [(each.name, each.match, each.candidate, each.count) for each in elements],
    )
    for note in notes:
        out.print(f"\nNote: {note}", markup=False)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _word(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
