"""Where an import goes: `local`, `ics:PATH` or `google`, and the adapter behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.calendar.ports import Target
from toolkit.core.errors import UsageError

TargetKind = Literal["local", "ics", "google"]

DEFAULT_CALENDAR = "Lịch"


@dataclass(frozen=True)
class TargetSpec:
    """A target as the member names it. `path` is absolute; `calendar` is the calendar's name within the target."""

    kind: TargetKind
    calendar: str = DEFAULT_CALENDAR
    path: str = ""

    @property
    def id(self) -> str:
        """The name under which the book files this target. An .ics file is its path, whatever it calls itself."""
        return f"{self.kind}:{self.path or self.calendar}"

    @property
    def batch(self) -> int:
        """How many writes are made between two looks at the journal. A file is replaced once, whatever it holds."""
        return {"local": 200, "ics": 1_000_000, "google": 50}[self.kind]


Opener = Callable[[TargetSpec], Target]


def parse_target(text: str, calendar: str | None = None, *, folder: Path) -> TargetSpec:
    """What `--to` and `--calendar` mean; a relative path starts in `folder`. Raises UsageError."""
    kind, _, rest = text.strip().partition(":")
    name = calendar or DEFAULT_CALENDAR
    if kind == "ics" and rest.strip():
        return TargetSpec("ics", name, str((folder / Path(rest.strip()).expanduser()).resolve()))
    if kind == "ics":
        raise UsageError("calendar.target_without_path", value=text)
    if kind in {"local", "google"} and not rest:
        return TargetSpec("local" if kind == "local" else "google", name)
    raise UsageError("calendar.unknown_target", value=text)


def target_of(identifier: str) -> TargetSpec:
    """The target that `TargetSpec.id` named."""
    kind, _, rest = identifier.partition(":")
    if kind == "ics":
        return TargetSpec("ics", path=rest)
    return TargetSpec("local" if kind == "local" else "google", rest)


def opener(kinds: Mapping[TargetKind, Opener]) -> Opener:
    """One opener out of one per kind; a kind that isn't there is refused like an unknown one."""

    def open_target(spec: TargetSpec) -> Target:
        if spec.kind not in kinds:
            raise UsageError("calendar.unknown_target", value=spec.kind)
        return kinds[spec.kind](spec)

    return open_target
