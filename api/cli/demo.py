"""`demo`: the main job from end to end, on the bundled sandbox."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.output import err, fail, out, plain_failures

if TYPE_CHECKING:
    import httpx
    from rich.progress import Progress

    from executor.sandbox.ledger import LedgerEntry

_PATIENCE_S = 90.0
_POLL_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A request as OutX's documentation shows it, and what must be delivered for it."""

    title: str
    endpoint: str
    body: dict[str, str]
    kind: str
    """The ledger's word for the effect."""
    recipient: str
    text: str


_JOBS = (
    _Job(
        title="send a message",
        endpoint="send-message",
        body={
            "recipient_urn": "urn:li:person:ACoAABCDEFG",
            "message": "Hi Jane, great connecting with you! "
            "I'd love to chat about your work at TechCorp.",
        },
        kind="message",
        recipient="ACoAABCDEFG",
        text="Hi Jane, great connecting with you! I'd love to chat about your work at TechCorp.",
    ),
    _Job(
        title="invite with a note",
        endpoint="send-connection-request",
        body={
            "profile_urn": "urn:li:fsd_profile:ACoAABCDEF123",
            "note": "Hi, I came across your work and would love to connect.",
        },
        kind="invitation",
        recipient="ACoAABCDEF123",
        text="Hi, I came across your work and would love to connect.",
    ),
)


def demo() -> None:
    """Send a message and an invitation through API, runner and browser, on the sandbox."""
    from api.cli.logs import configure_logs

    configure_logs(quiet=True)
    with plain_failures(), tempfile.TemporaryDirectory(prefix="linkedin-executor-demo-") as folder:
        asyncio.run(_demo(Path(folder)))


async def _demo(folder: Path) -> None:
    import httpx

    from api.cli.service import serving
    from api.cli.wiring import read_settings
    from executor.browser.install import InstallFailed, ensure_browser
    from executor.sandbox.client import SandboxClient

    settings = read_settings(data_dir=folder, api={"host": "127.0.0.1", "port": 0})
    try:
        browser = await ensure_browser(
            settings.executor.browser_path, err.print, headless=settings.executor.headless
        )
    except InstallFailed as error:
        raise fail(str(error)) from error
    out.print(f"Browser  {browser}", markup=False)
    async with serving(settings, with_runner=True, with_sandbox=True, api_key=None) as addresses:
        assert addresses.sandbox_url is not None  # noqa: S101 - asked for two lines above
        out.print(f"API      {addresses.api_url}")
        out.print(f"Sandbox  {addresses.sandbox_url}\n")
        async with (
            httpx.AsyncClient(
                base_url=f"{addresses.api_url}/linkedin-agent",
                headers={"x-api-key": addresses.api_key or ""},
                trust_env=False,
            ) as api,
            SandboxClient(addresses.sandbox_url) as sandbox,
        ):
            outputs = await _do_all(api)
            delivered = await sandbox.ledger()
    for job, output in zip(_JOBS, outputs, strict=True):
        _report(job, output, delivered)
    if len(delivered) != len(_JOBS):
        raise fail(f"The sandbox's ledger has {len(delivered)} entries, expected {len(_JOBS)}.")
    out.print("Both were delivered, once each.")


async def _do_all(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(finished_text="[green]✓[/green]"),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[status]}"),
        TimeElapsedColumn(),
        console=out,
    ) as progress:
        return [await _do(api, job, progress) for job in _JOBS]


async def _do(api: httpx.AsyncClient, job: _Job, progress: Progress) -> dict[str, Any]:
    line = progress.add_task(job.title, total=1, status="sending")
    created = await api.post(f"/{job.endpoint}", json=job.body)
    if created.status_code != 200:  # noqa: PLR2004 - OK
        raise fail(f"POST {job.endpoint} answered {created.status_code}: {created.text}")
    params = {"api_agent_task_id": created.json()["api_agent_task_id"]}
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        data: dict[str, Any] = (await api.get("/get-task-status", params=params)).json()["data"]
        progress.update(line, status=data["status"])
        if data["status"] == "completed":
            progress.update(line, completed=1)
            output: dict[str, Any] = data["task_output"]
            return output
        if data["status"] == "failed":
            raise fail(f"{job.title}: the task failed: {data['task_output']}")
        await asyncio.sleep(_POLL_S)  # The documented clients poll as well, only slower.
    raise fail(f"{job.title}: not done after {_PATIENCE_S:.0f} s.")


def _report(job: _Job, output: dict[str, Any], delivered: list[LedgerEntry]) -> None:
    """Print a job's output beside what the ledger says of it; they must agree."""
    entries = [entry for entry in delivered if entry.kind == job.kind]
    out.print(f"{job.title}")
    out.print(f"  task_output  {output}", markup=False)
    for entry in entries:
        out.print(f"  ledger       {entry.kind} to {entry.recipient}: {entry.text!r}", markup=False)
    as_asked = [e for e in entries if (e.recipient, e.text) == (job.recipient, job.text)]
    if output != {"sent": True} or len(entries) != 1 or len(as_asked) != 1:
        raise fail(f"{job.title}: output and ledger do not agree on one delivery.")
