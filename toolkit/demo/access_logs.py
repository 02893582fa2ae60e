"""A web server's access log as a small Vietnamese shop's site has it: made up, the same for the same seed.

About ten requests a visit, few pages that many read and many that few read, phones above all, windows of apps, crawlers
that fetch no images, scanners that ask for what isn't there. The log knows its own true numbers, so that what a report
says can be held against them.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from toolkit.demo.visitors import Crowd, Guest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOST: Final = "sen.example"
VISIT_ENDS_AFTER: Final = 1800
"""Seconds without a request."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PER_VISIT: Final = 11.4
"""Requests of a visit on the average, measured on what is made below."""
# How much of a day's visits begin in each hour: lunch, and the evening.
_HOURS: Final = (14, 9, 6, 5, 6, 10, 20, 34, 48, 55, 58, 62, 64, 55, 52, 54, 55, 54, 56, 66, 80, 84, 64, 34)
_TOPICS: Final = ("son-duong", "sua-rua-mat", "kem-chong-nang", "tinh-dau", "qua-tang", "toner", "serum", "mat-na")
_SHAPES: Final = ((5, "woff2"), (30, "css"), (40, "js"), (900, "webp"), (500, "jpg"), (60, "svg"), (40, "png"))
_PROBED: Final = (
    "/wp-login.php", "/xmlrpc.php", "/.env", "/.git/config", "/phpmyadmin/index.php", "/wp-content/plugins/x.php",
    "/admin.php", "/vendor/phpunit/eval-stdin.php", "/owa/auth/logon.aspx", "/cgi-bin/luci", "/boaform/admin/formLogin",
)  # fmt: skip
_MOST_PAGES, _MOST_WORDS = 3_000, 4_000


class Line(NamedTuple):
    """A line of the log, without its end, and what was meant by it. `at`: seconds since 1970."""

    at: int
    address: str
    agent: str
    target: str
    status: int
    size: int
    text: str


@dataclass
class Truth:
    """The true numbers of a log. Days are those of the site's zone; a visitor is an address with an agent on one day;
    a visit ends after half an hour without a request. `not_found` are requests answered with 404."""

    zone: str
    lines: int = 0
    size: int = 0
    visitors: int = 0
    visits: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    visitors_by_day: Counter[date] = field(default_factory=Counter)
    _seen: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _day: tuple[int, int, date] = field(default=(0, 0, date.min), repr=False)

    @property
    def not_found(self) -> int:
        return self.statuses[404]

    def add(self, line: Line) -> None:
        """Count a line; lines come in the order of their moments."""
        begin, end, day = self._day
        if not begin <= line.at < end:
            day = datetime.fromtimestamp(line.at, ZoneInfo(self.zone)).date()
            self._day = (_midnight(day, self.zone), _midnight(day + timedelta(days=1), self.zone), day)
            self._seen = {}
        self.lines += 1
        self.size += line.size
        self.statuses[line.status] += 1
        self.days[day] += 1
        visitor = (line.address, line.agent)
        before = self._seen.get(visitor)
        if before is None:
            self.visitors += 1
            self.visitors_by_day[day] += 1
        if before is None or line.at - before > VISIT_ENDS_AFTER:
            self.visits += 1
        self._seen[visitor] = line.at


def write_access_log(
    path: Path, lines: int, *, first: date, days: int = 30, zone: str = "Asia/Ho_Chi_Minh", seed: int = 1
) -> Truth:
    """Write a log in combined format, and say its true numbers. The same arguments are the same file."""
    truth = Truth(zone)
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        for line in access_log(lines, first=first, days=days, zone=zone, seed=seed):
            truth.add(line)
            file.write(f"{line.text}\n")
    return truth


def access_log(lines: int, *, first: date, days: int, zone: str, seed: int = 1) -> Iterator[Line]:
    """So many lines over about so many days, in the order of their moments. `zone` is the server's, and the site's."""
    chance = random.Random(seed)
    clock = _Clock(ZoneInfo(zone))
    site = _Site(chance, lines, clock)
    waiting: dict[int, list[Line]] = {}
    made = 0
    begin = _midnight(first, zone)
    share = lines / days / _PER_VISIT / sum(_HOURS)
    hour = begin // 3600
    while made < lines:
        local = datetime.fromtimestamp(hour * 3600, clock.zone)
        # shops are looked at most on Mondays and least at the weekend; campaigns come and go
        swing = (1.15, 1.1, 1.05, 1.0, 1.0, 0.85, 0.85)[local.weekday()] * (1 + 0.2 * math.sin(local.toordinal() / 5))
        begun = share * _HOURS[local.hour] * swing
        for _ in range(int(begun) + (chance.random() < begun % 1)):
            for line in site.visit(hour * 3600 + int(chance.random() * 3600)):
                waiting.setdefault(line.at // 3600, []).append(line)
        for line in sorted(waiting.pop(hour, ()), key=_moment):
            yield line
            made += 1
            if made == lines:
                return
        hour += 1


def _moment(line: Line) -> int:
    return line.at


def _midnight(day: date, zone: str) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


class _Clock:
    """Moments as a server writes them; a minute's words are made once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._minute = -1
        self._words = ("", "")

    def __call__(self, at: int) -> str:
        minute, second = divmod(at, 60)
        if minute != self._minute:
            moment = datetime.fromtimestamp(minute * 60, self.zone)
            self._minute = minute
            self._words = (
                f"{moment.day:02}/{_MONTHS[moment.month - 1]}/{moment.year}:{moment.hour:02}:{moment.minute:02}:",
                f"{moment:%z}",
            )
        return f"{self._words[0]}{second:02} {self._words[1]}"


class _Heavy:
    """Picks among things of which the first is the most frequent, the second about half as frequent, and so on."""

    def __init__(self, chance: random.Random, count: int, power: float = 1.0) -> None:
        self._draw = chance.random
        self._sums = list(accumulate((place + 1) ** -power for place in range(count)))

    def __call__(self) -> int:
        return bisect_left(self._sums, self._draw() * self._sums[-1])


class _Site:
    """The site and who comes to it."""

    def __init__(self, chance: random.Random, lines: int, clock: _Clock) -> None:
        self._chance = chance
        self._clock = clock
        pages = max(60, min(_MOST_PAGES, lines // 300))
        self.pages = ["/", "/san-pham", "/lien-he", *(self._page(number) for number in range(3, pages))]
        self._files = [self._file(number) for number in range(max(120, pages))]
        self._page_of = _Heavy(chance, pages, 1.05)
        self._file_of = _Heavy(chance, len(self._files), 0.8)
        self._crowd = Crowd(chance, lines)
        self._word_of = _Heavy(chance, _MOST_WORDS)

    def _page(self, number: int) -> str:
        topic = _TOPICS[number % len(_TOPICS)]
        return (f"/san-pham/{topic}-{number}", f"/blog/{2024 + number % 3}/{topic}-cho-da-kho-{number}",
                f"/danh-muc/{topic}/{number}", f"/bai-viet/{number}.html")[number % 4]  # fmt: skip

    def _file(self, number: int) -> tuple[str, int]:
        kinds: Sequence[tuple[int, str]] = _SHAPES
        weight, kind = kinds[number % len(kinds)]
        return f"/assets/{kind}/{number:x}a{number * 7919 % 65_521:04x}.{kind}", weight * 100

    def visit(self, at: int) -> Iterator[Line]:
        """The requests of one visit that begins at a second."""
        guest = self._crowd.guest()
        if guest.kind == "person":
            yield from self._person(guest, at)
        elif guest.kind == "scanner":
            for _ in range(1 + int(self._chance.paretovariate(0.9)) % 60):
                probe = _PROBED[int(self._chance.random() * len(_PROBED))]
                odd = self._chance.random()
                request = r"\x16\x03\x01\x02" if odd < 0.04 else f"GET {probe} HTTP/1.1"
                yield self._line(guest, at, request, (400 if odd < 0.04 else 404, 555), "-")
                at += int(self._chance.random() * 3)
        else:
            yield from self._crawler(guest, at)

    def _crawler(self, guest: Guest, at: int) -> Iterator[Line]:
        if self._chance.random() < 0.2:
            yield self._line(guest, at, "GET /robots.txt HTTP/1.1", (200, 312), "-")
        for _ in range(min(int(self._chance.paretovariate(0.8)), 300)):
            at += 1 + int(self._chance.expovariate(0.2))
            status = self._status(0.04)
            page = self.pages[int(self._chance.random() * len(self.pages))] if status != 404 else self._gone()
            yield self._line(guest, at, f"GET {page} HTTP/1.1", (status, self._size(status, 24_000)), "-")

    def _person(self, guest: Guest, at: int) -> Iterator[Line]:
        chance = self._chance
        protocol = "HTTP/2.0" if chance.random() < 0.8 else "HTTP/1.1"
        referrer, marks = guest.referrer, guest.marks
        fetched = 9 if not guest.again else 2
        for _ in range(1 + int(chance.expovariate(0.75))):
            status = self._status(0.015)
            page = self.pages[self._page_of()] if status != 404 else self._gone()
            target = f"{page}{marks}" if marks else page
            if not marks and chance.random() < 0.02:
                target = f"/tim-kiem?q={_TOPICS[self._word_of() % 8]}+{self._word_of()}"
            yield self._line(guest, at, f"GET {target} {protocol}", (status, self._size(status, 18_000)), referrer)
            referrer = f"https://{HOST}{page}"
            for _ in range(int(chance.random() * 2 * fetched)):
                path, weight = self._files[self._file_of()]
                code = 304 if guest.again and chance.random() < 0.6 else 200
                size = 0 if code == 304 else weight + int(chance.random() * weight)
                soon = at + int(chance.random() * 3)
                yield self._line(guest, soon, f"GET {path} {protocol}", (code, size), referrer)
            if chance.random() < 0.06:
                yield self._line(guest, at + 2, f"POST /gio-hang {protocol}", (302, 0), referrer)
            fetched, marks = 3, ""
            at += 3 + int(chance.lognormvariate(3.6, 1.1))

    def _status(self, missing: float) -> int:
        draw = self._chance.random()
        if draw < missing:
            return 404
        if draw < missing + 0.03:
            return 301
        return 500 if draw > 0.998 else 200

    def _size(self, status: int, usual: int) -> int:
        if status == 301:
            return 169
        return 555 if status in (404, 500) else usual + int(self._chance.expovariate(1 / usual))

    def _gone(self) -> str:
        return f"/cu/{_TOPICS[self._word_of() % 8]}-{self._word_of()}"

    def _line(self, guest: Guest, at: int, request: str, answer: tuple[int, int], referrer: str) -> Line:
        status, size = answer
        target = request.partition(" ")[2].rpartition(" ")[0] or request
        return Line(
            at, guest.address, guest.agent, target, status, size,
            f'{guest.address} - - [{self._clock(at)}] "{request}" {status} {size} "{referrer}" "{guest.agent}"',
        )  # fmt: skip
