"""The words on the pages, one file of `labels/` for each interface language."""

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("labels")


def languages() -> list[str]:
    """List the languages that have a file."""
    return sorted(file.stem for file in _FOLDER.glob("*.toml"))


class Labels:
    """One language's words; a word that it lacks is English.

    Args:
        language: Name of a file in `labels/`.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = _words("en") | _words(language)
        self.direction = self.words["direction"]

    def figure(self, number: int) -> str:
        """Write a number with the language's own sign between thousands."""
        return f"{number:,}".replace(",", self.words["thousands"])

    def __call__(self, key: str, **values: object) -> str:
        """Say the words for *key* with *values* put in."""
        return self.words[key].format_map(values)


@cache
def _words(language: str) -> dict[str, str]:
    text = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


@cache
def labels(language: str) -> Labels:
    """Load the words of *language* once."""
    return Labels(language)
