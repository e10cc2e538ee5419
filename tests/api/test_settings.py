"""Settings of the HTTP API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from api.settings import ApiSettings
from storage.errors import SecretUnreadable

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "LINKEDIN_EXECUTOR_"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ApiSettings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


def test_the_defaults_are_careful() -> None:
    """Without any setting only this machine can reach the API."""
    settings = ApiSettings()

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.max_body_bytes == 1024 * 1024
    assert settings.session_active_for == timedelta(hours=48)
    assert settings.outx_failures_as_completed is False
    assert settings.docs is True


def test_the_environment_is_read_under_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Durations may be seconds or ISO 8601; an empty variable counts as unset."""
    monkeypatch.setenv(f"{PREFIX}PORT", "")
    monkeypatch.setenv(f"{PREFIX}SESSION_ACTIVE_FOR", "PT24H")
    monkeypatch.setenv(f"{PREFIX}OUTX_FAILURES_AS_COMPLETED", "true")

    settings = ApiSettings()

    assert settings.port == 8000
    assert settings.session_active_for == timedelta(hours=24)
    assert settings.outx_failures_as_completed is True


def test_a_file_is_read_and_others_settings_in_it_are_left_alone(tmp_path: Path) -> None:
    """All packages share one `.env`."""
    (tmp_path / ".env").write_text(f"{PREFIX}PORT=9000\n{PREFIX}LINKEDIN_URL=http://x\n")

    assert ApiSettings().port == 9000


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", -1), ("port", 65536), ("max_body_bytes", 0), ("session_active_for", 0)],
)
def test_senseless_values_are_refused(name: str, value: int) -> None:
    """A setting that could not work is refused at the start."""
    with pytest.raises(ValidationError):
        ApiSettings.model_validate({name: value})


@pytest.mark.parametrize("name", ["mcp_key", "metrics_key"])
def test_a_key_may_lie_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """The file has to be for its owner's eyes only; the key itself wins over it."""
    file = tmp_path / "the.key"
    file.write_text("a-key-of-at-least-20-characters\n")
    file.chmod(0o600)
    monkeypatch.setenv(f"{PREFIX}{name.upper()}_FILE", str(file))

    from_file = getattr(ApiSettings(), name)
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", "another-key-of-enough-characters")
    both = getattr(ApiSettings(), name)
    monkeypatch.delenv(f"{PREFIX}{name.upper()}")
    file.chmod(0o644)

    assert from_file.get_secret_value() == "a-key-of-at-least-20-characters"
    assert both.get_secret_value() == "another-key-of-enough-characters"
    with pytest.raises(SecretUnreadable, match="chmod 600"):
        ApiSettings()


def test_a_short_key_in_a_file_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As one in the environment is."""
    file = tmp_path / "metrics.key"
    file.write_text("short")
    file.chmod(0o600)
    monkeypatch.setenv(f"{PREFIX}METRICS_KEY_FILE", str(file))

    with pytest.raises(ValidationError) as refused:
        ApiSettings()

    [error] = refused.value.errors(include_input=False)
    assert error["loc"] == ("metrics_key",)
    assert "short'" not in error["msg"]
