"""Encryption of session states and webhook secrets, and the keys that callers present."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from storage.errors import SecretUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storage.settings import StorageSettings
    from storage.tasks import JsonObject

_KEY_BYTES = 32


class StateCipher:
    """Encrypts session states and webhook secrets, with keys that it never shows.

    The first key encrypts; all of them decrypt.
    """

    def __init__(self, *keys: SecretStr) -> None:
        found = [each for key in keys for each in _keys_in(key, "The encryption key")]
        self._fernet = MultiFernet([Fernet(each.get_secret_value()) for each in found])

    def __repr__(self) -> str:
        return "StateCipher(key=<hidden>)"

    def encrypt(self, state: JsonObject) -> bytes:
        return self._fernet.encrypt(json.dumps(dict(state)).encode())

    def encrypt_text(self, text: SecretStr) -> bytes:
        return self._fernet.encrypt(text.get_secret_value().encode())

    def decrypt(self, sealed: bytes) -> dict[str, Any]:
        """Return the state.

        Raises:
            SecretUnreadable: it was encrypted with another key, or has been damaged.
        """
        return cast("dict[str, Any]", json.loads(self._opened(sealed)))

    def decrypt_text(self, sealed: bytes) -> SecretStr:
        """Return a text that was encrypted with `encrypt_text`.

        Raises:
            SecretUnreadable: see `decrypt`.
        """
        return SecretStr(self._opened(sealed).decode())

    def anew(self, sealed: bytes) -> bytes:
        """Return the same, encrypted with the first key.

        Raises:
            SecretUnreadable: see `decrypt`.
        """
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken as error:
            raise SecretUnreadable from error

    def _opened(self, sealed: bytes) -> bytes:
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise SecretUnreadable from error


def new_key() -> SecretStr:
    """Make a random key for `StateCipher`."""
    return SecretStr(Fernet.generate_key().decode())


def load_key(settings: StorageSettings) -> SecretStr:
    """Return the configured key; without one, that of `session.key`, made when it is missing.

    While a key is being replaced, there are several, with space between; see `keys_in`.

    Raises:
        SecretUnreadable: the key cannot be read, is open to other users, or is not a key. The
            message says which, and never contains the key.
    """
    if settings.encryption_key is not None:
        _keys_in(settings.encryption_key, "LINKEDIN_EXECUTOR_ENCRYPTION_KEY")
        return settings.encryption_key
    if settings.encryption_key_file is not None:
        return _read_key(settings.encryption_key_file)
    path = settings.data_dir / "session.key"
    if not path.exists():
        try:
            _create_key(path)
        except OSError as error:
            raise SecretUnreadable(f"The key file {path} cannot be made: {error}") from error
    return _read_key(path)


def keys_in(key: SecretStr) -> tuple[SecretStr, ...]:
    """Return the single keys: the first one encrypts, the others only decrypt.

    Raises:
        SecretUnreadable: one of them is no key.
    """
    return _keys_in(key, "The encryption key")


def key_file(settings: StorageSettings) -> Path | None:
    """Return the file that the key is kept in; `None` when it is in the environment."""
    if settings.encryption_key is not None:
        return None
    return settings.encryption_key_file or settings.data_dir / "session.key"


def write_keys(path: Path, keys: Sequence[SecretStr]) -> None:
    """Put these keys in place of those in a key file; at every moment it holds all or the others.

    Raises:
        SecretUnreadable: the file cannot be written.
    """
    try:
        draft = _draft(path, keys)
        try:
            draft.replace(path)
        except OSError:
            draft.unlink()
            raise
        _flush(path.parent)
    except OSError as error:
        raise SecretUnreadable(f"The key file {path} cannot be written: {error}") from error


def new_api_key() -> str:
    """Make an API key with 256 random bits; it is shown once and kept as a digest only."""
    return f"lx_{secrets.token_urlsafe(32)}"


def new_webhook_secret() -> SecretStr:
    """Make a secret as Standard Webhooks 1.0 has them: 256 random bits in Base64."""
    return SecretStr(f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}")


def digest_key(text: str) -> str:
    """Return the SHA-256 of an API key's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_secret_file(path: Path) -> str:
    """Return what a file holds that is for its owner's eyes only, without space around it.

    Raises:
        SecretUnreadable: the file cannot be read, or is open to other users. The message never
            contains what it holds.
    """
    try:
        # The opened file is asked, not the path: what is checked is what is read.
        with path.expanduser().open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read().strip()
    except OSError as error:
        raise SecretUnreadable(f"The key file {path} cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise SecretUnreadable(f"The key file {path} is not UTF-8 text.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretUnreadable(
            f"The key file {path} is open to other users (mode {mode:04o}); run: chmod 600 {path}"
        )
    return text


def _read_key(path: Path) -> SecretStr:
    key = SecretStr(read_secret_file(path))
    _keys_in(key, f"The key file {path}")
    return key


def _create_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written under a name of its own and then linked: another process sees the whole key or none,
    # and whoever comes second uses the first one's.
    draft = _draft(path, [new_key()])
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _draft(path: Path, keys: Sequence[SecretStr]) -> Path:
    """Write keys to a file of their own beside *path*."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{each.get_secret_value()}\n" for each in keys)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink()
        raise
    return draft


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keys_in(key: SecretStr, where: str) -> tuple[SecretStr, ...]:
    found = key.get_secret_value().split()
    for each in found or [""]:
        _require_key(SecretStr(each), where)
    return tuple(map(SecretStr, found))


def _require_key(key: SecretStr, where: str) -> None:
    try:
        size = len(base64.b64decode(key.get_secret_value(), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if size != _KEY_BYTES:
        raise SecretUnreadable(
            f"{where} does not hold a key: 32 random bytes in URL-safe Base64, 44 characters"
        )
