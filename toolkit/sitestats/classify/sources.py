"""Where a visit came from: its referrer, the marks of its landing address, the app in whose window it opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tldextract import TLDExtract

    from toolkit.sitestats.model import Medium

LONGEST: Final = 2_000
_MOST_MARKS: Final = 50

# A host belongs to a name if it is one of these or ends in one with a dot before it; `google.` fits any country's.
_NAMES: Final[Mapping[str, tuple[str, Medium]]] = {
    **dict.fromkeys(("google.", "com.google.android.googlequicksearchbox", "syndicatedsearch.goog"),
                    ("Google", "search")),
    **dict.fromkeys(("bing.com",), ("Bing", "search")),
    **dict.fromkeys(("coccoc.com",), ("Cốc Cốc", "search")),
    **dict.fromkeys(("search.yahoo.com", "yahoo.com"), ("Yahoo", "search")),
    **dict.fromkeys(("duckduckgo.com",), ("DuckDuckGo", "search")),
    **dict.fromkeys(("yandex.", "ya.ru"), ("Yandex", "search")),
    **dict.fromkeys(("baidu.com",), ("Baidu", "search")),
    **dict.fromkeys(("ecosia.org",), ("Ecosia", "search")),
    **dict.fromkeys(("search.brave.com",), ("Brave", "search")),
    **dict.fromkeys(("naver.com",), ("Naver", "search")),
    **dict.fromkeys(("startpage.com",), ("Startpage", "search")),
    **dict.fromkeys(("qwant.com",), ("Qwant", "search")),
    **dict.fromkeys(("seznam.cz",), ("Seznam", "search")),
    **dict.fromkeys(("search.zing.vn",), ("Zing", "search")),
    **dict.fromkeys(("facebook.com", "fb.com", "fb.me", "m.me", "messenger.com", "com.facebook.katana",
                     "com.facebook.orca", "com.facebook.lite"), ("Facebook", "social")),
    **dict.fromkeys(("zalo.me", "chat.zalo.me", "zaloapp.com", "zingmp3.vn", "zdn.vn", "com.zing.zalo"),
                    ("Zalo", "social")),
    **dict.fromkeys(("tiktok.com", "com.zhiliaoapp.musically", "com.ss.android.ugc.trill"), ("TikTok", "social")),
    **dict.fromkeys(("instagram.com", "com.instagram.android"), ("Instagram", "social")),
    **dict.fromkeys(("threads.net", "threads.com"), ("Threads", "social")),
    **dict.fromkeys(("youtube.com", "youtu.be", "com.google.android.youtube"), ("YouTube", "social")),
    **dict.fromkeys(("twitter.com", "t.co", "x.com", "com.twitter.android"), ("X", "social")),
    **dict.fromkeys(("linkedin.com", "lnkd.in", "com.linkedin.android"), ("LinkedIn", "social")),
    **dict.fromkeys(("telegram.org", "t.me", "web.telegram.org", "org.telegram.messenger"), ("Telegram", "social")),
    **dict.fromkeys(("pinterest.",), ("Pinterest", "social")),
    **dict.fromkeys(("reddit.com",), ("Reddit", "social")),
    **dict.fromkeys(("whatsapp.com", "wa.me"), ("WhatsApp", "social")),
    **dict.fromkeys(("viber.com",), ("Viber", "social")),
    **dict.fromkeys(("line.me", "lin.ee", "jp.naver.line.android"), ("LINE", "social")),
    **dict.fromkeys(("discord.com", "discordapp.com", "com.discord"), ("Discord", "social")),
    **dict.fromkeys(("bsky.app", "go.bsky.app"), ("Bluesky", "social")),
    **dict.fromkeys(("snapchat.com",), ("Snapchat", "social")),
    **dict.fromkeys(("quora.com",), ("Quora", "social")),
    **dict.fromkeys(("vk.com",), ("VK", "social")),
    **dict.fromkeys(("mail.google.com", "com.google.android.gm"), ("Gmail", "referral")),
    **dict.fromkeys(("outlook.live.com", "outlook.office.com", "outlook.office365.com", "outlook.com", "mail.live.com",
                     "com.microsoft.office.outlook"), ("Outlook", "referral")),
    **dict.fromkeys(("mail.yahoo.com", "com.yahoo.mobile.client.android.mail"), ("Yahoo Mail", "referral")),
    **dict.fromkeys(("chatgpt.com", "chat.openai.com"), ("ChatGPT", "ai")),
    **dict.fromkeys(("perplexity.ai",), ("Perplexity", "ai")),
    **dict.fromkeys(("gemini.google.com", "bard.google.com"), ("Gemini", "ai")),
    **dict.fromkeys(("claude.ai",), ("Claude", "ai")),
    **dict.fromkeys(("copilot.microsoft.com", "copilot.com"), ("Copilot", "ai")),
    **dict.fromkeys(("meta.ai",), ("Meta AI", "ai")),
    **dict.fromkeys(("chat.mistral.ai",), ("Mistral", "ai")),
    **dict.fromkeys(("you.com",), ("You.com", "ai")),
    **dict.fromkeys(("phind.com",), ("Phind", "ai")),
    **dict.fromkeys(("notebooklm.google.com",), ("NotebookLM", "ai")),
    **dict.fromkeys(("chat.qwen.ai",), ("Qwen", "ai")),
    **dict.fromkeys(("kimi.com",), ("Kimi", "ai")),
    **dict.fromkeys(("com.openai.chatgpt",), ("ChatGPT", "ai")),
    **dict.fromkeys(("chat.deepseek.com",), ("DeepSeek", "ai")),
    **dict.fromkeys(("grok.com",), ("Grok", "ai")),
}  # fmt: skip
_OF_A_COUNTRY: Final = re.compile(r"(?:com?\.)?[a-z]{2,3}")
"""What may follow `google.`: com, de, com.vn, co.jp; not google.example.com, which anybody can have."""
NAMES_OF_SOURCES: Final = frozenset(name for name, _ in _NAMES.values())
"""The sources that go by a name rather than by their host."""
_LONGEST_FIRST: Final = sorted(_NAMES, key=len, reverse=True)
# Other services of those who run a search engine: a click there is no search.
_NOT_SEARCH: Final = re.compile(
    r"(?:m\.)?(?:mail|docs|drive|sites|accounts|ads|analytics|tagmanager|tagassistant|search(?=\.google)|classroom|meet"
    r"|calendar|chat|groups|play|translate|support|help|maps|cloud|console|blog|cafe|tieba|zhidao|baike|keep|photos"
    r"|colab\.research|aistudio|myaccount|finance|sports)\."
)
# What advertising systems add to an address they send somebody to.
_CLICKS: Final[Mapping[str, str]] = {
    "fbclid": "Facebook", "igshid": "Instagram", "igsh": "Instagram", "gclid": "Google", "gbraid": "Google",
    "wbraid": "Google", "dclid": "Google", "msclkid": "Bing", "ttclid": "TikTok", "twclid": "X",
    "li_fat_id": "LinkedIn", "zarsrc": "Zalo", "zclid": "Zalo", "yclid": "Yandex",
}  # fmt: skip
_PAID: Final = frozenset({"gclid", "gbraid", "wbraid", "dclid", "msclkid", "ttclid", "yclid"})
_OF_EVERY_LINK: Final = ("source", "medium", "campaign")
"""Marks that Zalo puts on every link its users send, each `zalo`: they are nobody's campaign."""
# Words of a site's own campaigns that mean one of the names above.
_SAID: Final[Mapping[str, str]] = {
    "fb": "Facebook", "facebook": "Facebook", "zalo": "Zalo", "tiktok": "TikTok", "google": "Google", "ig": "Instagram",
    "instagram": "Instagram", "youtube": "YouTube", "yt": "YouTube", "email": "Email", "newsletter": "Email",
    "messenger": "Facebook", "telegram": "Telegram", "linkedin": "LinkedIn", "coccoc": "Cốc Cốc", "bing": "Bing",
}  # fmt: skip
# Names that only exist in referrers, to be seen in reports like this one.
_SPAM = re.compile(
    r"(?:^|\.)(?:semalt|buttons-for-website|buttons-for-your-website|darodar|ilovevitaly|priceg|blackhatworth|hulfingtonpost"
    r"|econom|best-seo-offer|best-seo-solution|100dollars-seo|free-share-buttons|get-free-traffic-now|traffic2money"
    r"|trafficmonetize|success-seo|rankings-analytics|floating-share-buttons|o-o-6-o-o|simple-share-buttons|videos-for-your-"
    r"business|o-o-8-o-o|social-buttons|4webmasters|webmonetizer|event-tracking|guardlink|googlsucks|theguardlan"
    r"|sharebutton|copyrightclaims|seo-platform|bestwebsitesawards|kambasoft|savetubevideo|iskalko|luxup|cenoval|bestpr"
    r"iceproduct)\.[a-z.]{2,12}$"
)
# Windows that apps open pages in, without telling where they were.
_IN_APP = (
    (re.compile(r"\bFBA[NV]/|\bFB_IAB|\bMetaIAB Facebook", re.ASCII), "Facebook"),
    (re.compile(r"\bZalo\b|ZaloTheme|ZaloLanguage|ZaloPC", re.ASCII), "Zalo"),
    (re.compile(r"musical_ly|BytedanceWebview|TikTok|trill_", re.ASCII), "TikTok"),
    (re.compile(r"\bInstagram\b", re.ASCII), "Instagram"),
    (re.compile(r"\bLine/", re.ASCII), "LINE"),
    (re.compile(r"\bBarcelona \d", re.ASCII), "Threads"),
    (re.compile(r"MicroMessenger/", re.ASCII), "WeChat"),
    (re.compile(r"LinkedInApp", re.ASCII), "LinkedIn"),
    (re.compile(r"Safari/[\d.]+ Viber/", re.ASCII), "Viber"),
    (re.compile(r"Telegram-(?:Android|iOS)", re.ASCII), "Telegram"),
    (re.compile(r"KAKAOTALK", re.ASCII), "KakaoTalk"),
    (re.compile(r"Twitter for|TwitterAndroid", re.ASCII), "X"),
    (re.compile(r"\[Pinterest/", re.ASCII), "Pinterest"),
    (re.compile(r"\bSnapchat/", re.ASCII), "Snapchat"),
)


@dataclass(frozen=True)
class Source:
    """Where a visit came from: a name or a host, how, and the host of the referrer as it was ("" for none)."""

    name: str
    medium: Medium
    host: str = ""


@dataclass(frozen=True)
class Marks:
    """What a landing address says of how somebody was sent: campaign words, and whose click it was."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""
    term: str = ""
    click: str = ""
    paid: bool = False

    def __bool__(self) -> bool:
        return bool(self.source or self.campaign or self.click or self.medium)


DIRECT: Final = Source("", "direct")


@lru_cache(maxsize=65_536)
def of_referrer(referrer: str, own: frozenset[str] = frozenset()) -> Source:
    """A referrer. `own` are the site's own hosts: moving within it is no coming."""
    host = referrer_host(referrer)
    if not host:
        return DIRECT
    bare = host.removeprefix("www.")
    if bare in own or host in own:
        return Source(bare, "internal", host)
    if _SPAM.search(bare):
        return Source(bare, "spam", host)
    found = _named(bare)
    if found is not None:
        return Source(*found, host)
    return Source(registered(bare), "referral", host)


def referrer_host(referrer: str) -> str:
    """The host of a referrer, lower case, without its port; of an Android app its package; "" where there is none."""
    text = referrer[:LONGEST].strip()
    if not text or text == "-":
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # what urlsplit raises for broken brackets and the like
        return ""
    if parts.scheme not in ("", "http", "https", "android-app"):
        return ""
    return host if "." in host and len(host) <= 253 and not re.search(r"[\s<>\"'\\]", host) else ""


def of_agent(agent: str) -> Source | None:
    """The app whose window a page was opened in, for visits that bring no referrer."""
    for pattern, name in _IN_APP:
        if pattern.search(agent[:LONGEST]):
            return Source(name, "social")
    return None


@lru_cache(maxsize=65_536)
def marks(query: str) -> Marks:
    """The campaign of a landing address: `utm_…` words as typed, lower case for the source, and click ids."""
    text = query[:LONGEST]
    if "=" not in text:
        return Marks()
    try:
        pairs = parse_qsl(text, keep_blank_values=False, max_num_fields=_MOST_MARKS, errors="replace")
    except ValueError:  # more fields than any campaign has
        return Marks()
    found = {key.lower(): value.strip()[:200] for key, value in reversed(pairs)}
    click = next((key for key in _CLICKS if key in found), "")
    if "zarsrc" in found and all(found.get(f"utm_{mark}", "").lower() == "zalo" for mark in _OF_EVERY_LINK):
        found = {key: value for key, value in found.items() if not key.startswith("utm_")}
    source = _said(found.get("utm_source", ""))
    if not source and click in _PAID:
        source = _CLICKS[click]  # an advertisement, though its referrer is that of an unpaid result
    return Marks(
        source=source,
        medium=found.get("utm_medium", "").lower(),
        campaign=found.get("utm_campaign", ""),
        content=found.get("utm_content", ""),
        term=found.get("utm_term", ""),
        click=_CLICKS.get(click, ""),
        paid=click in _PAID,
    )


def _said(source: str) -> str:
    """A `utm_source` by the name that it goes by elsewhere too: chatgpt.com puts its own host there."""
    known = _SAID.get(source.lower())
    if known is None and "." in source and " " not in source:
        named = _named(source.lower().removeprefix("www."))
        known = named[0] if named is not None else None
    return source if known is None else known


def source_of(referrer: Source, marked: Marks, app: Source | None) -> Source:
    """The one source of a visit: what the address says, else the referrer, else the app."""
    if marked.source:
        return Source(marked.source, "campaign", referrer.host)
    if referrer.medium in ("direct", "internal") and marked.click:
        known = _named_medium(marked.click)
        return Source(marked.click, "campaign" if marked.paid else known, referrer.host)
    if referrer.medium == "direct" and app is not None:
        return app
    return referrer


@lru_cache(maxsize=4096)
def registered(host: str) -> str:
    """The part of a host that somebody registered: news.vnexpress.net → vnexpress.net; addresses stay themselves."""
    return _extractor()(host).top_domain_under_public_suffix or host


@lru_cache(maxsize=1)
def _extractor() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that comes with the library; nothing is fetched


def _named(host: str) -> tuple[str, Medium] | None:
    for known in _LONGEST_FIRST:
        if known.endswith("."):
            _, found, ending = f".{host}".rpartition(f".{known}")
            fits = bool(found) and _OF_A_COUNTRY.fullmatch(ending) is not None
        else:
            fits = host == known or host.endswith(f".{known}")
        if fits:
            return None if _NAMES[known][1] == "search" and _NOT_SEARCH.match(host) else _NAMES[known]
    return None


def _named_medium(name: str) -> Medium:
    return next((medium for known, medium in _NAMES.values() if known == name), "social")
