"""Where the store is, and what it is encrypted with."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_dir
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class StorageSettings(BaseSettings):
    """Read once from `LINKEDIN_EXECUTOR_*` and `.env`; an empty value counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix="LINKEDIN_EXECUTOR_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(user_data_dir("linkedin-executor", appauthor=False))
    )
    """Holds the database and `session.key` (default: the user's data folder)."""

    encryption_key: SecretStr | None = None
    """Encrypts session states and webhook secrets: 32 random bytes in URL-safe Base64, 44
    characters."""

    encryption_key_file: Path | None = None
    """A file with that key, for its owner's eyes only; *encryption_key* wins over it. With neither,
    `session.key` in *data_dir* is used, and made when it is missing."""

    @field_validator("data_dir", "encryption_key_file")
    @classmethod
    def _expand_home(cls, path: Path | None) -> Path | None:
        return path and path.expanduser()

    @property
    def database_path(self) -> Path:
        return self.data_dir / "linkedin-executor.sqlite3"
