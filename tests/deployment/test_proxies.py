"""What the proxies' files have to say, so that what is behind them is told enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest

from api.app import create_app
from api.settings import ApiSettings
from executor.settings import ExecutorSettings
from tests.api.every_endpoint import routes
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from storage.ports import Store

NGINX = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
CADDY = (ROOT / "docs/deploy/Caddyfile").read_text(encoding="utf-8")
LOCATION = re.compile(r"^    location (?:([=~]) )?(\S+) \{\n(.*?)^    \}", re.MULTILINE | re.DOTALL)
DIRECTIVE = re.compile(r"^ +(\w+) (.+);$", re.MULTILINE)
LIVE_VIEW = "/dashboard/accounts/{account_id}/live/socket"

Directives = set[tuple[str, str]]


def locations() -> list[tuple[str, str, Directives]]:
    """Return how each location of nginx's is found, its path, and what it says."""
    return [
        (kind, path, set(DIRECTIVE.findall(inside)))
        for kind, path, inside in LOCATION.findall(NGINX)
    ]


def passed_on() -> dict[str, Directives]:
    return {path: said for _, path, said in locations() if "proxy_pass" in dict(said)}


@pytest.mark.parametrize(
    "header",
    ["Host $http_host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"],
)
def test_nginx_tells_whom_it_asks_for(header: str) -> None:
    """At every place that leads to the program: a location takes over no headers of another's."""
    places = passed_on()

    assert len(places) == 2
    assert [path for path, said in places.items() if ("proxy_set_header", header) not in said] == []


def test_nginx_lets_the_live_view_through() -> None:
    """The socket's own location upgrades, and outlasts a person who looks and does nothing."""
    app = create_app(cast("Store", None), ApiSettings(_env_file=None))
    [(path, said)] = [each for each in passed_on().items() if each[0] != "/"]
    upgrades = {
        ("proxy_http_version", "1.1"),
        ("proxy_set_header", "Upgrade $http_upgrade"),
        ("proxy_set_header", 'Connection "upgrade"'),
    }
    minutes = re.fullmatch(r"(\d+)m", dict(said)["proxy_read_timeout"])

    assert f"GET {LIVE_VIEW}" in routes(app)
    assert [each for each in routes(app) if re.search(path, each.removeprefix("GET "))] == [
        f"GET {LIVE_VIEW}"
    ]
    assert upgrades <= said
    assert minutes is not None
    assert int(minutes[1]) * 60 > ExecutorSettings().live_view_idle.total_seconds()


def test_no_proxy_shows_the_numbers_of_all_teams() -> None:
    """They are for Prometheus on the machine itself."""
    assert ("=", "/metrics", {("return", "404")}) in locations()
    assert re.search(r"^\t@inside path /metrics\n\trespond @inside 404$", CADDY, re.MULTILINE)
