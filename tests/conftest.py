"""What every test shares: the network is this machine, and the environment is clean."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# How long an example takes says something of the machine, which others may be using as well.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

_MEMORY = Path("/dev/shm")  # noqa: S108 - what is put there gets names of its own
_ROOM = 4 << 30


def _keep_files_in_memory() -> None:
    """Spare the disk thousands of databases, each of whose commits waits for a flush of it.

    A store takes 0.01 s to make there and up to 0.1 s on a disk; killed programs leave the same
    behind on either.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    is_for_programs = not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
    if is_for_programs and shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


_keep_files_in_memory()


def _refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail whatever wants to leave this machine, wherever in the code it happens."""
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        raise PermissionError(f"a test wanted to connect to {host}")


sys.addaudithook(_refuse_other_hosts)


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep settings of the machine's owner, and a `.env` beside the code, out of the tests."""
    for name in os.environ:
        if name.startswith("LINKEDIN_EXECUTOR_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
