"""What a verb of a service gives back: data, the problems met on the way, and what that means as an exit code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
Status = Literal["ok", "partial", "error"]
Param = str | int


class Exit(IntEnum):
    """How a command ends. Scripts rely on these numbers; they never change their meaning."""

    OK = 0
    PARTIAL = 1
    USAGE = 2
    INPUT = 3
    CONFLICT = 4
    SIGN_IN = 5
    REMOTE = 6
    STORE = 7
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True)
class Place:
    """Where in a member's own file a problem stands; what is unknown is None. Rows and columns count from 1."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Problem:
    """Something the member should know.

    `code` ("room.what_is_wrong") names two sentences in the catalogues: the code itself says what is wrong, the code
    followed by ".fix" says what to type instead. `params` fill both. `value` is what stood there, verbatim.
    """

    code: str
    place: Place = Place()
    params: Mapping[str, Param] = field(default_factory=dict)
    value: str | None = None


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """A verb's result. `partial` means: everything that could be done was done, and `problems` says what could not.

    `notes` are worth knowing and ask for nothing: what was left out on purpose, how a file was read. `exit` is set
    where the status alone doesn't say enough (a conflict, a store that refuses); otherwise the status decides.
    """

    data: T
    problems: tuple[Problem, ...] = ()
    status: Status = "ok"
    exit: Exit | None = None
    notes: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        by_status = {"ok": Exit.OK, "partial": Exit.PARTIAL, "error": Exit.INPUT}
        return int(self.exit if self.exit is not None else by_status[self.status])

    def with_problems(self, *problems: Problem) -> Outcome[T]:
        """The same outcome with more problems; an `ok` becomes `partial`."""
        if not problems:
            return self
        status: Status = "partial" if self.status == "ok" else self.status
        return replace(self, problems=self.problems + problems, status=status)
