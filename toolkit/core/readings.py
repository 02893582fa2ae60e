"""What reading a phrase gives back: one value, several, or none with a reason. Never a guess."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from toolkit.core.outcome import Param, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One way to understand a phrase. `reason` says which way (a code), where there are several."""

    value: T
    reason: str = ""


@dataclass(frozen=True)
class Readings(Generic[T]):
    """Every way to understand a phrase.

    One option: the phrase is clear. Several: ask, or report it with `code` (an "ambiguous" code). None: `code` says
    why, `params` fill its sentence.
    """

    options: tuple[Reading[T], ...] = ()
    code: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def value(self) -> T | None:
        """The value where there is exactly one reading, else None."""
        return self.options[0].value if len(self.options) == 1 else None

    @property
    def values(self) -> tuple[T, ...]:
        return tuple(option.value for option in self.options)

    @property
    def certain(self) -> bool:
        return len(self.options) == 1

    @property
    def ambiguous(self) -> bool:
        return len(self.options) > 1

    def __bool__(self) -> bool:
        """True where there is at least one reading."""
        return bool(self.options)

    def map(self, change: Callable[[T], U]) -> Readings[U]:
        """The same readings of changed values."""
        options = tuple(Reading(change(option.value), option.reason) for option in self.options)
        return Readings(options, self.code, self.params)

    def problem(self, text: str, place: Place | None = None) -> Problem:
        """The problem to report where this isn't one clear reading; `text` is what stood there."""
        return Problem(self.code, place or Place(), self.params, text)


def one(value: T) -> Readings[T]:
    """A clear reading."""
    return Readings((Reading(value),))


def several(code: str, options: list[Reading[T]], show: Callable[[T], str] = str) -> Readings[T]:
    """Different values as an ambiguity, whose sentence shows them; the same value found twice is one clear reading."""
    unique: dict[T, Reading[T]] = {}
    for option in options:
        unique.setdefault(option.value, option)
    if len(unique) == 1:
        return Readings((Reading(options[0].value),))
    shown = " / ".join(dict.fromkeys(show(option.value) for option in unique.values()))
    return Readings(tuple(unique.values()), code, {"readings": shown})


def none(code: str, **params: Param) -> Readings[T]:
    """No reading, and why."""
    return Readings((), code, params)
