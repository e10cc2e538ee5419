"""What a member's profile tells of its member, the sections behind "Show all" included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from executor.components.profile_ids import named_in
from executor.components.relationship import CARD_ELEMENTS, degree_in, is_of_first_degree
from executor.components.resume import Entry, count_in, positions_in, school_in
from executor.locators import profile, profile_sections

if TYPE_CHECKING:
    from executor.browser.part import Part, Sighting
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.components.resume import ReadPosition, ReadSchool
    from executor.locators.element import Element

_QUIET_SECONDS = 0.7
"""How long a page may bring nothing before it counts as read to its end."""
_LONGEST_SECONDS = 15.0
_DETAILS_SECONDS = 6.0
_PRONOUNS = re.compile(r"[^\W\d]{1,6}(/[^\W\d]{1,6}){1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What stands in the card at the top."""

    headline: str | None
    location: str | None
    degree: int | None
    connections: int | None
    followers: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """What a profile tells, as far as it shows it to the account."""

    member: Member
    card: CardFacts
    about: str | None
    positions: list[ReadPosition]
    education: list[ReadSchool]
    skills: list[str]
    incomplete: list[str]
    """Sections that could not be read to their end."""


class ProfileSections:
    """A profile that is open and proven, to be read from top to bottom."""

    def __init__(self, tab: Tab, card: Part, member: Member) -> None:
        self._tab = tab
        self._card = card
        self._member = member
        self._incomplete: list[str] = []

    async def read(self) -> ProfileFacts:
        """Read the page to its end, then what it keeps behind "Show all"."""
        if not await self._scroll_through():
            self._incomplete.append("profile")
        card = await self._read_card()
        about = await self._about()
        # The page is left for what it only links to, so everything that it shows is read first.
        experience = await self._shown(profile_sections.EXPERIENCE, profile_sections.ENTRY)
        education = await self._shown(profile_sections.EDUCATION, profile_sections.ENTRY)
        skills = await self._shown(profile_sections.SKILLS, profile_sections.SKILL)
        positions = await self._all("experience", profile_sections.ENTRY, *experience)
        schools = await self._all("education", profile_sections.ENTRY, *education)
        named = await self._all("skills", profile_sections.SKILL, *skills)
        return ProfileFacts(
            member=self._member,
            card=card,
            about=about,
            positions=[each for entry in positions for each in positions_in(entry)],
            education=[each for entry in schools if (each := school_in(entry)) is not None],
            skills=list(dict.fromkeys(entry.lines[0] for entry in named if entry.lines)),
            incomplete=self._incomplete,
        )

    async def _read_card(self) -> CardFacts:
        seen = await self._card.read(
            *CARD_ELEMENTS,
            profile_sections.HEADLINE,
            profile_sections.LOCATION,
            profile_sections.CONNECTIONS_LINK,
            profile_sections.COUNT,
        )
        around = await self._tab.whole.read(profile_sections.ACTIVITY_LINE)
        lines = await self._card.run(
            "card_lines", {"line": "p", "mark": profile_sections.CONTACT_LINK}
        )
        headline, location = _headline_and_location(lines)
        links = [
            link
            for link in seen[profile_sections.CONNECTIONS_LINK.name]
            if is_of_first_degree(link, self._member)
        ]
        extras = seen[profile.FIRST_DEGREE.name]
        known = 1 if any(is_of_first_degree(each, self._member) for each in extras) else None
        counts = [
            *seen[profile_sections.COUNT.name],
            *around[profile_sections.ACTIVITY_LINE.name],
        ]
        return CardFacts(
            headline=_text_of(seen[profile_sections.HEADLINE.name]) or headline,
            location=_text_of(seen[profile_sections.LOCATION.name]) or location,
            degree=degree_in(seen, self._member) or known,
            connections=count_in(links[0].text)
            if links
            else _worded_count(counts, profile_sections.CONNECTIONS_WORDS),
            followers=_worded_count(counts, profile_sections.FOLLOWERS_WORDS),
        )

    async def _about(self) -> str | None:
        box = await self._tab.whole.last(profile_sections.ABOUT)
        if box is None:
            return None
        more = await box.last(profile_sections.ABOUT_MORE)
        # The button that unfolds it stands inside, although the whole text is there (2026-03).
        text = (await box.text()).removesuffix("" if more is None else await more.text())
        return text.strip() or None

    async def _shown(self, section: Element, entry: str) -> tuple[list[Entry], bool]:
        """Return what a section of the profile shows, and whether there is more of it."""
        part = await self._tab.whole.last(section)
        if part is None:
            return [], False
        links = (await part.read(profile_sections.SHOW_ALL))[profile_sections.SHOW_ALL.name]
        more = any(self._may_be_named(named_in(link.href)) for link in links)
        return await _entries(part, entry), more

    def _may_be_named(self, who: str) -> bool:
        """Tell whether a link in the member's own section leads to more of it.

        Where the page gives the id alone (2026), its links name a vanity that nothing else proves;
        the page behind them is opened by the id, and proven by itself.
        """
        return self._member.is_named(who) or (bool(who) and self._member.vanity is None)

    async def _all(
        self,
        name: str,
        entry: str,
        shown: list[Entry],
        more: bool,  # noqa: FBT001 - it comes in one piece with what is shown
    ) -> list[Entry]:
        """Return a section's entries, from the page behind "Show all" when there is more."""
        if not more:
            return shown
        who = quote(self._member.vanity or self._member.profile_id, safe="")
        await self._tab.open(f"/in/{who}/details/{name}/")
        await self._tab.wait_for(profile_sections.DETAILS, seconds=_DETAILS_SECONDS)
        ended = await self._scroll_through()
        part = await self._tab.whole.last(profile_sections.DETAILS)
        if part is None or not await self._is_of_member(part):
            self._incomplete.append(name)
            return shown
        if not ended:
            self._incomplete.append(name)
        return await _entries(part, entry)

    async def _is_of_member(self, details: Part) -> bool:
        """Tell whether a page behind "Show all" is this member's, by its key or its address."""
        key = await details.attribute("componentkey")
        if key is not None:
            return f"ref{self._member.profile_id}" in key
        return self._member.is_named(named_in(self._tab.path))

    async def _scroll_through(self) -> bool:
        return await self._tab.scrolling.to_end(
            profile_sections.SCROLLER, quiet=_QUIET_SECONDS, seconds=_LONGEST_SECONDS
        )


async def _entries(section: Part, entry: str) -> list[Entry]:
    found = await section.run(
        "section_entries",
        {"entry": entry, "role": profile_sections.ROLE, "line": profile_sections.LINE},
    )
    return [Entry(lines=each["lines"], roles=each["roles"]) for each in found]


def _headline_and_location(lines: list[dict[str, object]]) -> tuple[str | None, str | None]:
    """Tell the two apart: the location stands beside the link to the contact details."""
    headline: str | None = None
    before: str | None = None
    for line in lines:
        text = str(line["text"]).strip(" ·•")
        if line["marked"]:
            location = text or before
            return headline, None if location == headline else location
        if not text or str(line["text"]).startswith(("·", "•")):
            continue  # The degree, in whatever words.
        before = text
        if headline is None and not _PRONOUNS.fullmatch(text):
            headline = text
    return headline, None


def _text_of(seen: list[Sighting]) -> str | None:
    return seen[0].text if seen else None


def _worded_count(seen: list[Sighting], words: str) -> int | None:
    found = [each.text for each in seen if re.fullmatch(words, each.text)]
    return count_in(found[0]) if found else None
