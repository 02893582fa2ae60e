"""Who comes to a made-up shop's site: addresses, agents, where from. Drawn from a seed, nobody that there is."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    import random

Kind = Literal["person", "crawler", "scanner"]

_NETWORKS: Final = ("14.{}.{}.{}", "27.{}.{}.{}", "113.{}.{}.{}", "171.{}.{}.{}", "42.{}.{}.{}", "1.{}.{}.{}")
_NETWORKS_6: Final = ("2402:800:{:x}:{:x}::{:x}", "2001:ee0:{:x}:{:x}::{:x}", "2405:4800:{:x}:{:x}::{:x}")
_PHONES: Final = ("SM-A546E", "SM-S918B", "CPH2523", "V2237", "RMX3760", "M2101K6G", "SM-A057F", "CPH2387", "2201117TG")
_BUILDS: Final = ("UP1A.231005.007", "TP1A.220624.014", "SP1A.210812.016", "AP2A.240805.005", "UKQ1.230924.001")
_CRAWLERS: Final = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
)
_SCANNERS: Final = ("-", "curl/8.5.0", "python-requests/2.32.3", "Go-http-client/1.1", "Mozilla/5.0 zgrab/0.x")
_SAFARI: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {0}_{1} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/{0}.{1} Mobile/15E148 Safari/604.1"
)
_CHROME: Final = " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0{} Safari/537.36{}"
_IN_APP: Final = (
    "Mozilla/5.0 (Linux; Android {4}; {0} Build/{1}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/{2}.0.{3}.{5} Mobile Safari/537.36"
)
_PLACES: Final = (
    ("-", 34), ("https://www.google.com/", 26), ("https://www.facebook.com/", 8), ("https://l.facebook.com/", 6),
    ("https://m.facebook.com/", 5), ("https://zalo.me/", 4), ("https://www.google.com.vn/", 3),
    ("https://coccoc.com/search", 3), ("https://www.tiktok.com/", 3), ("https://www.bing.com/", 1),
    ("https://chatgpt.com/", 1), ("https://www.youtube.com/", 1), ("", 5),
)  # fmt: skip
_CAMPAIGNS: Final = ("tet2027", "black-friday", "khai-truong", "ban-moi", "sinh-nhat-sen")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_RECENT: Final = 500


class Guest(NamedTuple):
    """Somebody, or some program, that comes: `again` where it has been here not long ago, `marks` what its landing
    address bears."""

    kind: Kind
    address: str
    agent: str
    referrer: str = "-"
    marks: str = ""
    again: bool = False


class Crowd:
    """Everybody who comes. More lines bring more kinds of agents and more sites that link here."""

    def __init__(self, chance: random.Random, lines: int) -> None:
        self._chance = chance
        self._agents = [self._agent(place) for place in range(max(80, min(8_000, lines // 400)))]
        self._agent_sums = list(accumulate((place + 1) ** -0.9 for place in range(len(self._agents))))
        self._place_sums = list(accumulate(weight for _, weight in _PLACES))
        self._linking = max(30, min(3_000, lines // 2_000))
        self._recent: list[tuple[str, str]] = []
        self._bots = [self._address() for _ in range(200)]

    def guest(self) -> Guest:
        """Who comes next."""
        chance = self._chance
        draw = chance.random()
        if draw < 0.10:
            agent = _CRAWLERS[int(chance.random() ** 2 * len(_CRAWLERS))]
            return Guest("crawler", self._bots[int(chance.random() ** 2 * len(self._bots))], agent)
        if draw < 0.12:
            return Guest("scanner", self._address(), _SCANNERS[int(chance.random() * len(_SCANNERS))])
        again = bool(self._recent) and chance.random() < 0.2
        if again:
            address, agent = self._recent[int(chance.random() * len(self._recent))]
        else:
            address = self._address()
            agent = self._agents[bisect_left(self._agent_sums, chance.random() * self._agent_sums[-1])]
            if len(self._recent) < _RECENT:
                self._recent.append((address, agent))
            else:
                self._recent[int(chance.random() * _RECENT)] = (address, agent)
        referrer, marks = self._coming()
        return Guest("person", address, agent, referrer, marks, again)

    def _coming(self) -> tuple[str, str]:
        """(referrer, marks of the landing address)."""
        chance = self._chance
        referrer = _PLACES[bisect_left(self._place_sums, chance.random() * self._place_sums[-1])][0]
        if not referrer:
            number = int(chance.paretovariate(0.6)) % self._linking
            referrer = f"https://trang-{number}.example/bai-viet/{number * 7}"
        campaign = _CAMPAIGNS[int(chance.random() ** 2 * len(_CAMPAIGNS))]
        if "facebook" in referrer and chance.random() < 0.7:
            paid = f"utm_source=facebook&utm_medium=cpc&utm_campaign={campaign}&" if chance.random() < 0.3 else ""
            return referrer, f"?{paid}fbclid={self._click()}"
        if "google" in referrer and chance.random() < 0.08:
            return referrer, f"?utm_source=google&utm_medium=cpc&utm_campaign={campaign}&gclid={self._click()}"
        if "zalo" in referrer:
            return referrer, f"?utm_source=zalo&utm_medium=oa&utm_campaign={campaign}"
        return referrer, ""

    def _click(self) -> str:
        """What an advertising system adds to an address: another one for every click."""
        return "".join(self._chance.choices(_LETTERS, k=44))

    def _address(self) -> str:
        chance = self._chance
        if chance.random() < 0.35:
            return _NETWORKS_6[int(chance.random() * 3)].format(
                0x6000 + chance.getrandbits(12), chance.getrandbits(16), chance.getrandbits(14) + 1
            )
        network = _NETWORKS[int(chance.random() ** 2 * len(_NETWORKS))]
        return network.format(160 + chance.getrandbits(5), chance.getrandbits(8), 1 + chance.getrandbits(7))

    def _agent(self, place: int) -> str:
        """The most frequent ones are browsers that tell little of their device; windows of apps tell everything."""
        chance = self._chance
        version = 141 - int(chance.expovariate(0.4))
        if place % 5 == 0:
            return _SAFARI.format(18 - place // 5 % 4, place // 20 % 8)
        if place % 5 == 1 and place < 200:
            return "Mozilla/5.0 (Linux; Android 10; K)" + _CHROME.format(version, " Mobile", "")
        if place % 5 == 2 and place < 300:
            edge = f" Edg/{version}.0.0.0" if place % 3 == 0 else ""
            return "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + _CHROME.format(version, "", edge)
        if place % 5 == 3 and place < 100:
            return f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
        phone, build = _PHONES[int(chance.random() * len(_PHONES))], _BUILDS[int(chance.random() * len(_BUILDS))]
        window = _IN_APP.format(phone, build, version, 6000 + chance.getrandbits(9), 12 + place % 4, place % 200)
        apps = (
            f" [FB_IAB/FB4A;FBAV/{480 + place % 40}.0.0.{place % 90}.{place % 97};]",
            f" Zalo android/{12 + place % 3}1102{place % 90:02} ZaloTheme/light ZaloLanguage/vi",
            f" musical_ly_20{place % 90:02} BytedanceWebview/d8a21c6",
            "",
        )
        return window + apps[place % 4]
