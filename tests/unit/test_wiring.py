"""Settings: who wins, and what is never shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr, ValidationError

from api.cli.wiring import Settings, read_settings

if TYPE_CHECKING:
    from pydantic_settings import BaseSettings

KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I="


@pytest.fixture
def in_dotenv() -> None:
    """Three settings in the `.env` of the working directory."""
    Path(".env").write_text(
        "LINKEDIN_EXECUTOR_PORT=1001\n"
        "LINKEDIN_EXECUTOR_DATA_DIR=/from/dotenv\n"
        "LINKEDIN_EXECUTOR_MAX_ATTEMPTS=7\n"
        "UNKNOWN_TO_US=1\n"
    )


@pytest.fixture
def in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same three, and another value each, in the environment."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_PORT", "1002")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_DATA_DIR", "/from/environment")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_MAX_ATTEMPTS", "8")


def three(settings: Settings) -> tuple[int, Path, int]:
    return settings.api.port, settings.storage.data_dir, settings.executor.max_attempts


def test_defaults_stand_without_anything() -> None:
    """With nothing said, it listens on this machine only and acts on the real LinkedIn."""
    settings = read_settings()

    assert (settings.api.host, settings.api.port) == ("127.0.0.1", 8000)
    assert settings.executor.site == "https://www.linkedin.com"
    assert settings.executor.headless


@pytest.mark.usefixtures("in_dotenv")
def test_dotenv_wins_over_defaults() -> None:
    """`.env` in the working directory is read, and strangers in it are left alone."""
    assert (1001, Path("/from/dotenv"), 7) == three(read_settings())


@pytest.mark.usefixtures("in_dotenv", "in_environment")
def test_environment_wins_over_dotenv() -> None:
    """A variable of the environment beats the same one in `.env`."""
    assert (1002, Path("/from/environment"), 8) == three(read_settings())


@pytest.mark.usefixtures("in_dotenv", "in_environment")
def test_the_command_line_wins_over_all() -> None:
    """What is said on the command line beats environment and `.env`."""
    settings = read_settings(
        data_dir=Path("/said"), executor={"max_attempts": 9}, api={"port": 1003}
    )

    assert (1003, Path("/said"), 9) == three(settings)


@pytest.mark.usefixtures("in_environment")
def test_none_is_not_said() -> None:
    """An option that was left out does not wipe what the environment says."""
    settings = read_settings(data_dir=None, executor={"max_attempts": None}, api={"port": None})

    assert (1002, Path("/from/environment"), 8) == three(settings)


def test_false_and_zero_are_said() -> None:
    """Values that look empty are values."""
    settings = read_settings(executor={"headless": False}, api={"port": 0, "docs": False})

    assert not settings.executor.headless
    assert not settings.api.docs
    assert settings.api.port == 0


def test_an_empty_variable_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable, as compose files leave it, means the default."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_PORT", "")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_BROWSER_PATH", "")

    settings = read_settings()

    assert (settings.api.port, settings.executor.browser_path) == (8000, None)


def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that cannot be meant stops the start, and names the setting."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_PORT", "ninety")

    with pytest.raises(ValidationError, match="port"):
        read_settings()


def test_settings_do_not_change_afterwards() -> None:
    """Settings are read once; nothing changes them later."""
    settings = read_settings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.api.__setattr__("port", 1)


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The data folder may be written with `~`, as people do in `.env`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LINKEDIN_EXECUTOR_DATA_DIR", "~/data")

    assert tmp_path / "data" == read_settings().storage.data_dir


def test_artifacts_lie_beside_the_database() -> None:
    """Kept pages go where the database is."""
    settings = read_settings(data_dir=Path("/data"))

    assert Path("/data/artifacts") == settings.artifacts
    assert Path("/data") == settings.storage.database_path.parent


def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret is readable for the program only: not when printed, and not as JSON."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_ENCRYPTION_KEY", KEY)

    settings = read_settings()

    key = settings.storage.encryption_key
    assert key is not None
    assert key.get_secret_value() == KEY
    shown = [repr(settings), str(settings.storage.model_dump(mode="json"))]
    assert [text for text in shown if KEY in text] == []
    assert "**" in settings.storage.model_dump(mode="json")["encryption_key"]


def test_a_setting_named_like_a_secret_is_one() -> None:
    """No model holds a key, password or token as plain text."""
    settings = read_settings()
    models: tuple[BaseSettings, ...] = (settings.storage, settings.executor, settings.api)

    plain = [
        f"{type(model).__name__}.{name}"
        for model in models
        for name, field in type(model).model_fields.items()
        if name.endswith(("key", "password", "secret", "token"))
        and SecretStr not in (field.annotation, *getattr(field.annotation, "__args__", ()))
    ]

    assert plain == []


def test_durations_are_seconds_or_iso(monkeypatch: pytest.MonkeyPatch) -> None:
    """A duration is given in seconds or as ISO 8601."""
    monkeypatch.setenv("LINKEDIN_EXECUTOR_STEP_TIMEOUT", "5")
    monkeypatch.setenv("LINKEDIN_EXECUTOR_TASK_TIMEOUT", "PT2M")

    executor = read_settings().executor

    assert (timedelta(seconds=5), timedelta(minutes=2)) == (
        executor.step_timeout,
        executor.task_timeout,
    )
