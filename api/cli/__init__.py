"""`linkedin-executor`: the only place that wires store, API, runner and browser together."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    # What loading makes stays; looking through it again and again for what could go would take a
    # fifth of the time that it takes.
    gc.set_threshold(50_000, 20, 100)
    try:
        from api.cli.commands import app

        app()
    except KeyboardInterrupt:
        # Also while the modules are still being loaded: 130 is the shell's word for Ctrl-C.
        sys.exit(130)
