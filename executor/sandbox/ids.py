"""Identifiers in the alphabets that LinkedIn uses, random at run time, derived where seeded."""

import base64
import hashlib
import string
import uuid

_ALPHABET = string.ascii_letters + string.digits + "-_"
_NAMESPACE = uuid.UUID("6d1f6d6b-8f3c-4c58-9a6e-2f3d8f1b7a51")


def token(length: int, *seed: object) -> str:
    """Spell *length* characters of LinkedIn's id alphabet that depend only on *seed*."""
    text = "/".join(map(str, seed)).encode()
    digest = hashlib.shake_256(text).digest(length)
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)


def derived_uuid(*seed: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, seed))))


def profile_id(*seed: object) -> str:
    """Make a member's profile id, 39 characters that begin with ``ACoAA``."""
    return "ACoAA" + token(34, "profile", *seed)


def thread_id(unique: str) -> str:
    """Wrap a uuid as the id of a conversation, which ends in ``==`` as LinkedIn's do."""
    return "2-" + base64.b64encode(f"{unique}_100".encode()).decode()


def message_id(millis: int, unique: str) -> str:
    return "2-" + base64.b64encode(f"{millis}b00042-100&{unique}_100".encode()).decode()


def invitation_id(unique: str) -> str:
    """Make the nineteen digits that number an invitation."""
    return str(7_000_000_000_000_000_000 + uuid.UUID(unique).int % 10**18)


def timed_id(millis: int, unique: str) -> str:
    """Make the nineteen digits that number a post or a comment: time comes first in them.

    In the comment of LinkedIn's own documentation number and time agree (read 2026-11-30).
    """
    return str((millis << 22) + uuid.UUID(unique).int % (1 << 22))


def profile_urn(profile: str) -> str:
    return f"urn:li:fsd_profile:{profile}"


def conversation_urn(owner: str, thread: str) -> str:
    """Name a conversation as it appears in the mailbox of the profile *owner*."""
    return f"urn:li:msg_conversation:({profile_urn(owner)},{thread})"


def message_urn(owner: str, message: str) -> str:
    return f"urn:li:msg_message:({profile_urn(owner)},{message})"


def invitation_urn(invitation: str) -> str:
    return f"urn:li:fsd_invitation:{invitation}"


def profile_of(urn: str) -> str | None:
    """Take the profile id out of a profile URN; None if it is anything else."""
    prefix, _, profile = urn.rpartition(":")
    known = {"urn:li:fsd_profile", "urn:li:fs_miniProfile", "urn:li:person"}
    return profile if prefix in known and profile else None


def sales_profile_id(profile: str) -> str:
    """Make the id by which Sales Navigator knows a member, which is not LinkedIn's."""
    return "ACwAA" + token(34, "sales", profile)


def sales_profile_urn(profile: str) -> str:
    """Name a member as Sales Navigator does: with how they were found, and a token for that."""
    return f"urn:li:fs_salesProfile:({sales_lead(profile)})"


def sales_lead(profile: str) -> str:
    """Return the same three parts as the addresses of leads have them."""
    return f"{sales_profile_id(profile)},NAME_SEARCH,{token(4, 'sales token', profile)}"
