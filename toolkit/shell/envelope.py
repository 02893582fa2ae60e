"""What a program reads: values as JSON, and the one envelope `{"status", "data", "problems"}`."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from toolkit.shell.problems import remedy, sentence

if TYPE_CHECKING:
    from toolkit.core.outcome import Outcome, Problem
    from toolkit.shell.messages import Messages

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# Unicode's control and format characters, its line separators and lone surrogates.
_UNSAFE: Final = re.compile(
    "[\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff0-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def to_jsonable(value: object) -> Json:
    """`value` as JSON has it.

    Dataclasses become objects, dates and times ISO 8601 text, durations seconds, enums their values, fractions and
    decimals text ("1/3"), infinities and NaN null (a figure that is missing). TypeError for anything else.
    """
    if value is None or (isinstance(value, bool | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return to_jsonable(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Fraction | Decimal | PurePath):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_jsonable(getattr(value, field.name)) for field in fields(value)}
    return _container(value)


def _container(value: object) -> Json:
    if isinstance(value, Mapping):
        return {_key(key): to_jsonable(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((to_jsonable(item) for item in value), key=repr)
    if isinstance(value, list | tuple):
        return [to_jsonable(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _key(key: object) -> str:
    text = to_jsonable(key)
    return text if isinstance(text, str) else json.dumps(text)


def problem_json(problem: Problem, messages: Messages) -> dict[str, Json]:
    """A problem with the same keys always; what is unknown is null."""
    place = problem.place
    return {
        "code": problem.code,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "value": problem.value,
        "message": sentence(problem, messages),
        "suggestion": remedy(problem, messages),
    }


def envelope(outcome: Outcome[Any], data: object, messages: Messages) -> dict[str, Json]:
    """The envelope of `outcome`, with `data` in the place of its own data.

    Notes are no problems: where there are any, they stand in the data, under `notes`, with the keys of a problem.
    """
    plain = to_jsonable(data)
    if outcome.notes and isinstance(plain, dict):
        plain["notes"] = [problem_json(note, messages) for note in outcome.notes]
    return {
        "status": outcome.status,
        "data": plain,
        "problems": [problem_json(problem, messages) for problem in outcome.problems],
    }


def dumps(value: Json, *, unicode: bool, indent: int | None = None) -> str:
    """JSON text that is safe in a terminal: control, bidi and invisible characters are \\u escapes."""
    text = json.dumps(value, ensure_ascii=not unicode, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], text)
