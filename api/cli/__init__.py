"""`linkedin-executor`: the only place that wires store, API, runner and browser together."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from api.cli.commands import app

        app()
    except KeyboardInterrupt:
        # Also while the modules are still being loaded: 130 is the shell's word for Ctrl-C.
        sys.exit(130)
