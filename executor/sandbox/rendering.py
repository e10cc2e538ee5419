"""Templates, the class names that rotate with every start, and what the scripts are told."""

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from executor.sandbox.labels import labels

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

# What the scripts look up on React pages. Their real names never reach the page, because
# LinkedIn's hashed classes give no anchor either.
HOOKS = (
    "accept",
    "accept-anyway",
    "add-note",
    "cancel-note",
    "comment-list",
    "comment-open",
    "comment-place",
    "connect",
    "counter",
    "dismiss",
    "email",
    "follow",
    "gate-step",
    "got-it",
    "ignore",
    "late",
    "later-comments",
    "load-more",
    "me-button",
    "me-menu",
    "members-search",
    "message",
    "more",
    "more-comments",
    "more-entries",
    "note-text",
    "pending",
    "rail-connect",
    "react",
    "react-menu",
    "remove",
    "send-note",
    "send-plain",
    "sticky",
    "toast-list",
    "toast-region",
    "unfold",
    "unfollow-anyway",
    "withdraw",
)


class Look:
    """One start's templates and hashed classes."""

    def __init__(self) -> None:
        self.build = secrets.token_hex(4)
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._env.globals.update(c=self.hashed, build=self.build, hooks=self.hooks())
        self._env.filters.update(slug=lambda vanity: quote(vanity, safe=""), js=_as_script_data)

    def hashed(self, *names: str) -> str:
        """Spell CSS classes as a React build would, differently after each start."""
        return " ".join(
            "_" + hmac.new(self.build.encode(), name.encode(), hashlib.sha256).hexdigest()[:8]
            for name in names
        )

    def hooks(self) -> dict[str, str]:
        return {name: self.hashed(name) for name in HOOKS}

    def render(self, template: str, language: str, **told: Any) -> str:
        words = labels(language)
        return self._env.get_template(template).render(
            t=words, words=words.words, figure=words.figure, **told
        )

    def page(self, template: str, language: str, *, status: int = 200, **told: Any) -> HTMLResponse:
        return HTMLResponse(self.render(template, language, **told), status_code=status)


def _as_script_data(value: Any) -> Markup:
    """Write JSON that cannot end the script element around it."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - "<" is the only way out of a script
