"""`mcp`: the tools over standard input and output."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from api.cli.output import fail, plain_failures
from api.cli.serving import DataDir, LogLevel  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from api.cli.wiring import Settings


def mcp(*, data_dir: DataDir = None, log_level: LogLevel = "warning") -> None:
    """Offer MCP tools to the client that starts this, beside a `serve` or `run`.

    It acts for the key in LINKEDIN_EXECUTOR_MCP_KEY, or in the file that
    LINKEDIN_EXECUTOR_MCP_KEY_FILE names, on the same data directory.
    """
    from api.cli.logs import configure_logs
    from api.cli.wiring import read_settings

    configure_logs(level=log_level)
    with plain_failures():
        asyncio.run(_mcp(read_settings(data_dir=data_dir)))


async def _mcp(settings: Settings) -> None:
    from api.cli.application import application
    from api.cli.wiring import open_store
    from api.mcp.stdio import serve_stdio
    from api.refusals import MissingKey, UnknownKey

    key = settings.api.mcp_key
    async with open_store(settings.storage) as store:
        app = application(settings, store)
        try:
            await serve_stdio(
                app.state.services,
                key=key.get_secret_value() if key is not None else None,
                version=app.version,
            )
        except MissingKey as error:
            raise fail(
                "LINKEDIN_EXECUTOR_MCP_KEY is not set; `keys create` makes a key."
            ) from error
        except UnknownKey as error:
            raise fail(f"LINKEDIN_EXECUTOR_MCP_KEY: {error}") from error
