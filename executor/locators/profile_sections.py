"""What a member's profile tells below and beside its controls, on both kinds of page."""

from __future__ import annotations

from executor.locators.element import element, seen

LINE = "p, span[aria-hidden='true']"
"""A line of text: a paragraph (2026-10), or the half of a classic line that is meant for eyes."""

ENTRY = '[componentkey^="entity-collection-item"], li.artdeco-list__item'
"""An entry of a section (2026-07, the classic one 2025)."""

SKILL = '[componentkey^="com.linkedin.sdui.profile.skill"], li.artdeco-list__item'
"""An entry of the skills (2026-07, the classic one 2025)."""

ROLE = "ul > li"
"""One of several roles at the same company, inside an entry (2026-07)."""

SCROLLER = "main#workspace"
"""What scrolls on a React page, whose window does not (2026-10)."""

CONTACT_LINK = 'a[href*="/overlay/contact-info/"]'
"""Stands in the line of the location, or right after it (2026-03)."""

HEADLINE = element("profile_sections.headline", seen("2026-07", "div.text-body-medium.break-words"))

LOCATION = element(
    "profile_sections.location", seen("2026-07", "span.text-body-small.inline.break-words")
)

CONNECTIONS_LINK = element(
    "profile_sections.connections_link", seen("2026-10", 'a[href*="connectionOf="]')
)

COUNT = element(
    "profile_sections.count",
    seen("2026-10", "p"),
    seen("2026-07", ".pv-top-card--list li"),
)

ABOUT = element(
    "profile_sections.about",
    seen("2026-10", 'section[componentkey$="About"] [data-testid="expandable-text-box"]'),
    seen("2025", 'section:has(> #about) .inline-show-more-text span[aria-hidden="true"]'),
)

ABOUT_MORE = element("profile_sections.about_more", seen("2026-03", "button"))

ACTIVITY_LINE = element(
    "profile_sections.activity_line",
    seen(
        "2026-07",
        'section[componentkey^="com.linkedin.sdui.profile.card"][componentkey$="Activity"] p',
    ),
)

CONNECTIONS_WORDS = r"(?P<count>[\d,]+)\+? connections?"
FOLLOWERS_WORDS = r"(?P<count>[\d,]+) followers?"
"""How counts are told in English, the one language in which they are read by their words."""

EXPERIENCE = element(
    "profile_sections.experience",
    seen("2026-10", 'section[componentkey$="ExperienceTopLevelSection"]'),
    seen("2025", "section:has(> #experience)"),
)

EDUCATION = element(
    "profile_sections.education",
    seen("2026-10", 'section[componentkey$="EducationTopLevelSection"]'),
    seen("2025", "section:has(> #education)"),
)

SKILLS = element(
    "profile_sections.skills",
    seen(
        "2026-10", 'section[componentkey^="com.linkedin.sdui.profile.card"][componentkey$="Skills"]'
    ),
    seen("2025", "section:has(> #skills)"),
)

SHOW_ALL = element("profile_sections.show_all", seen("2026-07", 'a[href*="/details/"]'))

DETAILS = element(
    "profile_sections.details",
    seen(
        "2026-07",
        'section[componentkey^="com.linkedin.sdui.profile.card"][componentkey$="DetailsSection"]',
    ),
    seen("2025", "main section:has(li.pvs-list__paged-list-item)"),
)
