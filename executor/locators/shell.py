"""What frames every page: navigation, sign-in, obstacles, toasts."""

from __future__ import annotations

from executor.locators.element import element, seen

NAVIGATION = element(
    "shell.navigation",
    seen("2026-10", '[data-testid="primary-nav"]'),
    seen("2026-10", "nav.global-nav, .global-nav__primary-link"),
    seen("2026-10", 'nav a[href*="/mynetwork"]'),
)

SIGN_IN = element(
    "shell.sign_in",
    seen("2026-09", '[data-test-id="sign-in-form"], form[action*="login-submit"]'),
    seen("2026-09", 'input[name="session_key"], input#username'),
    seen("2026-09", ".authwall, #authwall-let-me-in, #rememberme-div"),
)

CHALLENGE = element(
    "shell.challenge",
    seen(
        "2026-09",
        'input[name="pin"], #input__phone_verification_pin, #input__email_verification_pin, '
        "form#two-step-challenge",
    ),
    seen("2026-09", '[data-test-id="auth-app-approval"]'),
    seen(
        "2026-09",
        '#captcha-internal, iframe[src*="captcha"], iframe[src*="arkoselabs"], '
        'iframe[src*="challenge"]',
    ),
)

ERROR_TOAST = element(
    "shell.error_toast",
    seen("2026-10-09", '[data-test-artdeco-toast-item-type="error"]'),
)

SHADOW_HOSTS = ("#interop-outlet", '[data-testid="interop-shadowdom"]')
"""Elements whose open shadow root holds overlays of the older front end (2026-08)."""

THROTTLED_WORDS = (
    "too many requests",
    "rate limit",
    "slow down",
    "try again later",
    "http error 429",
    "http error 999",
)
"""What a page without any content of its own says when the account is throttled (2026-09-23)."""

MAIN = element("shell.main", seen("2026-10", 'main, [role="main"]'))

OPEN_POPOVERS = "[data-floating-ui-portal] [popover]"
"""Menus that are open; closed ones are not in the page (a capture of 2026-03)."""

SIGNED_OUT_PATHS = (
    "/login",
    "/authwall",
    "/uas/login",
    "/signup/cold-join",
    "/flagship-web/login",
)
"""Address paths (never the query) that mean: not signed in (2026-09)."""

CHALLENGE_PATHS = ("/checkpoint", "/challenge", "/uas/consumer-email-challenge")
"""Address paths behind which LinkedIn asks the person for something (2026-09)."""

RESTRICTED_PATHS = ("/flagship-web/login/login-restriction",)
"""Address paths that tell that the account is restricted (2026-09-27)."""

NOT_FOUND_PATHS = ("/404",)
"""Where dead profiles lead (2026-07-27)."""

PREMIUM_PATHS = ("/premium",)
"""Where LinkedIn sends those who may not message somebody (2026)."""

COMMERCIAL_LIMIT_PATHS = ("/mynetwork",)
"""Where a profile's address lands past the commercial-use limit (2026-05-22)."""
