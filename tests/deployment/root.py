"""A folder with a plain Debian in it, in which the steps of a Dockerfile are carried out.

All mounts belong to the mount namespace of the calling process, and end with it.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.deployment.dockerfile import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.deployment.dockerfile import Config, Step

_OF_THIS_MACHINE = ("/etc/apt", "/etc/pip.conf", "/etc/resolv.conf")
"""How this machine reaches its package registries; lent to the steps, and in no image."""

_ITS_VARIABLES = ("pip_", "http_", "https_", "no_proxy")
_CERTIFICATES = "/mnt/certificates.crt"
"""Whom this machine trusts: not where the image's own list is, which a step installs."""

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


def bootstrap(root: Path, release: str) -> None:
    """Make *root* a minimal Debian, from where this machine's apt gets its own packages."""
    mirror = _mirror(release)
    _run("debootstrap", "--variant=minbase", release, str(root), *([mirror] if mirror else []))


def _mirror(release: str) -> str | None:
    asked = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)", f"Release: {release}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return next(iter(asked.stdout.split()), None)


@dataclass(frozen=True, slots=True)
class Root:
    """A plain Debian, to which steps are applied."""

    path: Path

    def mount_for_build(self, lent: Iterable[Path]) -> None:
        """Give the steps devices, and read-only what this machine reaches its registries with."""
        self._mount_devices()
        for source in [*map(Path, _OF_THIS_MACHINE), *lent]:
            if source.exists():
                self._lend(source, str(source.resolve()))
        if (certificates := ssl.get_default_verify_paths().cafile) is not None:
            self._lend(Path(certificates), _CERTIFICATES)

    def mount_for_service(self, config: Config, data: Path, writable: Sequence[str]) -> None:
        """Make everything read-only but the volume and the folders that are said to be in memory.

        Args:
            data: what is mounted as the image's volume.
            writable: folders in memory, with their options, as a compose file's `tmpfs` has them.
        """
        _run("mount", "--bind", str(self.path), str(self.path))
        self._mount_devices()
        for entry in writable:
            folder, _, options = entry.partition(":")
            given = f"nosuid,nodev,noexec,{options}".rstrip(",")
            _run("mount", "-t", "tmpfs", "-o", given, "tmpfs", str(self._inside(folder)))
        for volume in config.volumes:
            inside = self._inside(volume)
            # An engine gives a new volume the owner and mode that the image has there.
            was = inside.stat()
            data.mkdir(parents=True, exist_ok=True)
            os.chown(data, was.st_uid, was.st_gid)
            data.chmod(was.st_mode & 0o7777)
            _run("mount", "--bind", str(data), str(inside))
        _run("mount", "-o", "remount,bind,ro", str(self.path))

    def apply(self, step: Step, config: Config, context: Path) -> None:
        """Do what one step says; *config* is what the steps before it have said."""
        match step.instruction:
            case "RUN":
                self._run_step(step, config)
            case "COPY":
                *sources, target = step.words
                self._copy([context / source for source in sources], target, config)
            case _:
                config.take(step)
                if step.instruction == "WORKDIR":
                    self._inside(config.folder).mkdir(parents=True, exist_ok=True)

    def as_service(self, command: Sequence[str], config: Config) -> list[str]:
        """Return what runs a command as the image's user, who can gain no rights."""
        return [
            *("chroot", str(self.path), "setpriv", "--reuid", config.user, "--regid", config.user),
            *("--init-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"),
            *("/usr/bin/env", "-C", config.folder, *command),
        ]

    def _run_step(self, step: Step, config: Config) -> None:
        lent = {
            name: value
            for name, value in os.environ.items()
            if name.lower().startswith(_ITS_VARIABLES)
        }
        if self._inside(_CERTIFICATES).exists():
            lent |= {"PIP_CERT": _CERTIFICATES}
        chroot = ["chroot", str(self.path), "/usr/bin/env", "-C", config.folder]
        subprocess.run(
            [*chroot, "/bin/sh", "-c", step.rest],
            env={**config.environment, **lent},
            check=True,
            stdout=sys.stderr,
        )

    def _copy(self, sources: Sequence[Path], target: str, config: Config) -> None:
        if not (target.endswith(("/", ".")) or len(sources) == 1):
            raise NotUnderstood(f"COPY of several files to {target}")
        to = self._inside(str(Path(config.folder, target)))
        for source in sources:
            if source.is_dir():
                # Docker copies what is in a folder, not the folder.
                no_caches = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, to, dirs_exist_ok=True, ignore=no_caches)
            else:
                shutil.copy(source, to / source.name if to.is_dir() else to)

    def _mount_devices(self) -> None:
        _run("mount", "-t", "proc", "proc", str(self._inside("/proc")))
        devices = self._inside("/dev")
        _run("mount", "-t", "tmpfs", "-o", "nosuid,mode=0755", "tmpfs", str(devices))
        for name in _DEVICES:
            (devices / name).touch()
            _run("mount", "--bind", f"/dev/{name}", str(devices / name))
        (devices / "fd").symlink_to("/proc/self/fd")
        (devices / "shm").mkdir(mode=0o1777)
        # As large as engines make it.
        _run("mount", "-t", "tmpfs", "-o", "size=64m,mode=1777", "tmpfs", str(devices / "shm"))

    def _lend(self, source: Path, target: str) -> None:
        inside = self._inside(target)
        if source.is_dir():
            inside.mkdir(parents=True, exist_ok=True)
        else:
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.touch()
        _run("mount", "--bind", "-o", "ro", str(source), str(inside))

    def _inside(self, path: str) -> Path:
        return self.path / path.lstrip("/")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
