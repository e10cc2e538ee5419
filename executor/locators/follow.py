"""Following a member: the control in the card or below More, and what is asked of the server."""

from __future__ import annotations

from executor.locators.element import Address, NetworkCall, element, seen

# In React the key is the same whether one follows or not; a wrapper may carry it in the button's
# place, with an end that tells nothing (2026-10).
_KEY = '[componentkey^="FollowButton"]'
_LABELLED = ':is([aria-label^="Follow "], [aria-label^="Following "], [aria-label^="Unfollow "])'
_PLUS = '[data-test-icon^="add-"]'
_CHECK = '[data-test-icon^="check-"]'

_SHAPE = ':is([role="dialog"], [role="alertdialog"], [aria-modal="true"], dialog[open])'
_DIALOG = f"{_SHAPE}:not(:has({_SHAPE}))"

CONTROL = element(
    "follow.control",
    seen("2026-10", f"button{_KEY}, {_KEY} button"),
    seen("2026-10-09", f"button{_LABELLED}"),
    seen("2026-10-09", f"button.artdeco-button:is(:has({_PLUS}), :has({_CHECK}))"),
)

MENU_CONTROL = element(
    "follow.menu_control",
    seen("2026-10", f'[role="menuitem"]{_KEY}, [role="menuitem"]:has({_KEY})'),
    seen("2026-10", '[role="menuitem"]', "Follow", "Following", "Unfollow"),
    seen("2026-10-09", f"[role=button]{_LABELLED}"),
)

OFFERED = element(
    "follow.offered",
    # The plus of a Follow that has been captured in both generations.
    seen("2026", "svg#add-small"),
    seen("2026", _PLUS),
)

FOLLOWED = element(
    "follow.followed",
    # Inferred: nobody has described Following's icon, which LinkedIn shows as a check.
    seen("2026", "svg#check-small"),
    seen("2026", _CHECK),
)

OFFERING_WORDS = ("Follow",)
FOLLOWED_WORDS = ("Following", "Unfollow", "Stop following")
"""Of the control's text, or of its label, where the member's name comes next (2026-10-09)."""

MEMBER_KEY = element("follow.member_key", seen("2026-10", '[componentkey*="urn:li:member:"]'))

MEMBER_NUMBER = r"urn:li:member:(?P<number>\d+)"
"""Reads the member's number out of such a key (2026-10)."""

UNFOLLOW_ANYWAY = element(
    "follow.unfollow_anyway",
    # LinkedIn may ask before it unfollows. Its words in other languages are not known; where the
    # button has no class of its own either, the member stays followed.
    seen("2026-10-09", f"{_DIALOG} button", "Unfollow"),
    seen("2026-10-09", f'{_DIALOG} button[aria-label^="Unfollow "]'),
    seen("2025", f"{_DIALOG} button.artdeco-modal__confirm-dialog-btn.artdeco-button--primary"),
)

CHANGE_FOLLOWING = NetworkCall(
    name="change_following",
    endpoint="feed/dash/followingStates",
    names_target=True,
    also=(
        Address(
            endpoint="actions/server-request",
            parameter="sduiid",
            value="com.linkedin.sdui.requests.mynetwork.addaUpdateFollowState",
            opaque=True,
        ),
    ),
    measured="2026-09-09",
    irreversible=True,
)
"""Following and no longer doing so; only their contents tell them apart (2026-05-07 and later)."""
