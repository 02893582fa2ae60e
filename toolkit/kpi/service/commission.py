"""Commission plans: made, revised from a day on, ended, let go of. Every change is a run that can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome, Problem
from toolkit.kpi.book import commissions
from toolkit.kpi.commission.form import version_form
from toolkit.kpi.service.finding import engagement_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.commission.plans import Plan, Version


@dataclass(frozen=True)
class PlanChange:
    """A plan as it stands after a change, and as it stood before (None: it is new). `run` is None where nothing had to
    change."""

    plan: Plan
    before: Plan | None
    run: int | None


@dataclass(frozen=True)
class Plans:
    """The member's plans; `today` tells which version of each holds."""

    plans: tuple[Plan, ...]
    today: date


def plans(book: KpiBook, today: date, *, dropped: bool = False) -> Outcome[Plans]:
    return Outcome(Plans(tuple(commissions.plans(book.read(), dropped=dropped)), today))


def chosen(book: KpiBook, number: int | None, engagement: str = "", on: date | None = None) -> Plan:
    """The plan meant: by its number, else the only one (of an engagement; of those that hold on a day).

    ConflictError: "kpi.plan_unknown", "kpi.plan_none"; UsageError: "kpi.plan_which" naming them, those of
    `engagement_of`.
    """
    if number is not None:
        return commissions.plan(book.read(), number)
    found = commissions.plans(book.read())
    if engagement:
        of = engagement_of(book, engagement)
        found = [plan for plan in found if plan.engagement == of] or [plan for plan in found if not plan.engagement]
    if len(found) > 1 and on is not None:
        found = [plan for plan in found if plan.ended is None or on < plan.ended] or found
    if not found:
        raise ConflictError("kpi.plan_none")
    if len(found) > 1:
        raise UsageError("kpi.plan_which", plans=", ".join(_told(plan) for plan in found))
    return found[0]


def add_plan(book: KpiBook, clock: Clock, plan: Plan) -> Outcome[PlanChange]:
    """Keep a new plan (its number is 0). The same plan once more changes nothing; a second one beside another that
    holds for the same engagement is said in a note."""
    standing = [one for one in commissions.plans(book.read()) if one.engagement == plan.engagement and not one.ended]
    for one in standing:
        if _same(one, plan):
            return Outcome(PlanChange(one, one, None))
    if plan.engagement and not plan.label and plan.engagement in (known := book.engagements()):
        plan = replace(plan, label=known[plan.engagement].label)
    with book.recording("commission_plan", at=clock.now(), note=_note(plan)) as recording:
        kept = commissions.write_plan(recording, plan)
        run = recording.number
    notes = [Problem("kpi.plan_beside", params={"id": kept.id, "other": standing[0].id})] if standing else []
    return Outcome(PlanChange(kept, None, run), notes=tuple(notes))


def revise_plan(book: KpiBook, clock: Clock, number: int, version: Version) -> Outcome[PlanChange]:
    """Other terms from `version.start` on; what held before that day stays. A version from the same day is replaced.

    ConflictError: "kpi.plan_unknown", "kpi.plan_ended".
    """
    before = commissions.plan(book.read(), number)
    if before.ended is not None and (version.start is None or version.start >= before.ended):
        raise ConflictError("kpi.plan_ended", value=str(number), id=number, day=f"{before.ended:%d/%m/%Y}")
    kept = [one for one in before.versions if one.start != version.start]
    merged = sorted([*kept, version], key=lambda one: one.start.toordinal() if one.start else 0)
    after = replace(before, versions=tuple(merged))
    return _write(book, clock, "commission_revise", before, after)


def end_plan(book: KpiBook, clock: Clock, number: int, day: date | None) -> Outcome[PlanChange]:
    """The plan holds no longer from `day` on; without a day it is let go of altogether. Its months stay explained in
    the first case, and undo brings it back in both."""
    before = commissions.plan(book.read(), number)
    after = replace(before, ended=day) if day is not None else replace(before, dropped=True)
    return _write(book, clock, "commission_drop", before, after)


def _write(book: KpiBook, clock: Clock, kind: str, before: Plan, after: Plan) -> Outcome[PlanChange]:
    with book.recording(kind, at=clock.now(), note=_note(after)) as recording:
        commissions.write_plan(recording, after)
        run = recording.number if recording.changes else None
    return Outcome(PlanChange(after, before, run))


def _same(one: Plan, other: Plan) -> bool:
    def terms(versions: Sequence[Version]) -> list[dict[str, object]]:
        return [{key: value for key, value in version_form(each).items() if key != "sentence"} for each in versions]

    return (one.every, one.rounding) == (other.every, other.rounding) and terms(one.versions) == terms(other.versions)


def _note(plan: Plan) -> str:
    return plan.label or plan.engagement or plan.versions[-1].sentence


def _told(plan: Plan) -> str:
    named = plan.label or plan.engagement or plan.versions[-1].sentence
    return f"{plan.id} ({named[:40]})" if named else str(plan.id)
