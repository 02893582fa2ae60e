"""Where an import goes: `local`, `ics:PATH`, `google` or `caldav:ADDRESS`, and the adapter behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.caldav.address import read_address
from toolkit.calendar.ports import Target
from toolkit.core.errors import UsageError
from toolkit.disk.folders import real_path

TargetKind = Literal["local", "ics", "google", "caldav"]

DEFAULT_CALENDAR = "Lịch"
DEFAULT_ACCOUNT = "default"


@dataclass(frozen=True)
class TargetSpec:
    """A target as the member names it. `path` is absolute, or the address of a CalDAV server or calendar; `calendar` is
    the calendar's name within the target; `account` is whose, where several can be signed in."""

    kind: TargetKind
    calendar: str = DEFAULT_CALENDAR
    path: str = ""
    account: str = DEFAULT_ACCOUNT

    @property
    def side(self) -> str:
        """The kind, and whose: calendars of the same name in two accounts are two."""
        return self.kind if self.account == DEFAULT_ACCOUNT else f"{self.kind}@{self.account}"

    @property
    def id(self) -> str:
        """The name under which the book files this target. An .ics file is its path, whatever it calls itself."""
        if self.kind == "caldav" and self.named:
            return f"{self.side}:{self.path}#{self.calendar}"  # an address has no fragment
        return f"{self.side}:{self.path or self.calendar}"

    @property
    def named(self) -> bool:
        """Whether the member named the calendar."""
        return self.calendar != DEFAULT_CALENDAR

    @property
    def batch(self) -> int:
        """How many writes are made between two looks at the journal. A file is replaced once, whatever it holds."""
        return {"local": 200, "ics": 1_000_000, "google": 50, "caldav": 20}[self.kind]


Opener = Callable[[TargetSpec], Target]


def parse_target(text: str, calendar: str | None = None, account: str | None = None, *, folder: Path) -> TargetSpec:
    """What `--to`, `--calendar` and `--account` mean; a relative path starts in `folder`.

    Raises UsageError, which never repeats a password in an address, or StoreError for a path whose links go in a
    circle.
    """
    kind, _, rest = text.strip().partition(":")
    name = calendar or DEFAULT_CALENDAR
    if account and kind not in {"google", "caldav"}:
        raise UsageError("calendar.account_without_google", value=account)
    if kind == "ics" and rest.strip():
        try:
            path = folder / Path(rest.strip()).expanduser()
        except RuntimeError as error:  # ~somebody who has no account on this machine
            raise UsageError("calendar.target_of_nobody", value=text) from error
        return TargetSpec("ics", name, str(real_path(path)))
    if kind == "ics":
        raise UsageError("calendar.target_without_path", value=text)
    if kind == "local" and not rest:
        return TargetSpec("local", name)
    if kind == "google" and not rest:
        return TargetSpec("google", name, account=account or DEFAULT_ACCOUNT)
    if kind == "caldav" and rest.strip():
        return TargetSpec("caldav", name, read_address(rest), account or DEFAULT_ACCOUNT)
    if kind == "caldav":
        raise UsageError("calendar.target_without_address", value=text)
    raise UsageError("calendar.unknown_target", value=text)


def target_of(identifier: str) -> TargetSpec:
    """The target that `TargetSpec.id` named."""
    side, _, rest = identifier.partition(":")
    kind, _, account = side.partition("@")
    if kind == "ics":
        return TargetSpec("ics", path=rest)
    if kind == "local":
        return TargetSpec("local", rest)
    if kind == "caldav":
        address, _, calendar = rest.partition("#")
        return TargetSpec("caldav", calendar or DEFAULT_CALENDAR, address, account or DEFAULT_ACCOUNT)
    return TargetSpec("google", rest, account=account or DEFAULT_ACCOUNT)


def opener(kinds: Mapping[TargetKind, Opener]) -> Opener:
    """One opener out of one per kind; a kind that isn't there is refused like an unknown one."""

    def open_target(spec: TargetSpec) -> Target:
        if spec.kind not in kinds:
            raise UsageError("calendar.unknown_target", value=spec.kind)
        return kinds[spec.kind](spec)

    return open_target
