"""What a cell says: one event or several, each with a title, perhaps hours of its own, a place, remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.calendar.reading.details import TEXT_LIMIT
from toolkit.calendar.reading.lines import one_line, tidy
from toolkit.core.dates import Session, Slot, TimeRange, parse_times
from toolkit.core.text import fold

if TYPE_CHECKING:
    from toolkit.sheets.model import Cell


_EMPTY = frozenset({"", "-", "--", "---", "—", "–", ".", "..", "x", "nghi", "off", "trong", "khong", "0"})
_BREAKS = frozenset({
    "nghi trua", "an trua", "nghi giai lao", "giai lao", "ra choi", "nghi giua gio", "an trua nghi trua", "lunch",
    "break", "lunch break",
})  # fmt: skip
_BEGINS_WITH_TIME = re.compile(r"[(\[]?(?:từ |lúc )?\d", re.IGNORECASE)
_NEXT_ITEM = re.compile(r"\n|; ?(?=(?:từ |lúc )?\d{1,2} ?(?:h|g|:\d\d|giờ))", re.IGNORECASE)
_MOST_TIME_WORDS = 8
_BULLET = re.compile(r"^[-•*+] {0,3}(?=\S)")
_PLACE = re.compile(
    r"\(?(?:p\.? ?[a-z]?\d|phòng|phong|room|giảng đường|hội trường|sân |nhà thi đấu|tại|ở |địa điểm|đ/?c\b|cơ sở|"
    r"online|zoom|google meet|ms teams)",
    re.IGNORECASE,
)
_PLACE_WORD = re.compile(r"^(?:tại|ở|địa điểm|đ/?c) ?:? ?", re.IGNORECASE)


@dataclass
class Item:
    """One event of a cell."""

    title: str
    slots: tuple[Slot, ...] = ()
    places: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def location(self) -> str:
        return ", ".join(dict.fromkeys(self.places))

    @property
    def description(self) -> str:
        return "\n".join(self.remarks)


def is_empty(cell: Cell) -> bool:
    """Nothing takes place here: blank, a dash, "nghỉ"."""
    return cell.blank or fold(cell.text[:20]) in _EMPTY


def is_break(cell: Cell) -> bool:
    """A pause between the events, whichever cell of its row it stands in."""
    return fold(cell.text[:40]) in _BREAKS


def items_in(cell: Cell, session: Session | None) -> list[Item]:
    """The events of a cell. A line that begins with hours or a bullet begins an event; others belong to the one above.

    Without such lines the first line is the title; a line that names a room is the place, the rest are remarks.
    """
    lines = [line for line in _NEXT_ITEM.split(tidy(cell.text[: TEXT_LIMIT + 1])) if line]
    found: list[Item] = []
    for line in lines:
        slots, rest = leading_time(line, session)
        bullet = _BULLET.match(rest)
        text = one_line(rest[bullet.end() :] if bullet else rest)
        if slots or bullet or not found:
            found.append(Item(text, slots))
        elif _PLACE.match(text):
            found[-1].places.append(_PLACE_WORD.sub("", text).strip("() "))
        else:
            found[-1].remarks.append(text)
    return found


def leading_time(line: str, session: Session | None) -> tuple[tuple[Slot, ...], str]:
    """The hours that a line begins with, and what follows them: `8h30: họp nhóm`, `14h-15h gặp khách`."""
    bare = _BULLET.sub("", line)
    if not _BEGINS_WITH_TIME.match(bare):
        return (), line
    words = bare.split(" ")
    for count in range(min(len(words) - 1, _MOST_TIME_WORDS), 0, -1):
        head = " ".join(words[:count]).strip(" :,;–-()")
        rest = " ".join(words[count:]).strip(" :,;–-")
        slots = parse_times(head, session=session).value if head and rest else None
        if slots and all(isinstance(slot, TimeRange) for slot in slots):
            return slots, rest
    return (), line
