"""What the verbs of the calendar tool are told and what they give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.calendar.planning import is_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.calendar.applying import Ended
    from toolkit.calendar.journal import Run
    from toolkit.calendar.model import Change, Plan
    from toolkit.calendar.overlaps import Overlap, Overlaps
    from toolkit.calendar.planning import Draft, Refused, Remembered
    from toolkit.calendar.ports import OperationKind
    from toolkit.calendar.reading.options import ReadOptions, ReadResult
    from toolkit.calendar.targets import TargetSpec
    from toolkit.core.outcome import Problem


@dataclass(frozen=True)
class Choices:
    """What the member chose for an import. `name` is the import's own name; without one the file's name is used."""

    target: TargetSpec
    read: ReadOptions
    name: str | None = None
    encoding: str | None = None
    delete: int | None = None
    overwrite: bool = False


@dataclass(frozen=True)
class Snapshot:
    """A file as it was when the command began: whatever happens to the file afterwards, this is what is imported."""

    file: str
    digest: str
    import_name: str
    result: ReadResult
    refused: tuple[Refused, ...]
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What an import would do. `latest` is the newest run of the target when it was looked at; `overlaps` are events
    that would take place at the same time."""

    plan: Plan
    target: TargetSpec
    snapshot: Snapshot
    choices: Choices
    draft: Draft
    memory: Mapping[str, Remembered]
    latest: int
    overlaps: Overlaps
    same_as: str | None = None
    resumed: tuple[Ended, ...] = ()

    @property
    def file(self) -> str:
        return self.snapshot.file

    @property
    def writes(self) -> tuple[Change, ...]:
        return tuple(change for change in self.plan.changes if is_change(change))


@dataclass(frozen=True)
class Applied:
    """What an import did. `number` is None when nothing had to be written; `overlaps` are those of its plan."""

    file: str
    target: TargetSpec
    number: int | None
    made: Mapping[OperationKind, int]
    unchanged: int
    kept: int
    resumed: tuple[int, ...] = ()
    interrupted: bool = False
    declined: bool = False
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True)
class UndoPreview:
    """What undoing a run would do: writes by kind, and events that stay because they were changed since."""

    run: Run
    steps: Mapping[OperationKind, int]
    kept: int


@dataclass(frozen=True)
class Undone:
    """What undoing a run did. `kept` events of the run stay, because they were changed since."""

    run: Run
    made: Mapping[OperationKind, int]
    kept: int
    interrupted: bool = False


@dataclass(frozen=True)
class RunLine:
    """One line of the list of runs; the counts are of writes that were made, whether undone since or not."""

    run: Run
    made: Mapping[OperationKind, int] = field(default_factory=dict)
    missing: int = 0
