"""The parts of a run: what fills which figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.live_view import measure_live_view
from tests.bench.memory import measure_memory
from tests.bench.overhead import measure_overhead
from tests.bench.pickup import measure_pickup
from tests.bench.scale import measure_scale
from tests.bench.serving import measure_serving
from tests.bench.sizes import Size
from tests.bench.soak import measure_soak
from tests.bench.starting import measure_starting
from tests.bench.throughput import measure_throughput

Measure = Callable[[dict[str, Figure], Size, Path, Callable[[str], None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that are measured together."""

    name: str
    keys: tuple[str, ...]
    measure: Measure

    def is_called(self, wanted: str) -> bool:
        """Tell whether its name or one of its keys contains what was asked for."""
        return any(wanted in name for name in (self.name, *self.keys))


PARTS = (
    Part("start", ("start_ratio", "help_s"), measure_starting),
    Part("scale", ("scale_ratio",), measure_scale),
    Part("serving", ("accept_ratio", "status_ratio"), measure_serving),
    Part("pickup", ("pickup_p99_ms", "pickup_cross_p99_ms"), measure_pickup),
    Part("live_view", ("live_view_key_ms",), measure_live_view),
    Part("overhead", ("overhead_message_ratio", "overhead_invitation_ratio"), measure_overhead),
    Part("throughput", ("throughput_ratio",), measure_throughput),
    Part("memory", ("memory_ratio",), measure_memory),
    Part("soak", ("soak_growth",), measure_soak),
)
