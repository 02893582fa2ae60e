"""What comes back by itself: rent, bills, subscriptions, wages, found in the book and proposed to the member.

Nothing is recorded from a proposal. What the member has accepted is expected, offered when it is due, and recorded
only by them. A proposal is a name that comes at even steps with amounts that are alike; what comes whenever it likes,
such as coffee, is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.dates.resolve import shift_month, solar_clipped
from toolkit.core.text import fold
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from toolkit.core.dates.periods import Period
    from toolkit.expenses.model import Entry

Every = Literal["week", "month", "quarter", "year"]


@dataclass(frozen=True)
class _Rhythm:
    """`needed` occurrences make a rhythm; each may stand `slack` days beside its day, the middle one of all."""

    days: int
    months: int
    needed: int
    slack: int
    widest: int  # the biggest amount may be so many times the smallest, in tenths


RHYTHMS: Final[Mapping[Every, _Rhythm]] = {
    "week": _Rhythm(7, 0, 4, 1, 15),
    "month": _Rhythm(30, 1, 3, 6, 30),
    "quarter": _Rhythm(91, 3, 3, 12, 30),
    "year": _Rhythm(365, 12, 2, 20, 20),
}
OFFERED: Final = timedelta(days=31)
"""How long what was due is offered; after that it is let go without a word."""
MOST_LOOKED_AT: Final = 13  # newest occurrences of a name
_LONGEST_NAME: Final = 60
_WORDS_OF_A_NAME: Final = 3
# What a member writes around the name of a bill: the act of paying, and the month it is for.
_AROUND: Final = frozenset(
    {
        "dong", "tra", "nop", "thanh", "toan", "chuyen", "khoan", "gui", "mua", "nap", "tien", "phi", "hoa", "don",
        "bill", "thang", "ky", "dot", "tuan", "quy", "nam", "cho", "cua", "het", "ngay",
        "pay", "paid", "payment", "monthly", "month", "fee", "the", "for", "of",
    }
)  # fmt: skip
_COUNTED: Final = frozenset({"thang", "ky", "dot", "tuan", "quy", "nam", "ngay", "t", "month", "week", "year"})
_LONGEST_NOTE: Final = 400
_NUMBERED: Final = re.compile(r"[0-9]")
_TOKEN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, order=True)
class Recurs:
    """What recurring entries have in common; `key` is the part of their notes that stays (see `name_key`)."""

    key: str
    kind: Kind
    category: str


@dataclass(frozen=True)
class Proposal:
    """Something that has come `seen` times; `name` is the newest note without its month. `amount` is the newest one,
    `low` to `high` the range, in đồng or minor units of `currency`. `anchor` is the day on which it came that the
    others lie whole steps from, as nearly as possible; `last` is the newest."""

    what: Recurs
    name: str
    person: str
    account: str
    every: Every
    anchor: date
    last: date
    amount: int
    low: int
    high: int
    currency: str
    seen: int


@dataclass(frozen=True)
class Recurring:
    """A proposal that the member has accepted, or an agreement of their own. It is due on `anchor` and every step
    before and after it, first on or after `since`. `skipped` are due days that the member has passed over."""

    what: Recurs
    name: str
    person: str
    account: str
    every: Every
    anchor: date
    since: date
    amount: int
    currency: str
    skipped: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Due:
    """One day on which something accepted is expected and hasn't been recorded yet."""

    recurring: Recurring
    day: date


def plain_name(note: str) -> str:
    """A note without the month or the number that it is about: `tiền nhà tháng 10` is `tiền nhà`, next month too."""
    words = note[:_LONGEST_NOTE].split()
    kept = [
        word
        for place, word in enumerate(words)
        if not _NUMBERED.search(word)
        and not (fold(word) in _COUNTED and place + 1 < len(words) and _NUMBERED.search(words[place + 1]))
    ]
    return " ".join(kept) or note.strip()


def name_key(note: str) -> str:
    """What a note is called without its month, its numbers and the word for paying: `đóng tiền nhà t11` is `nha`.

    A note that consists of nothing else keeps its words; "" for one without words. The same for a note and for its
    `plain_name`.
    """
    words = [word for word in _TOKEN.findall(fold(plain_name(note))) if not _NUMBERED.search(word)]
    named = [word for word in words if word not in _AROUND] or words
    return " ".join(named[:_WORDS_OF_A_NAME])[:_LONGEST_NAME]


def proposals(entries: Iterable[Entry], today: date, *, known: Collection[Recurs] = ()) -> tuple[Proposal, ...]:
    """What comes back, found in entries up to `today`, the next to come first.

    `known` is what has been accepted or declined already. What has missed two of its turns
    has ended and isn't proposed.
    """
    named: defaultdict[tuple[Recurs, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is not Kind.TRANSFER and entry.day <= today and (what := _recurs(entry)).key:
            named[what, entry.currency].append(entry)
    found = [
        proposal
        for (what, _), several in named.items()
        if what not in known and len(several) > 1 and (proposal := _proposal(what, several, today))
    ]
    return tuple(sorted(found, key=lambda one: (next_after(one.anchor, one.every, today), one.what)))


def _recurs(entry: Entry) -> Recurs:
    return Recurs(name_key(entry.note), entry.kind, entry.category)


def occurrences(anchor: date, every: Every, since: date, until: date) -> Iterator[date]:
    """The days, from `since` to before `until`, that lie whole steps from `anchor`; the 31st is a month's last day."""
    rhythm = RHYTHMS[every]
    if rhythm.months:
        months = (since.year - anchor.year) * 12 + since.month - anchor.month
        step = months // rhythm.months - 1
    else:
        step = (since - anchor).days // rhythm.days - 1
    while True:
        day = _step_from(anchor, every, step)
        if day >= until:
            return
        if day >= since:
            yield day
        step += 1


def next_after(anchor: date, every: Every, day: date) -> date:
    """The first occurrence after `day`."""
    return next(occurrences(anchor, every, day + timedelta(days=1), day + timedelta(days=800)))


def first_turn(proposal: Proposal, today: date) -> date:
    """The turn from which on an accepted proposal is expected: the newest that has gone by, if it came after the one
    that `last` stands for and is still offered (`OFFERED`), else the next one."""
    settled = _nearest_turn(proposal.anchor, proposal.last, proposal.every)
    since = max(settled + timedelta(days=1), today - OFFERED)
    gone_by = list(occurrences(proposal.anchor, proposal.every, since, today + timedelta(days=1)))
    return gone_by[-1] if gone_by else next_after(proposal.anchor, proposal.every, max(settled, today))


def due(accepted: Iterable[Recurring], entries: Iterable[Entry], since: date, until: date) -> tuple[Due, ...]:
    """What is expected from `since` to before `until` and neither recorded nor skipped, in order of time.

    An entry of the same name and kind settles the nearest day that is expected, if it lies nearer than half a step;
    each entry settles one day, each day is settled once. Its category counts only where two of one name are expected:
    what the member typed in another way may have been sorted elsewhere.
    """
    accepted = tuple(accepted)
    names = Counter((one.what.key, one.what.kind) for one in accepted)
    kinds = {one.what.kind for one in accepted}
    days: defaultdict[tuple[str, Kind, str], list[date]] = defaultdict(list)
    for entry in entries:
        if entry.kind in kinds and (named := (name_key(entry.note), entry.kind)) in names:
            days[*named, entry.category if names[named] > 1 else ""].append(entry.day)
    open_days = []
    for one in accepted:
        reach = timedelta(days=RHYTHMS[one.every].days // 2)
        expected = list(occurrences(one.anchor, one.every, max(since, one.since), until))
        # A bill that came early settles the turn after `until`, not one within; its neighbours have to be known too.
        around = [*occurrences(one.anchor, one.every, since - 2 * reach, until + 3 * reach)]
        alone = names[one.what.key, one.what.kind] == 1
        paid = days[one.what.key, one.what.kind, "" if alone else one.what.category]
        settled = _settled(around, paid, reach)
        open_days += [Due(one, day) for day in expected if day not in settled and day not in one.skipped]
    return tuple(sorted(open_days, key=lambda one: (one.day, one.recurring.what)))


def _settled(expected: Sequence[date], days: Iterable[date], reach: timedelta) -> set[date]:
    pairs = sorted(
        (abs(day - turn), turn, place) for place, day in enumerate(days) for turn in expected if abs(day - turn) < reach
    )
    settled: set[date] = set()
    used: set[int] = set()
    for _, turn, place in pairs:
        if turn not in settled and place not in used:
            settled.add(turn)
            used.add(place)
    return settled


def expected_in(
    accepted: Iterable[Recurring], entries: Iterable[Entry], period: Period, today: date
) -> tuple[Due, ...]:
    """What a report of `period` still expects: the days of today and after it."""
    start = max(period.start, today)
    return due(accepted, entries, start, period.end) if start < period.end else ()


def _proposal(what: Recurs, entries: list[Entry], today: date) -> Proposal | None:
    """The shortest rhythm that the newest entries of one name keep, all of them or those with amounts alike."""
    newest = sorted(entries, key=lambda entry: (entry.day, entry.id))[-MOST_LOOKED_AT:]
    for alike in (newest, _alike(newest)):
        for every in RHYTHMS:
            if (anchor := _anchor(alike, every, today)) is not None:
                return _described(what, alike, every, anchor)
    return None


def _described(what: Recurs, entries: Sequence[Entry], every: Every, anchor: date) -> Proposal:
    last = entries[-1]
    amounts = [entry.amount for entry in entries]
    people = {fold(entry.person) for entry in entries}
    accounts = Counter(entry.account for entry in entries)
    return Proposal(
        what,
        plain_name(last.note),
        last.person if len(people) == 1 else "",
        accounts.most_common(1)[0][0],
        every,
        anchor,
        last.day,
        last.amount,
        min(amounts),
        max(amounts),
        last.currency,
        len(entries),
    )


def _alike(entries: Sequence[Entry]) -> list[Entry]:
    """Those whose amount is within a fifth of the most usual one: two loans of one name, paid off side by side."""
    usual = Counter(entry.amount for entry in entries).most_common(1)[0][0]
    return [entry for entry in entries if 4 * usual <= 5 * entry.amount and 4 * entry.amount <= 5 * usual]


def _anchor(entries: Sequence[Entry], every: Every, today: date) -> date | None:
    """The usual day of the rhythm that these entries keep; None if they don't keep it, or no longer."""
    rhythm = RHYTHMS[every]
    days = [entry.day for entry in entries]
    amounts = [entry.amount for entry in entries]
    if len(days) < rhythm.needed or 10 * max(amounts) > rhythm.widest * min(amounts):
        return None
    if not 3 * rhythm.days * (len(days) - 1) <= 4 * (days[-1] - days[0]).days <= 6 * rhythm.days * (len(days) - 1):
        return None  # on average nowhere near this rhythm: most names are dismissed here, cheaply
    usual = _usual_day(days, every)
    turns = [_nearest_turn(usual, day, every) for day in days]
    if any(abs(day - turn).days > rhythm.slack for day, turn in zip(days, turns, strict=True)):
        return None
    steps = [_steps_between(first, second, every) for first, second in pairwise(turns)]
    if any(step < 1 for step in steps) or sum(step > 1 for step in steps) > len(steps) // 4 or max(steps) > 2:
        return None
    ended = _step_from(turns[-1], every, 2) + timedelta(days=rhythm.slack)
    return None if today > ended else usual


def _usual_day(days: Sequence[date], every: Every) -> date:
    """A day that stands for all: the others lie nearest to whole steps from it; the newest of such days."""

    def away(one: date) -> tuple[int, int]:
        distances = [abs((_nearest_turn(one, other, every) - other).days) for other in days]
        return max(distances), sum(distances)

    return min(reversed(days), key=away)


def _nearest_turn(anchor: date, day: date, every: Every) -> date:
    around = timedelta(days=RHYTHMS[every].days)
    return min(occurrences(anchor, every, day - around, day + around), key=lambda turn: abs(turn - day))


def _steps_between(first: date, second: date, every: Every) -> int:
    rhythm = RHYTHMS[every]
    if rhythm.months:
        return ((second.year - first.year) * 12 + second.month - first.month) // rhythm.months
    return (second - first).days // rhythm.days


def _step_from(anchor: date, every: Every, steps: int) -> date:
    rhythm = RHYTHMS[every]
    if not rhythm.months:
        return anchor + timedelta(days=steps * rhythm.days)
    return solar_clipped(anchor.day, *shift_month(anchor.year, anchor.month, steps * rhythm.months))
