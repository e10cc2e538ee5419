"""Where the store is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from platformdirs import user_data_dir
from pydantic import ValidationError

from storage.settings import StorageSettings


def test_without_settings_the_users_own_data_folder_is_used() -> None:
    """No key is configured then."""
    settings = StorageSettings()

    assert settings.data_dir == Path(user_data_dir("linkedin-executor", appauthor=False))
    assert settings.encryption_key is None
    assert settings.encryption_key_file is None


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names start with LINKEDIN_EXECUTOR_; a tilde is the home directory."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_DATA_DIR", "~/lx")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_ENCRYPTION_KEY", "secret")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_ENCRYPTION_KEY_FILE", "/run/secrets/key")

    settings = StorageSettings()

    assert settings.data_dir == Path.home() / "lx"
    assert settings.database_path == Path.home() / "lx" / "linkedin-executor.sqlite3"
    assert settings.encryption_key is not None
    assert settings.encryption_key.get_secret_value() == "secret"
    assert settings.encryption_key_file == Path("/run/secrets/key")
    assert "secret" not in repr(settings).replace("/run/secrets/key", "")


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Settings of the other packages in the same file are passed over."""
    Path(".env").write_text(
        "LINKEDIN_EXECUTOR_DATA_DIR=/from/file\n"
        "LINKEDIN_EXECUTOR_ENCRYPTION_KEY_FILE=/from/file/key\n"
        "LINKEDIN_EXECUTOR_SOMETHING_ELSE=1\n"
    )
    monkeypatch.setenv("LINKEDIN_EXECUTOR_DATA_DIR", "/from/environment")

    settings = StorageSettings()

    assert settings.data_dir == Path("/from/environment")
    assert settings.encryption_key_file == Path("/from/file/key")


@pytest.mark.parametrize("name", ["DATA_DIR", "ENCRYPTION_KEY", "ENCRYPTION_KEY_FILE"])
def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Compose files set variables to nothing when they are not given."""
    monkeypatch.setenv(f"LINKEDIN_EXECUTOR_{name}", "")

    assert StorageSettings() == StorageSettings.model_construct(
        data_dir=StorageSettings().data_dir, encryption_key=None, encryption_key_file=None
    )


def test_settings_cannot_be_changed() -> None:
    """They are read once, at the edge."""
    with pytest.raises(ValidationError, match="frozen"):
        cast("Any", StorageSettings()).data_dir = Path("/elsewhere")
