"""Who holds a lease: processes, named so that others on their host see whether they still live."""

from __future__ import annotations

import socket

import psutil


def this_process() -> str:
    """Name this process so that another one on the same host can see whether it still lives."""
    return owner_name(psutil.Process())


def owner_name(process: psutil.Process) -> str:
    """Name a process of this host by its number and by how long after booting it was started.

    A time of day would not do: when the clock is set, it is another one for the same process.
    """
    started = process.create_time() - psutil.boot_time()
    return f"{socket.gethostname()}:{process.pid}:{started:.2f}"


def is_dead(owner: str) -> bool:
    """Tell whether an owner ran on this host and is gone; `False` for other hosts."""
    host, pid, _ = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        return owner_name(psutil.Process(int(pid))) != owner
    except psutil.NoSuchProcess:
        return True
