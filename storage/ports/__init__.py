"""What the rest of the program may ask of a store, split by who asks.

Every method is atomic and durable: when it returns, its change is committed. Methods raise
`StoreUnavailable` when the database cannot be used; other errors are named where they occur.
"""

from storage.ports.accounts import (
    ApiKeys,
    DashboardSessions,
    Limits,
    LiveViewTokens,
    People,
    Sessions,
    Teams,
)
from storage.ports.measures import Measures
from storage.ports.runners import Runners
from storage.ports.store import Changes, Store
from storage.ports.uploads import Uploads
from storage.ports.webhooks import Outbox, Webhooks
from storage.ports.work import AccountLeases, TaskIntake, TaskQueue, TaskReports

__all__ = [
    "AccountLeases",
    "ApiKeys",
    "Changes",
    "DashboardSessions",
    "Limits",
    "LiveViewTokens",
    "Measures",
    "Outbox",
    "People",
    "Runners",
    "Sessions",
    "Store",
    "TaskIntake",
    "TaskQueue",
    "TaskReports",
    "Teams",
    "Uploads",
    "Webhooks",
]
