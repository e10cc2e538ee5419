"""Profiles as they look when a browser has saved them, with invented people.

Written from captures and dated facts of LinkedIn's own markup, as the sandbox is, and apart from
it: keys are random, hrefs absolute, and style sheets missing, as in real files.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

PERSON = "ACoAAB1nvent3dAbCdEfGhIjKlMnOpQrStUvWxY"
OTHER = "ACoAACStr4ngerAbCdEfGhIjKlMnOpQrStUvWxY"
CARD = "com.linkedin.sdui.profile.card.ref"
SITE = "https://www.linkedin.com"


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says in one language, where it matters."""

    lang: str
    connect: str
    invite: str
    pending: str
    pending_for: str
    message: str
    follow: str
    follow_name: str
    more: str
    first: str
    second: str
    remove: str


ENGLISH = Words(
    "en",
    "Connect",
    "Invite {} to connect",
    "Pending",
    "Pending, click to withdraw invitation sent to {}",
    "Message",
    "Follow",
    "Follow {}",
    "More",
    "1st",
    "2nd",
    "Remove connection",
)
LANGUAGES = (
    ENGLISH,
    Words(
        "de",
        "Vernetzen",
        "{} als Kontakt einladen",
        "Ausstehend",
        "Ausstehend. Klicken Sie, um die Einladung an {} zurückzuziehen",
        "Nachricht",
        "Folgen",
        "{} folgen",
        "Mehr",
        "1.",
        "2.",
        "Kontakt entfernen",
    ),
    Words(
        "fr",
        "Se connecter",
        "Invitez {} à rejoindre votre réseau",
        "En attente",
        "En attente, cliquez pour retirer l’invitation envoyée à {}",
        "Message",
        "Suivre",
        "Suivre {}",
        "Plus",
        "1er",
        "2e",
        "Supprimer la relation",
    ),
    Words(
        "tr",
        "Bağlantı kur",
        "{} adlı kullanıcıyı bağlantı kurmaya davet et",
        "Beklemede",
        "Beklemede, {} adlı kişiye gönderilen daveti geri çekmek için tıklayın",
        "Mesaj",
        "Takip et",
        "{} adlı kişiyi takip et",
        "Daha fazla",
        "1.",
        "2.",
        "Bağlantıyı kaldır",
    ),
    Words(
        "pl",
        "Nawiąż kontakt",
        "Zaproś użytkownika {} do nawiązania kontaktu",
        "Oczekujące",
        "Oczekujące, kliknij, aby wycofać zaproszenie wysłane do {}",
        "Wiadomość",
        "Obserwuj",
        "Obserwuj: {}",
        "Więcej",
        "1.",
        "2.",
        "Usuń kontakt",
    ),
    Words(
        "ar",
        "تواصل",
        "دعوة {} للتواصل",
        "معلقة",
        "معلقة، انقر لسحب الدعوة المرسلة إلى {}",
        "رسالة",
        "متابعة",
        "متابعة {}",
        "المزيد",
        "الأولى",
        "الثانية",
        "إزالة زميل",
    ),
    Words(
        "ja",
        "つながり申請",
        "{}さんにつながり申請を送る",
        "保留中",
        "保留中、クリックして{}さんへの招待を取り下げる",
        "メッセージ",
        "フォロー",
        "{}さんをフォロー",
        "その他",
        "1次",
        "2次",
        "つながりを削除",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whom a profile is about."""

    name: str = "Dieter König"
    vanity: str = "dieter-könig"
    profile_id: str = PERSON
    member: int = 4711

    @property
    def slug(self) -> str:
        return quote(self.vanity, safe="")

    @property
    def address(self) -> str:
        return f"{SITE}/in/{self.slug}/"


DIETER = Whose()
STRANGER = Whose(name="Olga Fremd", vanity="olga-fremd", profile_id=OTHER, member=815)


def message(who: Whose = DIETER, words: Words = ENGLISH) -> str:
    query = (
        f"profileUrn=urn%3Ali%3Afsd_profile%3A{who.profile_id}&amp;recipient={who.profile_id}"
        "&amp;screenContext=NON_SELF_PROFILE_VIEW&amp;interop=msgOverlay"
    )
    return (
        f'<a href="/messaging/compose/?{query}" componentkey="2d320baf">'
        f'<svg id="send-privately-medium" width="24" height="24"></svg>'
        f"<span>{words.message}</span></a>"
    )


def connect(who: Whose = DIETER, words: Words = ENGLISH, *, attributes: str = "") -> str:
    return (
        f'<a href="{SITE}/preload/custom-invite/?vanityName={who.slug}" '
        f'aria-label="{words.invite.format(who.name)}" '
        f'componentkey="ConnectButtonstate:invitation:urn:li:member:{who.member}_connect" '
        f'{attributes}><svg id="connect-small" width="16" height="16"></svg>'
        f"<span>{words.connect}</span></a>"
    )


def pending(who: Whose = DIETER, words: Words = ENGLISH, *, attributes: str = "") -> str:
    """Return Pending as a capture of 2026-03 has it: without a key that says so."""
    return (
        f'<a href="{who.address}" componentkey="338925f0" '
        f'aria-label="{words.pending_for.format(who.name)}" {attributes}>'
        f'<svg id="clock-small" width="16" height="16"></svg><span>{words.pending}</span></a>'
    )


def withdrawn(who: Whose = DIETER, words: Words = ENGLISH) -> str:
    return (
        f'<button aria-label="{words.invite.format(who.name)}" '
        f'componentkey="ConnectButtonstate:invitation:urn:li:member:{who.member}_withdrawn">'
        f"{words.connect}</button>"
    )


def follow(who: Whose = DIETER, words: Words = ENGLISH) -> str:
    return (
        f'<div componentkey="FollowButtonurn:li:fsd_followingState:urn:li:member:{who.member}'
        f'_following"><button aria-label="{words.follow_name.format(who.name)}">{words.follow}'
        "</button></div>"
    )


def circles(who: Whose = DIETER, *networks: str) -> str:
    """Return the link to somebody's connections; `F` and `S` together only connections get."""
    asked = "%2C".join(f"%22{each}%22" for each in networks)
    return (
        f'<a href="{SITE}/search/results/people/?origin=MEMBER_PROFILE_CANNED_SEARCH'
        f"&amp;network=%5B{asked}%5D&amp;connectionOf=%5B%22{who.profile_id}%22%5D"
        '"><p>500+</p></a>'
    )


def more(words: Words = ENGLISH, *, opened: bool = False) -> str:
    state = "true" if opened else "false"
    return f'<button componentkey="c18c" aria-expanded="{state}"><span>{words.more}</span></button>'


def degrees(words: Words, *, first: bool, styled: bool) -> str:
    """Return both degrees; one of them is hidden by a style sheet that may be missing."""
    hidden = ' style="display:none"' if styled else ""
    return (
        f'<div class="_6342547c"{"" if first else hidden}><p>· {words.first}</p></div>'
        f"<p{hidden if first else ''}>· {words.second}</p>"
    )


def sdui(
    *controls: str,
    who: Whose = DIETER,
    words: Words = ENGLISH,
    degree: str = "",
    menu: str = "",
    around: str = "",
    inside: str = "",
    head: str = "",
    title: str | None = None,
) -> str:
    """Return a profile of the newer front end.

    Args:
        degree: what stands beside the name.
        menu: the items of the opened More menu.
        around: what stands in main, before the card and in one section with it.
        inside: what stands in the card beside its controls.
    """
    key = f"{CARD}{who.profile_id}Topcard"
    portal = (
        f'<div id=":rs:" data-floating-ui-portal=""><div popover="manual"><div role="menu">{menu}'
        "</div></div></div>"
        if menu
        else ""
    )
    return f"""<!DOCTYPE html><html lang="{words.lang}"><head>
<title>{title or f"(3) {who.name} | LinkedIn"}</title>
<link rel="stylesheet" href="https://static.licdn.com/aero-v1/sc/h/main.css">{head}</head><body>
<div id="root"><div id="interop-outlet" data-testid="interop-shadowdom"></div>
<section><h2 data-testid="toasts-title">0 notifications</h2></section>
<nav data-testid="primary-nav"><a href="{SITE}/mynetwork/">N</a>
<input data-testid="typeahead-input"></nav>
<div role="main" data-sdui-screen="com.linkedin.sdui.flagshipnav.profile.Profile">
<main id="workspace"><div data-testid="lazy-column"><section>{around}
<div componentkey="{key}"><div><section componentkey="{key}">
<a href="{who.address}"><div aria-label="Profile photo"></div></a>
<div><a href="{who.address}"><h2>{who.name}</h2></a>{degree}</div>
<p>Head of Invention</p><p>Berlin, Germany</p>
<p><a href="{who.address}overlay/contact-info/">Contact info</a></p>
{inside}<div>{"".join(controls)}</div></section></div></div></section>
<section componentkey="{CARD}{who.profile_id}About"><h2>About</h2></section>
<section componentkey="{CARD}{who.slug}Activity"><h2>Activity</h2></section>
<div componentkey="{CARD}{who.profile_id}SuggestedForYou"><aside>
{connect(STRANGER, words)}{pending(STRANGER, words)}{message(STRANGER, words)}<p>· {words.first}</p>
</aside></div></div></main></div>
<iframe data-testid="interop-iframe" src="/preload/"></iframe></div>{portal}</body></html>"""


def item(text: str, *, href: str = "", key: str = "91ab", inner: str = "", icon: str = "") -> str:
    tag = "a" if href else "div"
    link = f' href="{href}"' if href else ""
    return (
        f'<{tag} role="menuitem" tabindex="0"{link} componentkey="{key}"><div{inner}>'
        f'<svg id="{icon or "download-medium"}" width="24" height="24"></svg><p>{text}</p></div>'
        f"</{tag}>"
    )


def common_items(who: Whose = DIETER) -> str:
    """Return what is in every More menu of a verified member, Verifications included."""
    return (
        item(
            "Send profile in a message",
            href=f"/messaging/compose/?screenContext=NON_SELF_PROFILE_VIEW&amp;body={who.slug}",
        )
        + item("Save to PDF")
        + item("Report / Block", href=f"{SITE}/preload/report-in-modal/", icon="report-medium")
        + item("Verifications", href=who.address, icon="verified-medium")
    )


def ember(
    *controls: str,
    who: Whose = DIETER,
    words: Words = ENGLISH,
    degree: str = "1st",
    dropdown: str = "",
) -> str:
    """Return a profile of the older front end."""
    data = (
        f'{{"publicIdentifier":"{who.vanity}","entityUrn":"urn:li:fsd_profile:{who.profile_id}",'
        f'"objectUrn":"urn:li:member:{who.member}"}}'
    )
    hidden = "false" if dropdown else "true"
    opened = "true" if dropdown else "false"
    return f"""<!DOCTYPE html><html lang="{words.lang}"><head><title>{who.name} | LinkedIn</title>
<link rel="canonical" href="{who.address}"></head><body>
<nav class="global-nav"><a class="global-nav__primary-link" href="/mynetwork/">N</a></nav>
<main class="scaffold-layout__main"><section class="artdeco-card" data-member-id="{who.member}">
<h1>{who.name}</h1><span class="distance-badge"><span class="dist-value">{degree}</span></span>
<span><a href="/in/{who.slug}/overlay/contact-info/">Contact info</a></span>
<div class="pvs-profile-actions">{"".join(controls)}
<div class="artdeco-dropdown">
<button class="artdeco-dropdown__trigger" aria-label="More actions" aria-expanded="{
        opened
    }">…</button>
<div class="artdeco-dropdown__content" aria-hidden="{hidden}"><ul>
<li><div class="artdeco-dropdown__item" role="button">Save to PDF</div></li>{dropdown}</ul></div>
</div></div></section>
<section class="artdeco-card"><button class="artdeco-button" aria-label="{
        words.invite.format(STRANGER.name)
    }"><svg data-test-icon="connect-small"></svg>{words.connect}</button></section></main>
<code style="display:none">{data}</code></body></html>"""
