"""`linkedin-executor`: the only place that wires store, API, runner and browser together."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from api.cli.commands import app

    app()
