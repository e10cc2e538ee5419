"""How log events are written: readable on a terminal, JSON lines elsewhere."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs(*, level: str = "info", quiet: bool = False) -> None:
    """Send structured logs to stderr.

    Args:
        level: `debug`, `info`, `warning` or `error`.
        quiet: keep everything below errors away, for commands with an output of their own.
    """
    threshold = logging.ERROR if quiet else logging.getLevelNamesMapping()[level.upper()]
    terminal = sys.stderr.isatty()
    # Local variables hold message texts and cookies, so tracebacks are shown without them.
    renderers: list[structlog.types.Processor] = (
        [
            structlog.dev.ConsoleRenderer(
                exception_formatter=structlog.dev.RichTracebackFormatter(show_locals=False)
            )
        ]
        if terminal
        else [
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries' own loggers (uvicorn, asyncio) speak up in trouble only.
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
