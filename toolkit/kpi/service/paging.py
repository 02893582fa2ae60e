"""What stands on the page of a member's progress: targets with their course, and what else their jobs tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.kpi.book import commissions
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.course import course_of
from toolkit.kpi.quota import rhythm_of
from toolkit.kpi.service.deals import Deals, Span
from toolkit.kpi.service.owed import Owing, periods_asked
from toolkit.kpi.service.standing import counting, overview, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.core.dates import Clock
    from toolkit.core.outcome import Problem
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.course import Course
    from toolkit.kpi.model import Engagement
    from toolkit.kpi.quota import Rhythm
    from toolkit.kpi.service.deals import Decided, Flow, Repeats
    from toolkit.kpi.service.owed import Owed


@dataclass(frozen=True)
class Part:
    """A target: its course with where it stands, the days of its period, the engagements that count (none: all)."""

    course: Course
    rhythm: Rhythm
    engagements: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """What one engagement ("" for all that there is) tells beside its targets, from the first of their periods on."""

    engagement: str
    flow: Flow
    decided: Decided
    repeats: Repeats


@dataclass(frozen=True)
class Paper:
    """The page's contents at the end of the day `as_of`. No customer is named in any of it."""

    as_of: date
    parts: tuple[Part, ...]
    jobs: tuple[Job, ...]
    owed: tuple[Owed, ...]
    engagements: Mapping[str, Engagement]


def paper(book: KpiBook, clock: Clock, numbers: Sequence[int] = ()) -> Outcome[Paper]:
    """These targets; without numbers those that run today, else all there are. ConflictError: "kpi.target_unknown",
    "kpi.no_target_yet"."""
    as_of = clock.today()
    found = statuses(book, as_of, numbers) if numbers else overview(book, as_of)
    if not found.data.standing:
        found = statuses(book, as_of)
    if not found.data.standing:
        raise ConflictError("kpi.no_target_yet")
    ledger, calendar = SqlLedger(book.read()), book.calendar()
    parts, since = [], dict[str, date]()
    for one in found.data.standing:
        of = counting(book, one.target)
        course = course_of(one, ledger, calendar, engagements=of)
        parts.append(Part(course, rhythm_of(calendar, one.target.start, one.target.end), of))
        for engagement in of or ("",):
            since[engagement] = min(one.target.start, since.get(engagement, one.target.start))
    notes: list[Problem] = list(found.notes)
    owed = []
    for outcome in _owed(book, as_of):
        owed.append(outcome.data)
        notes += outcome.notes
    jobs = tuple(_job(book, clock, engagement, start) for engagement, start in sorted(since.items()) if start <= as_of)
    return Outcome(Paper(as_of, tuple(parts), jobs, tuple(owed), book.engagements()), notes=tuple(notes))


def _job(book: KpiBook, clock: Clock, engagement: str, since: date) -> Job:
    deals, span = Deals(book, clock), Span(since, clock.today() + timedelta(days=1), engagement)
    return Job(engagement, deals.flow(span).data, deals.decided(span).data, deals.repeats(span).data)


def _owed(book: KpiBook, as_of: date) -> Iterator[Outcome[Owed]]:
    """What the plans that hold on a day come to in their period of that day."""
    for plan in commissions.plans(book.read()):
        if plan.ended is None or as_of < plan.ended:
            yield Owing(book, plan, as_of).owed(periods_asked(plan, None, as_of))
