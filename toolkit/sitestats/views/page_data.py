"""What the script of a page reads, put together as small as it can be, and never larger than a page may be.

A page that is sent by chat and opened on a phone has to stay small whatever its log is like. So texts are cut in their
middle where they are endless, and tables that are too long give up their last rows, which the page says; no figure that
is left changes by that.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.text import nfc, terminal_safe
from toolkit.pages.page import embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from toolkit.sitestats.adapters.google_figures import SearchDay, Searches
    from toolkit.sitestats.cubes import Cube, Facts, Panel

MOST_BYTES: Final = 2_900_000
"""Of the data of a page; with its words, style, script and what is read without a script it stays below 3 MB."""
LONGEST: Final = 160
"""Signs of a text in a page; of a longer one its middle is left out."""
MOST_SEARCHES: Final = 1_000
MOST_SEARCH_DAYS: Final = 12_000
"""Most figures of search texts (or of found pages) by the day; beyond it the rarer texts are left out."""
_WHOLE: Final = ("all", "visits", "hours", "goals", "searched")
"""Tables that mean nothing without each of their rows; what they take is bounded by how they are made."""


def short(text: str) -> str:
    """Foreign text without controls and without what turns a line around, and no longer than a page can show."""
    clean = terminal_safe(nfc(text))
    if len(clean) <= LONGEST:
        return clean
    end = LONGEST // 5
    return f"{clean[: LONGEST - end - 1]}…{clean[-end:]}"


def labels_of(facts: Facts) -> dict[str, list[str]]:
    """The values of each dimension, days as `2026-11-22`."""
    return {
        name: [one.isoformat() if hasattr(one, "isoformat") else label(one) for one in labels]
        for name, labels in facts.labels.items()
    }


def label(text: str) -> str:
    """A value of a dimension; the one that stands for all others stays as it is."""
    return text if text == " " else short(text)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def panels_of(facts: Facts) -> dict[str, dict[str, Any]]:
    """Every table, ready to be read by the script."""
    return {name: _panel(panel, facts) for name, panel in facts.panels.items()}


def _panel(panel: Panel, facts: Facts) -> dict[str, Any]:
    return {
        "values": panel.values,
        "keys": [[short(part) if isinstance(part, str) else part for part in key] for key in panel.keys],
        "left": panel.left,
        "cubes": [
            {"dimensions": cube.dimensions, "rows": _packed(cube, len(panel.keys), facts.labels)}
            for cube in panel.cubes
        ],
    }


def _packed(cube: Cube, keys: int, labels: Mapping[str, Any]) -> list[list[int]]:
    """The rows of each key one after the other: how far the place among all combinations of the dimensions is from the
    one before, then the values."""
    sizes = [len(labels[name]) for name in cube.dimensions]
    found: list[list[int]] = [[] for _ in range(keys)]
    at = [0] * keys
    for key, *rest in cube.rows:
        cell = 0
        for size, place in zip(sizes, rest, strict=False):
            cell = cell * size + place
        found[key] += [cell - at[key], *rest[len(sizes) :]]
        at[key] = cell
    return found


def searches_of(found: Searches, facts: Facts) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Days of California that Search Console has counted, and the tables over them: `searched` (all), `searches` (by
    text), `found_pages` (by page). Only days within the page's own; positions are sums in thousandths."""
    days = sorted({one.day for one in found.days if facts.first <= one.day <= facts.last})
    cut: Callable[[date], date] = (lambda day: day) if facts.step == "day" else (lambda day: day.replace(day=1))
    steps = sorted({cut(day) for day in days})
    places = {step: place for place, step in enumerate(steps)}
    within = [one for one in found.days if facts.first <= one.day <= facts.last]
    told: dict[date, int] = defaultdict(int)
    for one in within:
        if one.kind == "query":
            told[cut(one.day)] += one.clicks
    tables = {
        "searched": _searched([one for one in within if one.kind == "all"], places, cut, told),
        "searches": _searched([one for one in within if one.kind == "query"], places, cut),
        "found_pages": _searched([one for one in within if one.kind == "page"], places, cut),
    }
    return [step.isoformat() for step in steps], tables


def _searched(
    rows: Sequence[SearchDay], places: Mapping[date, int], cut: Callable[[date], date],
    told: Mapping[date, int] | None = None,
) -> dict[str, Any]:  # fmt: skip
    sums: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for one in rows:
        sum_ = sums[one.key][cut(one.day)]
        for place, value in enumerate((one.clicks, one.impressions, one.position)):
            sum_[place] += value
    clicked = {key: sum(one[0] for one in days.values()) for key, days in sums.items()}
    ranked = sorted(sums, key=lambda key: (-clicked[key], key))
    room = accumulate(len(sums[key]) for key in ranked)
    kept = ranked[: min(MOST_SEARCHES, bisect_right(list(room), MOST_SEARCH_DAYS))]
    packed: list[list[int]] = []
    for key in kept:
        at, one_row = 0, []
        for day in sorted(sums[key]):
            one_row += [places[day] - at, *sums[key][day], *([told.get(day, 0)] if told is not None else []), 0]
            at = places[day]
        packed.append(one_row)
    return {
        "values": ["clicks", "impressions", "position", *(["told"] if told is not None else [])],
        "keys": [[short(key)] if key else [] for key in kept],
        "left": len(ranked) - len(kept),
        "cubes": [{"dimensions": ["searched"], "rows": packed}],
    }


def fitted(data: Mapping[str, Any], most: int = MOST_BYTES) -> dict[str, Any]:
    """The data of a page within `most` bytes: the tables that take the most give up their last rows, which are the
    rarest, until all of it fits; one row of each stays."""
    if len(embedded(data).encode()) <= most:
        return dict(data)
    panels = data["panels"]
    sizes = {name: _sizes(panel) for name, panel in panels.items()}
    free = most - len(embedded({**data, "panels": {}}).encode())
    cutable = [name for name in panels if name not in _WHOLE]
    free -= sum(sizes[name][-1] for name in panels if name not in cutable)
    limit = _level([sizes[name][-1] for name in cutable], free)
    trimmed = dict(panels)
    for name in cutable:
        # sizes[name][n] is what the frame and the first n rows take
        rows = max(bisect_right(sizes[name], limit) - 1, 1)
        trimmed[name] = _first(panels[name], rows)
    return {**data, "panels": trimmed}


def _sizes(panel: Mapping[str, Any]) -> list[int]:
    """How many bytes the table takes with none of its rows, with one, with two …"""
    frame = {**panel, "keys": [], "cubes": [{**cube, "rows": []} for cube in panel["cubes"]]}
    rows = [
        sum(len(embedded(part).encode()) + 1 for part in (key, *(cube["rows"][place] for cube in panel["cubes"])))
        for place, key in enumerate(panel["keys"])
    ]
    return list(accumulate(rows, initial=len(embedded(frame).encode()) + 64))


def _level(sizes: Sequence[int], free: int) -> int:
    """The most that each may take so that all of them take at most `free`."""
    left = sorted(sizes)
    for place, size in enumerate(left):
        even = free // (len(left) - place)
        if size > even:
            return even
        free -= size
    return left[-1] if left else 0


def _first(panel: Mapping[str, Any], rows: int) -> dict[str, Any]:
    dropped = max(len(panel["keys"]) - rows, 0)
    if not dropped:
        return dict(panel)
    cubes = [{**cube, "rows": cube["rows"][:rows]} for cube in panel["cubes"]]
    return {**panel, "keys": panel["keys"][:rows], "left": panel["left"] + dropped, "cubes": cubes}
