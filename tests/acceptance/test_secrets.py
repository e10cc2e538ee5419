"""No secret is in what a whole run leaves behind: logs, kept pages, traces, the data directory."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

from tests.acceptance.service import run, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JANE = "urn:li:person:ACoAABCDEFG"
STRANGER = "urn:li:person:ACoAABCDEF123"
TEXT = "Nobody but Jane reads this"
SESSION_COOKIES = {"li_at", "JSESSIONID"}
EVERYTHING = {
    "LINKEDIN_EXECUTOR_WEBHOOK_ALLOW_PRIVATE": "true",
    "LINKEDIN_EXECUTOR_KEPT_PAGES": "full",
}


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Read every file below *folder*, and what is inside of archives."""
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = str(file.relative_to(folder))
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield from ((f"{name}/{each}", archive.read(each)) for each in archive.namelist())
        else:
            yield name, file.read_bytes()


async def test_a_whole_run_leaves_no_secret_behind(tmp_path: Path) -> None:
    """A message, a page that is kept with its trace, a webhook, and every word of the log."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--log-level", "debug", **EVERYTHING) as service:
        added = await run(
            *("webhooks", "add", "http://127.0.0.1:9/", "--json", *where), **EVERYTHING
        )
        state = await service.sandbox.storage_state()
        sent = await service.create("send-message", recipient_urn=JANE, message=TEXT)
        assert (await service.ended(sent))["status"] == "completed"
        await service.sandbox.toggle(invite_dialog_missing=True)
        failed = await service.create("send-connection-request", profile_urn=STRANGER, note=TEXT)
        assert (await service.ended(failed))["status"] == "failed"
        about = (await service.api.get(f"/tasks/{failed}")).json()
        metrics = await service.api.get("/metrics")
    log = await service.log

    secrets = {
        "the API key": service.ready["api_key"],
        "the webhook's secret": json.loads(added.out)["secret"],
        **{
            f"the cookie {cookie['name']}": cookie["value"].strip('"')
            for cookie in state["cookies"]
            if cookie["name"] in SESSION_COOKIES
        },
    }
    left = {"the log": log, "the measures": metrics.content, **dict(contents(tmp_path))}
    assert {"page.png", "page.html"} <= {name.rpartition("/")[2] for name in left}
    assert any(name.endswith("trace.network") for name in left), about
    assert len(secrets) == 2 + len(SESSION_COOKIES)
    found = [
        (what, name)
        for what, secret in secrets.items()
        for name, content in left.items()
        if secret.encode() in content
    ]
    assert found == []
    assert b"task_succeeded" in log
    assert TEXT.encode() not in log
