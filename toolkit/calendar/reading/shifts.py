"""Shift codes: what a sheet's legend, a profile and the cells of a roster say about the hours of "S", "Ca 1", "HC"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.core.dates import TimeRange, parse_time, parse_times
from toolkit.core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.calendar.reading.options import Hours
    from toolkit.core.dates import Session
    from toolkit.sheets.model import Cell, Row

NAME_LIMIT = 40
_MOST_PER_CELL = 30
_TEXT_LIMIT = 1_000

#: Said in so many words: nobody works.
OFF = frozenset({
    "off", "nghi", "nghi phep", "phep", "phep nam", "nghi bu", "nghi le", "nghi om", "nghi viec", "khong", "trong",
    "-", "--", "---", "–", "—", ".", "..", "ngay nghi", "day off", "leave", "rest",
})  # fmt: skip
#: Letters that timesheets use for a kind of leave. Taken for it only where nothing explains them, and said.
LEAVE_LETTERS = frozenset({"p", "np", "nb", "nl", "al"})

_PARTS = re.compile(r"[\n;/+,&]")
_LINES = re.compile(r"[\n;|\t]|, ?(?=[^\d\s,:=][^,:=]{0,20}[:=])|(?<=[\dhg)]) {2,9}(?=\S)")
_ENTRIES = (
    re.compile(r"(?P<name>[^:=]{1,60}?) ?[:=](?P<rest>.{2,80})"),
    re.compile(r"(?P<name>[^:=(]{1,60}?)(?: - | – | từ (?=\d)| ?(?=\())(?P<rest>.{2,80})"),
)
_BEFORE = re.compile(r"(?:ghi chú|chú thích|ký hiệu|kí hiệu|quy ước|note|legend) ?: ?", re.IGNORECASE)
_HOURS_AT_END = re.compile(r"(?P<label>\D{0,50}?)[ (:,–-]{0,4}(?P<hours>\(?(?:từ )?\d{1,2} ?(?:h|g|:|giờ).{1,50})")
_BRACKET = re.compile(r"(?P<label>[^()]{1,40}) ?\((?P<code>[^()\d]{1,4}\d?)\)")
_NEXT_DAY = re.compile(r" ?\(?(?:sáng |của )?(?:ngày )?(?:hôm sau|hs|\+1)\)?$", re.IGNORECASE)
_SESSION_WORDS = frozenset({"sang", "trua", "chieu", "toi", "dem", "ngay"})
_SESSIONS: Mapping[str, Session] = {"sang": "morning", "chieu": "afternoon", "toi": "evening"}
_TO = re.compile(r" ?(?:-|–|—|đến|->|→) ?")


@dataclass(frozen=True)
class Shift:
    """A shift by its name, with its hours in order; one without hours is time off. An end that isn't after its start
    lies on the next day."""

    name: str
    ranges: tuple[tuple[time, time], ...] = ()

    @property
    def slots(self) -> tuple[TimeRange, ...]:
        return tuple(TimeRange(start, end, 1 if end <= start else 0) for start, end in self.ranges)


def code_key(text: str) -> str:
    """The key of a code: case and spaces don't matter, marks do ("Đ" is the night, "D" may be the day)."""
    return " ".join(clean(text[:NAME_LIMIT]).casefold().split())


@lru_cache(maxsize=4096)
def shift_hours(text: str, session: Session | None = None) -> tuple[tuple[time, time], ...]:
    """`6h-14h`, `7h30-11h30, 13h30-17h`, `16h30-7h30 hôm sau`; empty where the text says anything else.

    `2h-10h` may be the night or the afternoon: it is empty too, unless `session` tells.
    """
    text = clean(text[:100]).strip(" ()[].")
    ends_next_day = _NEXT_DAY.search(text)
    if ends_next_day:
        ends = [parse_time(part, column=True).value for part in _TO.split(text[: ends_next_day.start()])]
        return ((ends[0], ends[1]),) if len(ends) == 2 and ends[0] is not None and ends[1] is not None else ()
    slots = parse_times(text, column=True, ask_bare_hours=True, session=session).value
    ranges = tuple((s.start, s.end) for s in slots or () if isinstance(s, TimeRange) and s.end is not None)
    return ranges if slots is not None and len(ranges) == len(slots) else ()


class Legend:
    """What codes mean: what the profile that was asked for says, then the sheet, then the other sheets of the file."""

    def __init__(self, own: Mapping[str, Shift], hours: Hours, elsewhere: Mapping[str, Shift]) -> None:
        self._exact = {**elsewhere, **own, **hours.codes}
        self._hours = hours
        folded: dict[str, set[Shift]] = {}
        for key, shift in self._exact.items():
            folded.setdefault(fold(key), set()).add(shift)
        self._folded = {key: shifts.pop() for key, shifts in folded.items() if len(shifts) == 1}

    def shift(self, text: str) -> Shift | None:
        """The shift that a code names; None where nothing says."""
        key, folded = code_key(text), fold(text[:NAME_LIMIT])
        bare = key.removeprefix("ca ")
        found = self._exact.get(key) or self._exact.get(bare) or self._exact.get(f"ca {key}")
        if found is None:
            found = self._folded.get(folded) or self._folded.get(f"ca {folded}")
        if found is not None:
            return found
        for name in (folded, folded.removeprefix("ca ").strip(), f"ca {folded}"):
            known = self._hours.shifts.get(name) or self._hours.sessions.get(name)
            if known is not None:
                return Shift(shift_name(text), (known,))
        if folded in OFF:
            return Shift(clean(text))
        ranges = shift_hours(text) if _says_hours(text) else ()
        return Shift("Ca làm", ranges) if ranges else None

    def shifts(self, text: str) -> list[Shift] | None:
        """The shifts of a cell: `S`, `8h-16h`, `S/C`, `Ca 1 (6h-14h)`; None where one of them isn't known."""
        whole = self.shift(text)
        if whole is not None:
            return [whole]
        explained = _explained(clean(text[:100]))
        if explained is not None and explained[1].ranges:
            return [explained[1]]
        parts = [part.strip() for part in _PARTS.split(text[:_TEXT_LIMIT]) if part.strip()]
        if not 2 <= len(parts) <= 4:
            return None
        found = [self.shift(part) for part in parts]
        return [shift for shift in found if shift is not None] if None not in found else None


def _says_hours(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c in text for c in "-–—đ→;,")


def shift_name(text: str) -> str:
    """How an event of this shift is called: "Ca S", "Ca sáng", but "Trực đêm" as it is."""
    text = " ".join(clean(text).split())
    if fold(text).split()[-1:] and fold(text).split()[-1] in _SESSION_WORDS:
        return _label(text.removeprefix("Buổi ").removeprefix("buổi "))
    return f"Ca {text}" if len(text) <= 6 and not fold(text).startswith("ca") else text


def is_code_like(text: str) -> bool:
    """Whether a cell may hold shift codes: short, no sentence."""
    folded = fold(text[:60])
    if not folded or len(folded) > 40:
        return False
    if folded in OFF or shift_hours(text) or _explained(clean(text[:100])) is not None:
        return True
    return all(
        len(part) <= 4 or re.fullmatch(r"(?:ca|truc) [a-z0-9]{1,7}|sang|chieu|toi|dem|trua", part)
        for part in map(str.strip, _PARTS.split(folded))
    )


# --- legends -------------------------------------------------------------------------------------------------------


def read_codes(rows: Iterable[Row]) -> dict[str, Shift]:
    """Every code that these rows explain, in sentences ("S: ca sáng 6h-14h") or in cells beside each other.

    A code that two places explain differently isn't known.
    """
    found: dict[str, set[Shift]] = {}
    for row in rows:
        for name, shift in _in_row(row):
            found.setdefault(code_key(name), set()).add(shift)
    known: dict[str, Shift] = {}
    for key, shifts in found.items():
        if len({shift.ranges for shift in shifts}) == 1:
            known[key] = max(shifts, key=lambda shift: (len(shift.name), shift.name))
    return known


def _in_row(row: Row) -> Iterator[tuple[str, Shift]]:
    own = [cell for cell in row.cells if not cell.blank and not cell.covered]
    for index, cell in enumerate(own):
        if not isinstance(cell.value, str):
            continue
        entries = list(explained_in(cell.value)) if 4 <= len(cell.value) <= _TEXT_LIMIT else []
        yield from entries
        if not entries and index + 1 < len(own) and is_code_like(cell.text) and not shift_hours(cell.text):
            beside = _beside(cell, own[index + 1 : index + 4])
            if beside is not None:
                yield from _both_names(cell.text, beside)


def _beside(code: Cell, cells: Sequence[Cell]) -> Shift | None:
    """The hours in the cells right of a code, perhaps behind what the shift is called."""
    label = ""
    for index, cell in enumerate(cells):
        moment = _moment(cell)
        if moment is not None:
            end = _moment(cells[index + 1]) if index + 1 < len(cells) else None
            return Shift(label or shift_name(code.text), ((moment, end),)) if end is not None else None
        ranges = shift_hours(cell.text) if isinstance(cell.value, str) and _says_hours(cell.text) else ()
        if ranges:
            return Shift(label or shift_name(code.text), ranges)
        if index or not isinstance(cell.value, str):
            return None
        label = _label(" ".join(clean(cell.text[:NAME_LIMIT]).split()))
    return Shift(clean(cells[0].text)) if fold(cells[0].text[:40]) in OFF else None


def _moment(cell: Cell) -> time | None:
    value = cell.value.time() if isinstance(cell.value, datetime) else cell.value
    return value if isinstance(value, time) else None


def explained_in(text: str) -> Iterator[tuple[str, Shift]]:
    """`S: 6h-14h, C: 14h-22h`, one per line, `;` or `,`; `Ca sáng (S): 6h-14h`; `P: nghỉ phép`."""
    for part in _LINES.split(text[:_TEXT_LIMIT])[:_MOST_PER_CELL]:
        found = _explained(clean(part))
        if found is not None:
            yield from _both_names(*found)


def _explained(part: str) -> tuple[str, Shift] | None:
    part = part.strip(" .*•-–")
    before = _BEFORE.match(part)
    part = part[before.end() :] if before else part
    entry = next((found for pattern in _ENTRIES if (found := pattern.fullmatch(part))), None)
    if entry is None:
        return None
    name, rest = entry["name"].strip(' "“”'), entry["rest"].strip(" :=-–")
    if not name or len(name) > NAME_LIMIT or name[0].isdigit():
        return None
    if fold(rest) in OFF:
        return name, Shift(rest)
    with_label = _HOURS_AT_END.fullmatch(rest)
    label = with_label["label"].strip(" (:,-–") if with_label else ""
    session = next((session for word, session in _SESSIONS.items() if word in fold(f"{name} {label}").split()), None)
    ranges = shift_hours(with_label["hours"], session) if with_label else ()
    ranges = ranges or shift_hours(rest)
    return (name, Shift(_label(label) or shift_name(name), ranges)) if ranges else None


def _label(text: str) -> str:
    """What a legend calls a shift, as a title: "sáng" is "Ca sáng", "trực đêm" is "Trực đêm"."""
    if fold(text) in _SESSION_WORDS:
        return f"Ca {text.lower()}"
    return text[:1].upper() + text[1:]


def _both_names(name: str, shift: Shift) -> Iterator[tuple[str, Shift]]:
    """`Ca sáng (S)` goes by both names."""
    both = _BRACKET.fullmatch(name)
    if both is None:
        yield name, shift
        return
    label = both["label"].strip()
    own = _label(label) if shift.name == shift_name(name) else shift.name
    for each in (label, both["code"]):
        yield each, Shift(own, shift.ranges)
