"""Where "now" and "today" come from, so that nothing else asks the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

HOME_ZONE = "Asia/Ho_Chi_Minh"


class Clock(Protocol):
    """The time as the program sees it."""

    def now(self) -> datetime:
        """The moment, aware."""
        ...

    def today(self) -> date:
        """The day on the member's wall."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The machine's clock, seen in a time zone (an IANA name)."""

    tz: str = HOME_ZONE

    def now(self) -> datetime:
        return datetime.now(ZoneInfo(self.tz))

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still at an aware moment: for `--today` and for tests."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock needs an aware moment")

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()
