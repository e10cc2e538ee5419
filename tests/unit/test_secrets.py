"""Keys, and what they protect."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from storage.errors import SecretUnreadable
from storage.secrets import StateCipher, digest_key, load_key, new_api_key, new_key
from storage.settings import StorageSettings

if TYPE_CHECKING:
    from pathlib import Path

STATE = {"cookies": [{"name": "li_at", "value": "sécret 👋"}], "origins": []}
NOT_KEYS = ["", "short", "x" * 44, "A" * 40 + "====", "ä" * 44, "A" * 88]


def write_key(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def test_what_was_encrypted_can_be_decrypted() -> None:
    """With the same key, by any cipher that has it."""
    key = new_key()

    sealed = StateCipher(key).encrypt(STATE)

    assert StateCipher(key).decrypt(sealed) == STATE
    assert b"li_at" not in sealed


def test_the_same_state_never_looks_the_same() -> None:
    """Nobody can tell from the file that nothing has changed."""
    cipher = StateCipher(new_key())

    assert cipher.encrypt(STATE) != cipher.encrypt(STATE)


def test_another_key_opens_nothing() -> None:
    """The error says which it is, and contains neither key nor state."""
    sealed = StateCipher(new_key()).encrypt(STATE)

    with pytest.raises(SecretUnreadable, match="configured key"):
        StateCipher(new_key()).decrypt(sealed)


@pytest.mark.parametrize("place", [0, 20, -1])
def test_a_damaged_state_is_not_opened(place: int) -> None:
    """One changed byte is enough."""
    cipher = StateCipher(new_key())
    sealed = bytearray(cipher.encrypt(STATE))
    sealed[place] ^= 1

    with pytest.raises(SecretUnreadable):
        cipher.decrypt(bytes(sealed))


def test_a_cipher_does_not_show_its_key() -> None:
    """Not in its repr, nor in that of its attributes."""
    key = new_key()
    cipher = StateCipher(key)

    assert key.get_secret_value() not in f"{cipher!r} {cipher} {vars(cipher)!r}"


@pytest.mark.parametrize("text", NOT_KEYS)
def test_what_is_not_a_key_is_refused_without_being_shown(text: str) -> None:
    """The message tells what a key looks like."""
    with pytest.raises(SecretUnreadable, match="32 random bytes") as caught:
        StateCipher(SecretStr(text))

    assert not text or text not in str(caught.value)


def test_a_configured_key_is_used(tmp_path: Path) -> None:
    """Nothing is written then."""
    key = new_key()

    assert load_key(StorageSettings(data_dir=tmp_path, encryption_key=key)) == key
    assert list(tmp_path.iterdir()) == []


def test_a_configured_key_that_is_none_is_refused(tmp_path: Path) -> None:
    """The message names the setting."""
    settings = StorageSettings(data_dir=tmp_path, encryption_key=SecretStr("password"))

    with pytest.raises(SecretUnreadable, match="LINKEDIN_EXECUTOR_ENCRYPTION_KEY"):
        load_key(settings)


def test_a_key_file_is_read(tmp_path: Path) -> None:
    """Line breaks around the key do not matter."""
    key = new_key()
    write_key(tmp_path / "key", f"\n{key.get_secret_value()}\r\n")

    assert load_key(StorageSettings(encryption_key_file=tmp_path / "key")) == key


def test_the_key_itself_wins_over_the_file(tmp_path: Path) -> None:
    """The file is not even looked at."""
    key = new_key()

    settings = StorageSettings(encryption_key=key, encryption_key_file=tmp_path / "missing")

    assert load_key(settings) == key


def test_a_key_file_that_is_missing_is_not_made_up(tmp_path: Path) -> None:
    """A volume that was not mounted must not lead to a new key."""
    with pytest.raises(SecretUnreadable, match="cannot be read"):
        load_key(StorageSettings(encryption_key_file=tmp_path / "missing"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """The message says what to do about it."""
    write_key(tmp_path / "key", new_key().get_secret_value(), mode)

    with pytest.raises(SecretUnreadable, match=f"mode {mode:04o}.*chmod 600"):
        load_key(StorageSettings(encryption_key_file=tmp_path / "key"))


@pytest.mark.parametrize("text", NOT_KEYS)
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, text: str) -> None:
    """Also an empty one, and one that is no text at all."""
    write_key(tmp_path / "key", text)

    with pytest.raises(SecretUnreadable, match="key"):
        load_key(StorageSettings(encryption_key_file=tmp_path / "key"))


def test_a_missing_key_is_made_once(tmp_path: Path) -> None:
    """For its owner's eyes only; the directory too, when it is new."""
    settings = StorageSettings(data_dir=tmp_path / "data")

    key = load_key(settings)

    path = tmp_path / "data" / "session.key"
    assert load_key(settings) == key
    assert path.read_text().strip() == key.get_secret_value()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_of_many_who_make_a_key_at_once_all_get_the_same(tmp_path: Path) -> None:
    """A race must not leave somebody with a key that opens nothing."""
    settings = StorageSettings(data_dir=tmp_path)

    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: load_key(settings).get_secret_value(), range(32)))

    assert len(set(keys)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["session.key"]


def test_a_key_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """The data directory may be a file by mistake."""
    (tmp_path / "data").write_text("")

    with pytest.raises(SecretUnreadable, match="cannot be made"):
        load_key(StorageSettings(data_dir=tmp_path / "data"))


def test_api_keys_are_long_and_never_the_same() -> None:
    """At least 192 random bits each, with a prefix to know them by."""
    keys = {new_api_key() for _ in range(100)}

    assert len(keys) == 100
    assert all(key.startswith("lx_") and len(key) >= 3 + 32 for key in keys)


def test_a_digest_is_the_sha_256_of_the_text() -> None:
    """In hex, as any other program would compute it."""
    expected = "2d19a46200f6458d0c0dc08b13ebd1723c082c95b20590f61332fb75f4d91097"

    assert digest_key("lx_test") == expected
