"""How much memory a runner and its browser take up."""

from __future__ import annotations

from contextlib import suppress

import psutil

from storage.runners import MemoryTaken


def memory_taken() -> MemoryTaken:
    """Measure this process, and everything that it has started; takes some milliseconds.

    It is resident memory, which everybody may read. How much of it is shared, Linux tells of a
    renderer in its sandbox to root only.
    """
    process = psutil.Process()
    browser = 0
    for each in process.children(recursive=True):
        with suppress(psutil.Error):  # It has ended meanwhile.
            browser += each.memory_info().rss
    return MemoryTaken(own=process.memory_info().rss, browser=browser)
