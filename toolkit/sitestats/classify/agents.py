"""User agents: which browser, which system, which device, and whether a person is likely to sit before it.

Sources: the uap-core expressions (browsers, systems), the lists of crawler-user-agents and of ai-crawler-index, and own
words for programs that give themselves another name. What a program says of itself is all that this module knows; how
it behaves is judged elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from toolkit.sitestats.classify.sources import of_agent

if TYPE_CHECKING:
    from toolkit.sitestats.model import Device, Who

Reason = Literal["", "says_ai", "says_search", "says_bot", "tool", "no_agent", "no_browser", "headless", "old_browser"]

LONGEST: Final = 1_000

# Crawlers that fill the indexes of search engines people use, Vietnamese ones included.
_SEARCH = re.compile(
    r"google(?:bot|other|-inspectiontool)|storebot-google|adsbot-google|mediapartners-google|bingbot|adidxbot|msnbot"
    r"|coccocbot|yandex(?:bot|images|mobilebot)|baiduspider|duckduckbot|slurp|applebot(?!-extended)|naverbot|yeti/"
    r"|seznambot|qwant(?:ify|bot)|mojeekbot|sogou [\w .]{0,20}spider|exabot|petalbot|bravebot|360spider"
    r"|zalo(?:bot|crawler)",
    re.IGNORECASE,
)
# Collectors of texts for models that the list doesn't have.
_AI = re.compile(
    r"deepseek(?:bot|-user)|pangubot|firecrawl|timpibot|google-extended|chatglm-spider|grokbot|xai-grok|kimi-user|qwenbot",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"^(?:curl|wget|python-|python/|go-http-client|java/|okhttp|axios|node-fetch|undici|ruby|php/|guzzle|libwww-perl|"
    r"lwp|httpie|postman|insomnia|apache-httpclient|jakarta|aiohttp|httpx|scrapy|feed|winhttp|dart/|rest-client|"
    r"zgrab|masscan|nmap|nikto|sqlmap|wpscan|nuclei|l9explore|expanse|censys|paloalto|kube-probe|googlehc|datadog|"
    r"fasthttp|reqwest|microsoft office|hello,? world|node(?:/|$)|deno/|bun/|got |hackney|faraday|typhoeus|restsharp|"
    r"ktor|symfony|pycurl|libcurl|lua-resty|colly|whatsapp/|aria2|grequests|embarcadero|microsoft-webdav|amazon-route53|"
    r"http_request|fetch )",
    re.IGNORECASE,
)
_BOT_WORD = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|scrap|monitor|uptime|pingdom|preview|fetcher|validator|lighthouse|headlesschrome"
    r"|phantomjs|puppeteer|playwright|selenium|externalhit|telegrambot|slackbot|feedburner|feedly"
    r"|\brss|archiver|checker|scan(?:s|ner|ning)?\b"
    # what no browser since Internet Explorer says of itself
    r"|(?<!\w)compatible;(?! (?:MSIE|Konqueror))|health-?check|internal dummy|link sleuth|\baudit\b|\+ ?https?://",
    re.IGNORECASE,
)
_HEADLESS = re.compile(r"headlesschrome|phantomjs|puppeteer|playwright|selenium", re.IGNORECASE)
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|nexus (?:7|9|10)\b|sm-t\d|lenovo tb", re.IGNORECASE)
_PHONE = re.compile(r"iphone|ipod|mobile|windows phone|opera mini|blackberry|bb10", re.IGNORECASE)
_DESKTOP = re.compile(r"windows nt|macintosh|x11|cros |linux x86_64|\(pc; openharmony", re.IGNORECASE)
# What the maker of a phone writes into every browser's name, and apps into that of their windows: the phone, its build,
# its carrier. No program says there what it is, and there are phones called Cubot.
_HARDWARE = re.compile(
    r"^Mozilla/5\.0 \((?:Linux; (?:U; |arm_64; )?Android|iPhone|iPad|Phone|Tablet)\b(?![^)]*(?:compatible|http|@))"
    r"[^)]*\)"
    r"|\[FB[^\]]*\]|\([^()]{0,40}\b\d{2,4}dpi;[^()]*\)"
)
_BUILD = re.compile(r" Build/[^;)\s]*")
# A page that an app shows in a window of its own. Lists of crawlers have names of apps that also fetch previews.
_WINDOW = re.compile(r"; wv\)|Mobile/\w+ (?!Safari)(?:[A-Z\[]|musical|trill)|NAVER\(inapp|MetaIAB")
_BROWSER = re.compile(r"(?:Mozilla|Opera|UCWEB|SAMSUNG|Nokia|BlackBerry|LG|SonyEricsson|MOT)", re.IGNORECASE)
"""How every browser since the first has begun; what begins otherwise fetches for itself or for an app, and nobody can
say whether somebody looked."""
_CONTACT = re.compile(r"https?://|\w@\w")
"""Whom to ask about a program, as well-behaved ones say; old browsers had addresses of toolbars in their names."""
_MOST_OF_A_NAME: Final = 40
# Browsers older than this many releases ago are rarely a person's today: programs keep such names for years.
_GENERAL: Final = frozenset({"Chrome", "Safari", "Electron", "Firefox", "Edge"})
"""Browsers that apps show their pages with; the app is what a member knows."""
_OLDEST: Final = {"Chrome": 60, "Firefox": 52, "Edge": 15, "Opera": 40, "IE": 11}
_ABOUT_NOW: Final = 2018
"""Before this year those releases were new, so an old name says nothing in a log of then."""


@dataclass(frozen=True)
class Agent:
    """What one user agent says of itself. `browser` and `system` are "" where nobody can tell."""

    browser: str
    system: str
    device: Device
    who: Who
    reason: Reason = ""
    name: str = ""


@lru_cache(maxsize=65_536)
def classify_agent(text: str, year: int = 9999) -> Agent:
    """An agent by what it is called. `year` is when it asked: a browser's age is judged by it."""
    agent = text[:LONGEST]
    if not agent.strip() or agent.strip() == "-":
        return Agent("", "", "other", "uncertain", "no_agent")
    bare = _BUILD.sub("", agent)
    program = _program(_VERSION.sub("/0", _HARDWARE.sub("Mozilla", bare)), _WINDOW.search(agent) is not None)
    if program is not None:
        return program
    browser, version, system = _browser(agent)
    if not browser or not _BROWSER.match(agent):
        return Agent("", system, _device(agent), "uncertain", "no_browser")
    if year >= _ABOUT_NOW and version is not None and version < _OLDEST.get(browser, 0) and system != "KaiOS":
        return Agent(browser, system, _device(agent), "uncertain", "old_browser")
    if browser in _GENERAL and (app := of_agent(agent)) is not None:
        browser = app.name
    return Agent(browser, system, _device(agent), "human")


_VERSION = re.compile(r"(?<!Mozilla)/\d[\d.]*")


@lru_cache(maxsize=16_384)
def _program(agent: str, in_app: bool) -> Agent | None:
    """The agent of something that is no browser, None for one that looks like a person's. `agent` is without the
    numbers of its versions and without its phone: thousands are a few dozen then."""
    import ai_crawler_index

    if ai_crawler_index.is_ai_crawler(agent):
        found = ai_crawler_index.identify(agent)
        return Agent("", "", "bot", "ai", "says_ai", str(found["name"]) if found else "")
    if named := _AI.search(agent):
        return Agent("", "", "bot", "ai", "says_ai", named[0])
    if searching := _SEARCH.search(agent):
        return Agent("", "", "bot", "search", "says_search", searching[0])
    if tool := _TOOL.match(agent):
        return Agent("", "", "bot", "bot", "tool", tool[0].strip("/-"))
    if _HEADLESS.search(agent):
        return Agent("", "", "bot", "bot", "headless")
    apart = _BROWSER.match(agent) is None and _CONTACT.search(agent) is not None
    if (word := _BOT_WORD.search(agent)) or apart or (not in_app and _is_listed(agent)):
        return Agent("", "", "bot", "bot", "says_bot", _name_of(agent) or (word[0] if word else ""))
    return None


def _is_listed(agent: str) -> bool:
    import crawleruseragents

    return bool(crawleruseragents.is_crawler(agent))


_NAMED = re.compile(r"([A-Za-z][\w.-]{1,40}(?:bot|crawler|spider)[\w-]{0,20})", re.IGNORECASE)


def _name_of(agent: str) -> str:
    found = _NAMED.search(agent)
    return found[1] if found else ""


def _browser(agent: str) -> tuple[str, int | None, str]:
    """(browser, its major version, system) by the uap-core expressions."""
    from ua_parser import parse

    found = parse(agent.replace(" CFNetwork", "") if agent.startswith("Mozilla/") else agent)
    browser = found.user_agent
    system = found.os
    family = browser.family if browser is not None else ""
    for longer, plain in (("Mobile Safari", "Safari"), ("Chrome Mobile", "Chrome"), ("Firefox Mobile", "Firefox")):
        if family.startswith(longer):
            family = plain
    if family.startswith("Edge"):
        family = "Edge"
    if family.startswith("Opera"):
        family = "Opera"
    if len(family) > _MOST_OF_A_NAME or "(" in family:
        family = ""
    major = browser.major if browser is not None else None
    version = int(major) if major is not None and major.isdigit() else None
    if browser is not None and browser.family in ("Opera Touch", "Opera Mini"):
        version = None  # they count their releases in another way, which says nothing about age
    return family, version, _system(system.family if system is not None else "") or _unlisted_system(agent)


def _unlisted_system(agent: str) -> str:
    return "HarmonyOS" if "OpenHarmony" in agent or "HarmonyOS" in agent else ""


def _system(family: str) -> str:
    return {"Mac OS X": "macOS", "Chrome OS": "ChromeOS", "Other": ""}.get(family, family)


def _device(agent: str) -> Device:
    if _TABLET.search(agent) or ("Android" in agent and "Mobile" not in agent and "Opera Mini" not in agent):
        return "tablet"
    if _PHONE.search(agent) or "Android" in agent:
        return "phone"
    return "desktop" if _DESKTOP.search(agent) else "other"
