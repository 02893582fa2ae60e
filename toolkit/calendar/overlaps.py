"""Two places at once: events of an import that meet in time, among themselves and with what earlier imports made.

Whole days meet nothing: a holiday isn't in the way of a meeting, and a day off is known to whoever wrote it down.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import chain
from typing import TYPE_CHECKING, Final

from toolkit.calendar.agenda import Occurrence, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, tzinfo

    from toolkit.calendar.model import Event, Source

HORIZON: Final = timedelta(days=366)  # how far repetitions are followed
MOST_PAIRS: Final = 1_000
_MOST_COMPARED: Final = 200_000  # meetings that are looked at; a sheet in which everything meets everything ends here


@dataclass(frozen=True)
class Party:
    """An event that takes part: where it was read, or the import that made it earlier."""

    event: Event
    source: Source | None = None
    import_name: str = ""


@dataclass(frozen=True)
class Overlap:
    """Two events that meet. `start`–`end` is the first time they do, `times` how often within the horizon.

    `first` is the one that begins earlier.
    """

    first: Party
    second: Party
    start: datetime
    end: datetime
    times: int = 1


@dataclass(frozen=True)
class Overlaps:
    """The pairs, by the time of their first meeting; `complete` is False where there are more than are listed."""

    pairs: tuple[Overlap, ...] = ()
    complete: bool = True


def find_overlaps(
    mine: Sequence[Party], others: Iterable[Party], since: date, home: tzinfo | None, *, among_mine: bool = True
) -> Overlaps:
    """Which events of `mine` meet another of them, or one of `others`, from `since` on; each pair once.

    One sweep along the time line: every event is compared only with those that haven't ended when it begins. Events
    that end when another begins don't meet it. With `among_mine` False only meetings with `others` count.
    """
    parties = (*((party, True) for party in mine), *((party, False) for party in others))
    moments = sorted(chain.from_iterable(_moments(n, parties[n][0], since, home) for n in range(len(parties))))
    running: list[tuple[datetime, int, datetime]] = []  # end, party, start
    first_time: dict[tuple[int, int], tuple[datetime, datetime]] = {}
    times: Counter[tuple[int, int]] = Counter()
    compared, complete = 0, True
    for start, number, end in moments:
        while running and running[0][0] <= start:
            heappop(running)
        for other_end, other, _ in running:
            compared += 1
            is_mine, also_mine = parties[number][1], parties[other][1]
            if other == number or not (is_mine or also_mine) or (is_mine and also_mine and not among_mine):
                continue
            pair = (other, number)
            pair = pair if pair in times or pair[::-1] not in times else pair[::-1]
            if pair not in times and len(times) >= MOST_PAIRS:
                complete = False
                continue
            times[pair] += 1
            first_time.setdefault(pair, (start, min(end, other_end)))
        heappush(running, (end, number, start))
        if compared > _MOST_COMPARED:
            complete = False
            break
    found = [
        Overlap(parties[one][0], parties[two][0], *first_time[one, two], times[one, two]) for one, two in first_time
    ]
    return Overlaps(tuple(sorted(found, key=lambda overlap: overlap.start)), complete)


def _moments(number: int, party: Party, since: date, home: tzinfo | None) -> Iterator[tuple[datetime, int, datetime]]:
    """Start and end of each time that the event takes place, with the number of its party."""
    if party.event.all_day:
        return
    found: Iterable[Occurrence] = occurrences([party.event], since, since + HORIZON, home)
    for one in found:
        if isinstance(one.start, datetime) and isinstance(one.end, datetime) and one.start < one.end:
            yield one.start, number, one.end
