"""What tests of the Google side share: events, operations, a target on a loopback Google, a clock that only counts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from toolkit.calendar.adapters.google import GoogleTarget
from toolkit.calendar.identity import content_hash, event_id
from toolkit.calendar.model import Event
from toolkit.calendar.ports import Marks, Operation, OperationKind, Result
from toolkit.google.client import GoogleClient
from toolkit.google.endpoint import Endpoint
from toolkit.google.retry import Persistence
from toolkit.net.persistence import Pace, Patience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.demo.google_calendar import LoopbackGoogle

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
IMPORT = "lịch học"


class Ids(dict[str, str]):
    """Which calendar is ours, remembered in memory."""

    def load(self, name: str) -> str | None:
        return self.get(name)

    def save(self, name: str, calendar_id: str) -> None:
        self[name] = calendar_id


@dataclass
class Counted:
    """A clock that stands still except while someone sleeps on it."""

    at: datetime = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def persistence(self, *, per_second: float | None = None, jitter: float = 0.0) -> Persistence:
        """Persistence on this clock. `jitter` is where in 0 … 1 every draw falls."""
        return Persistence(
            patience=Patience(),
            pace=Pace(per_second, monotonic=self.monotonic, sleep=self.sleep),
            sleep=self.sleep,
            chance=lambda low, high: low + jitter * (high - low),
            now=self.now,
        )


def event(number: int = 0, **changes: Any) -> Event:
    """An hour on 1 December 2026 and after; `changes` replace fields."""
    start = datetime(2026, 12, 1, 8, 30, tzinfo=HANOI) + timedelta(hours=number)
    fields: dict[str, Any] = {
        "summary": f"Gặp khách {number}",
        "start": start,
        "end": start + timedelta(hours=1),
        "timezone": "Asia/Ho_Chi_Minh",
        "location": "Quán Đo Đo",
    }
    return Event(**{**fields, **changes})


def operation(
    kind: OperationKind, number: int = 0, wanted: Event | None = None, *, etag: str = "", run: str = "run1"
) -> Operation:
    """A write of row `number`; its key depends on the number alone, so that an update is about the same row."""
    key = f"row {number}"
    if kind == "delete":
        return Operation(kind, event_id(key), None, None, etag)
    wanted = wanted or event(number)
    return Operation(kind, event_id(key), wanted, Marks(IMPORT, key, content_hash(wanted), run), etag)


def id_of(number: int) -> str:
    return event_id(f"row {number}")


def drain(results: Iterable[Result], into: list[Result]) -> None:
    """Collect results one by one, so that those before an error are kept."""
    for result in results:
        into.append(result)


@contextmanager
def client_of(
    google: LoopbackGoogle, clock: Counted | None = None, *, deadline: float = 20.0, per_second: float | None = None
) -> Iterator[GoogleClient]:
    persistence = (clock or Counted()).persistence(per_second=per_second)
    credentials = google.credentials()
    with GoogleClient(
        credentials, endpoint=Endpoint(google.root), persistence=persistence, deadline=deadline
    ) as client:
        yield client


@contextmanager
def target_on(
    google: LoopbackGoogle,
    clock: Counted | None = None,
    *,
    ids: Ids | None = None,
    deadline: float = 20.0,
    per_second: float | None = None,
) -> Iterator[GoogleTarget]:
    """The calendar "Sổ tay – Học" on a loopback Google, through the real client library."""
    with client_of(google, clock, deadline=deadline, per_second=per_second) as client:
        yield GoogleTarget(client, "Học", Ids() if ids is None else ids)
