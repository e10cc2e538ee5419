"""A stand-in for linkedin.com with a ledger of what was really delivered.

It is written from what is publicly known of LinkedIn's pages, and imports nothing of the code that
drives them; so a locator that passes here passed against an independent reading of the same facts.
"""

from executor.sandbox.app import create_app
from executor.sandbox.casting import (
    NewMessage,
    NewPost,
    NewThread,
    SeededComment,
    SeededMessage,
)
from executor.sandbox.client import SandboxClient
from executor.sandbox.faults import Fault
from executor.sandbox.ledger import LedgerEntry
from executor.sandbox.people import Person, Relation
from executor.sandbox.posts import Post, Reaction
from executor.sandbox.server import RunningSandbox, running_sandbox, serve
from executor.sandbox.toggles import Toggles

__all__ = [
    "Fault",
    "LedgerEntry",
    "NewMessage",
    "NewPost",
    "NewThread",
    "Person",
    "Post",
    "Reaction",
    "Relation",
    "RunningSandbox",
    "SandboxClient",
    "SeededComment",
    "SeededMessage",
    "Toggles",
    "create_app",
    "running_sandbox",
    "serve",
]
