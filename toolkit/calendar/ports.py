"""What the calendar tool needs of a place where events live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.model import Event, Made

OperationKind = Literal["insert", "update", "delete"]
ResultKind = Literal["done", "conflict", "failed"]

PRIMARY = "primary"  # Google's own word for the calendar that every account has


@dataclass(frozen=True)
class Marks:
    """What is kept on an event, privately, so that a later import recognises it."""

    import_name: str
    key: str
    content: str
    run: str


@dataclass(frozen=True)
class Operation:
    """One write. `etag` guards an update or a delete: if the target's event has moved on, nothing is written."""

    kind: OperationKind
    event_id: str
    event: Event | None = None
    marks: Marks | None = None
    etag: str = ""


@dataclass(frozen=True)
class Result:
    """How one operation ended. `made` is the event as the target now holds it (None after a delete).

    `conflict`: the event was changed by someone else in between; nothing was written. `failed`: `code` and `detail`
    say why; a later run may try again.
    """

    operation: Operation
    kind: ResultKind
    made: Made | None = None
    code: str = ""
    detail: str = ""


class Target(Protocol):
    """A calendar that can be listed and written. Every method may raise RemoteError, SignInError or StoreError."""

    name: str

    def made_by(self, import_name: str) -> list[Made]:
        """Every event that imports of this name made and that still exists, in one listing."""
        ...

    def get(self, event_id: str) -> Made | None:
        """One event by id; None if it doesn't exist or is a tombstone."""
        ...

    def perform(self, operations: Sequence[Operation]) -> Iterator[Result]:
        """Write, in order, yielding one result per operation as soon as it is known to be durable."""
        ...
