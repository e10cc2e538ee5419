"""`doctor --live`: whether LinkedIn's pages still have what the locators look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.output import fail, out, print_json, print_table

if TYPE_CHECKING:
    from api.cli.wiring import Settings
    from executor.browser.tab import Tab
    from executor.inspection.walk import Look

MISSING = 3


async def check_live(
    settings: Settings, *, member: str | None, profile: str | None, post: str | None
) -> list[Look]:
    """Walk the pages with a member's account.

    Args:
        member: the member's id; default is the oldest admin.
        profile: whose profile to look at beside the account's own.
        post: which post to look at.
    """
    from api.cli.login import who_acts
    from api.cli.sandbox_site import at_sandbox
    from api.cli.wiring import open_store, utc_now
    from executor.browser.launch import BrowserHost
    from executor.inspection.leasing import AccountInUse, with_account
    from executor.inspection.walk import walk
    from executor.person import Person
    from executor.post import post_urn

    try:
        person = None if profile is None else Person.parse(profile)
        urn = None if post is None else post_urn(post)
    except ValueError as error:
        raise fail(f"--profile has to name a member, --post a post: {error}.") from error

    async def work(tab: Tab) -> list[Look]:
        return [look async for look in walk(tab, person=person, post_urn=urn)]

    executor = at_sandbox(settings.executor, settings.storage.data_dir)
    async with (
        open_store(settings.storage) as store,
        BrowserHost(executor, locators=settings.locators) as browsers,
    ):
        who = await who_acts(store, member)
        try:
            return await with_account(
                store, browsers, executor, member_id=who.id, clock=utc_now, work=work
            )
        except AccountInUse as error:
            raise fail(str(error)) from error


def tell(looks: list[Look], *, as_json: bool) -> int:
    """Print what was found, and return the exit code."""
    if as_json:
        print_json([look.as_json() for look in looks])
    else:
        for look in looks:
            _print(look)
    return 0 if all(look.ok for look in looks) else MISSING


def _print(look: Look) -> None:
    mark = "[green]ok[/green]  " if look.ok else "[red]wrong[/red]"
    out.print(f"{mark} {look.name}")
    if not look.found:
        out.print(f"      this is not recognised as the page {look.page}")
    for name in look.missing:
        out.print(f"      missing: {name}", markup=False)
    if look.trouble is not None:
        out.print(f"      {look.trouble}", markup=False)
    print_table(
        ("element", "needed", "match", "candidate", "count"),
        [
            (
                each.name,
                "required" if each.name in look.required else "optional",
                each.match,
                each.candidate,
                each.count,
            )
            for each in look.elements
        ],
    )
