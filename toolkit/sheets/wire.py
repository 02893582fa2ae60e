"""What the reading process sends to the one that started it: JSON lines, checked on arrival.

A process that has parsed a hostile file is not trusted: no pickle, every value's type looked at again. A cell travels
as null, a string, a number or a boolean when it looks like what it holds; else as [tag, raw, text, flags].
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from toolkit.sheets.numbers import general

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.model import Shows, Value

STRUCK, SHOWS_DATE, SHOWS_TIME, FONT_TCVN3, FONT_VNI, FONT_CAPITALS = 1, 2, 4, 8, 16, 32

Packed = None | str | int | float | bool | list[str | int | float | None]


class Found(NamedTuple):
    """A cell's content before it has a place."""

    value: Value
    text: str
    shows: Shows = ""
    flags: int = 0


class WireError(Exception):
    """The reading process sent something that it never sends."""


def pack(value: Value, text: str, shows: Shows, flags: int) -> Packed:
    """One cell for the journey."""
    if shows:
        flags |= SHOWS_DATE if shows == "date" else SHOWS_TIME
    if isinstance(value, str):
        return value if not flags and text == value else ["s", value, text, flags]
    if value is None:
        return ["x", None, text, flags] if text else None
    if isinstance(value, bool):
        return value if not flags and text == str(value).upper() else ["b", int(value), text, flags]
    if isinstance(value, (int, float)):
        return value if not flags and text == general(float(value)) else ["n", value, text, flags]
    if isinstance(value, datetime):
        return ["m", value.isoformat(), text, flags]
    if isinstance(value, date):
        return ["d", value.isoformat(), text, flags]
    if isinstance(value, time):
        return ["t", value.isoformat(), text, flags]
    return ["e", int(value.total_seconds()), text, flags]


def unpack(packed: object) -> Found | None:
    """One cell after the journey; None for an empty one. Anything unexpected raises WireError."""
    if packed is None:
        return None
    if isinstance(packed, str):
        return Found(packed, packed)
    if isinstance(packed, bool):
        return Found(packed, "TRUE" if packed else "FALSE")
    if isinstance(packed, (int, float)):
        return Found(packed, general(float(packed)))
    if not isinstance(packed, list) or len(packed) != 4:
        raise WireError
    tag, raw, text, flags = packed
    if not isinstance(text, str) or not isinstance(flags, int):
        raise WireError
    shows: Shows = "date" if flags & SHOWS_DATE else "time" if flags & SHOWS_TIME else ""
    try:
        return Found(_value(tag, raw), text, shows, flags)
    except (TypeError, ValueError, OverflowError) as error:
        raise WireError from error


def _value(tag: object, raw: object) -> Value:
    match tag, raw:
        case "s", str():
            return raw
        case "n", int() | float():
            return raw
        case "b", int():
            return bool(raw)
        case "m", str():
            return datetime.fromisoformat(raw)
        case "d", str():
            return date.fromisoformat(raw)
        case "t", str():
            return time.fromisoformat(raw)
        case "e", int():
            return timedelta(seconds=raw)
        case "x", None:
            return None
    raise WireError


def whole_numbers(raw: object, count: int | None = None) -> Sequence[int]:
    """A list of whole numbers, as it must be."""
    if not isinstance(raw, list) or any(type(item) is not int for item in raw):
        raise WireError
    if count is not None and len(raw) != count:
        raise WireError
    return raw
