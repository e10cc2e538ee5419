"""What LinkedIn's server agrees to do with posts."""

import time
import uuid

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.deeds import RefusedError
from executor.sandbox.events import CommentCreated, ReactionCreated, ReactionDeleted
from executor.sandbox.posts import Post, Reaction
from executor.sandbox.world import World

COMMENT = 1250


def _post(world: World, urn: str) -> Post:
    if post := world.posts.get(urn):
        return post
    raise RefusedError(404)


def reaction(world: World, account: Account, urn: str, wanted: str) -> ReactionCreated:
    """Make a reaction; one that is there already is made once more, and the ledger shows it.

    Raises:
        RefusedError: 404 without the post, 400 for a reaction that LinkedIn does not have.
    """
    post = _post(world, urn)
    if wanted not in set(Reaction):
        raise RefusedError(400)
    return ReactionCreated(
        account=account.id, recipient=post.author, post=post.urn, reaction=Reaction(wanted)
    )


def withdrawal(world: World, account: Account, urn: str) -> ReactionDeleted:
    """Take the account's reaction back.

    Raises:
        RefusedError: 404 without the post, or without a reaction.
    """
    post = _post(world, urn)
    present = world.posts.reaction(account.id, post.urn)
    if present is None:
        raise RefusedError(404)
    return ReactionDeleted(
        account=account.id, recipient=post.author, post=post.urn, reaction=present
    )


def comment(world: World, account: Account, urn: str, text: str) -> CommentCreated:
    """Make a comment below a post.

    Raises:
        RefusedError: 404 without the post, 403 where nobody may comment, 400 for the text.
    """
    post = _post(world, urn)
    if post.comments_off:
        raise RefusedError(403)
    if not text.strip() or len(text) > COMMENT:
        raise RefusedError(400)
    return CommentCreated(
        account=account.id,
        recipient=post.author,
        post=post.urn,
        comment=ids.timed_id(int(time.time() * 1000), str(uuid.uuid4())),
        text=text,
    )
