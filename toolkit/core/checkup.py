"""What a doctor finds: one line for each thing that it looks at, and a problem for each that needs the member."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from toolkit.core.outcome import Exit, Outcome, Param, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# ok: as it should be; note: worth knowing, nothing to do; attention: there is a problem with a next step.
State = Literal["ok", "note", "attention"]


@dataclass(frozen=True)
class Check:
    """One line. `name` is stable, for programs; `code` and `params` are the sentence."""

    name: str
    state: State
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What was found, in the order in which it was looked at."""

    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Finding:
    """A line, and what is to be said with it. `exit` is how a command that found this has to end."""

    check: Check
    problems: tuple[Problem, ...] = ()
    exit: Exit | None = None


def fine(name: str, code: str, **params: Param) -> Finding:
    return Finding(Check(name, "ok", code, params))


def known(name: str, code: str, **params: Param) -> Finding:
    return Finding(Check(name, "note", code, params))


def wrong(name: str, code: str, *problems: Problem, **params: Param) -> Finding:
    return Finding(Check(name, "attention", code, params), problems)


def told(findings: Iterable[Finding]) -> Outcome[Report]:
    """All findings as one outcome; the first that has an exit decides."""
    found = tuple(findings)
    outcome = Outcome(Report(tuple(one.check for one in found)))
    outcome = outcome.with_problems(*(problem for one in found for problem in one.problems))
    worst = next((one.exit for one in found if one.exit is not None), None)
    return Outcome(outcome.data, outcome.problems, "error", worst) if worst else outcome
