"""The page of a member's progress as the words and shares of a page: facts, how sure they are, how they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.core.hidden import shown
from toolkit.kpi.views import deals
from toolkit.kpi.views.amounts import Amount, Days, Percent, PeriodName, Span, metric_name
from toolkit.kpi.views.drawn import lines_of
from toolkit.kpi.views.note import chance, days_words, safe_job, safe_metric, safe_name
from toolkit.kpi.views.overview import need_words, progress_json, state_words
from toolkit.kpi.views.owed import sum_name
from toolkit.kpi.views.why import pace_figures
from toolkit.kpi.views.words import Dong
from toolkit.pages.page import Card, Cards, Fact, Facts, Grid, Page, Points, Remark
from toolkit.shell.blocks import Heading, Joined, Line, Note, Pairs, Table, Words, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.kpi.progress import Progress
    from toolkit.kpi.service.owed import Owed
    from toolkit.kpi.service.paging import Job, Paper, Part
    from toolkit.pages.page import Block as PageBlock
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

GENERATOR: Final = "toolkit kpi page"
"""Written into every page: a file that has it is ours to replace."""


def page(found: Paper, messages: Messages) -> Page:
    """The whole page in one language."""
    teller = _Teller(found, messages)
    return Page(
        messages.lang,
        teller.say(Words("kpi.page_title")),
        teller.say(Words("kpi.note_until", day=f"{found.as_of:%d/%m/%Y}")),
        (),
        list(teller.blocks()),
        [teller.say(Words("kpi.page_made", day=f"{found.as_of:%d/%m/%Y}")), teller.say(Words("kpi.page_private"))],
        GENERATOR,
    )


def written(done: Mapping[str, Any]) -> Iterator[Block]:
    """Where the page is, and who can see it."""
    yield Line(Words("kpi.page_written", path=done["file"]))
    yield Note(Words("kpi.page_private"))


def written_json(done: Mapping[str, Any]) -> dict[str, Any]:
    return {"file": done["file"], "targets": [progress_json(part.course.progress) for part in done["paper"].parts]}


class _Teller:
    """Says the parts of one page in one language."""

    def __init__(self, found: Paper, messages: Messages) -> None:
        self._found = found
        self._messages = messages

    def say(self, cell: Cell) -> str:
        return said(cell, self._messages)

    def blocks(self) -> Iterator[PageBlock]:
        for part in self._found.parts:
            yield from self._target(part)
        for job in self._found.jobs:
            yield from self._job(job)
        for owed in self._found.owed:
            yield self._owed(owed)

    # --- targets ---

    def _target(self, part: Part) -> Iterator[PageBlock]:
        one = part.course.progress
        jobs = part.engagements if len(self._found.jobs) > 1 else ()
        name = Joined([safe_name(one), Joined([safe_job(job, self._found.engagements) for job in jobs], ", ")])
        yield Cards(self.say(name), [self._card(*card) for card in cards(one)])
        if part.course.days and one.actual is not None:
            yield lines_of(part.course, self._messages, self.say(Words("kpi.page_course_of", name=name)))
        title = self.say(Words("kpi.page_days_of", name=name))
        if one.target.shape == "calendar_days":
            days = Words(
                "kpi.why_calendar_days", total=Days(one.total), gone=Days(one.elapsed), left=Days(one.remaining)
            )
            yield Points(title, [self.say(days)])
        else:
            told = [self.say(cell) for cell in days_words(part.rhythm)]
            gone = Words("kpi.page_days_gone", gone=Days(one.elapsed), left=Days(one.remaining))
            yield Points(title, [*told, self.say(gone)])
        yield self._how(one, name)

    def _card(self, code: str, value: Cell, note: Cell) -> Card:
        return Card(self.say(Words(f"kpi.page_card_{code}")), self.say(value), self.say(note))

    def _how(self, one: Progress, name: Cell) -> Facts:
        """How the figures were made, folded away."""
        unit = one.metric.unit
        facts: list[tuple[Cell, Cell]] = [
            (Words("kpi.page_what"), Words("kpi.page_what_counts", metric=metric_name(safe_metric(one))))
        ]
        if one.line is not None:
            facts += pace_figures(one)
        elif one.expected is not None:
            full = [Amount(value, unit, exact=True) for value in (one.actual, one.goal, one.gap)]
            facts.append((Words("kpi.why_pace"), Words("kpi.why_level", actual=full[0], goal=full[1], gap=full[2])))
        ahead = one.forecast
        if ahead is not None:
            facts.append((Words("kpi.forecast_how"), Words(f"kpi.method_{ahead.method}", n=ahead.days)))
            facts.append((Words("kpi.forecast_unknown"), Words("kpi.forecast_unknown_things")))
        title = self.say(Words("kpi.page_how_of", name=name))
        told = [Fact(self.say(label), "", self.say(how)) for label, how in facts]
        return Facts(title, told, show=self.say(Words("kpi.page_show_how")))

    # --- what the jobs tell beside the targets ---

    def _job(self, job: Job) -> Iterator[PageBlock]:
        several = len(self._found.jobs) > 1
        whose = safe_job(job.engagement, self._found.engagements) if several and job.engagement else None
        if any(job.flow.funnel.counts):
            yield from self._converted(deals.flow(job.flow), whose)
        if job.decided.deals.won + job.decided.deals.lost:
            yield from self._converted(deals.decided(job.decided), whose)
        if job.repeats.found.repeat.whole:
            yield from self._converted(deals.repeats(job.repeats), whose)

    def _converted(self, blocks: Iterable[Block], whose: Cell) -> Iterator[PageBlock]:
        """What the terminal is told, as parts of a page; remarks about commands are left out."""
        title = ""
        for block in blocks:
            if isinstance(block, Heading):
                title = self.say(Joined([block.text, whose]))
            elif isinstance(block, Pairs):
                yield Facts(title, [Fact(self.say(label), self.say(value)) for label, value in block.pairs])
            elif isinstance(block, Table):
                numbers = frozenset(place for place, column in enumerate(block.columns) if column.align == "right")
                heads = [self.say(column.heading) for column in block.columns]
                yield Grid(title, heads, [[self.say(cell) for cell in row] for row in block.rows], numbers)
            elif isinstance(block, Line):
                yield Remark(self.say(block.text))

    def _owed(self, owed: Owed) -> Facts:
        one = owed.statements[0]
        sums: dict[str, int] = {}
        for line in one.lines:
            name = self.say(sum_name(owed.plan, line))
            sums[name] = sums.get(name, 0) + line.whole
        facts = [Fact(name, self.say(Dong(amount))) for name, amount in sums.items()]
        facts.append(Fact(self.say(Words("kpi.owed_total")), self.say(Dong(one.total))))
        period = PeriodName(one.period.start, one.period.end, full=True)
        plan = owed.plan
        whose = safe_job(plan.engagement, self._found.engagements) if plan.engagement else None
        title = Words("kpi.page_owed", name=Joined([shown(plan.label) or whose, period], ", "))
        return Facts(self.say(title), facts, self.say(Words("kpi.page_owed_note")))


def cards(one: Progress) -> Iterator[tuple[str, Cell, Cell]]:
    """(code, value, remark) of the figures that stand first."""
    unit, goal = one.metric.unit, Amount(one.goal, one.metric.unit)
    share = (
        Words("kpi.page_card_share", share=Percent(one.completion), goal=goal) if one.completion is not None else None
    )
    yield "actual", Amount(one.actual, unit), share
    yield "goal", goal, PeriodName(one.target.start, one.target.end, full=True)
    if one.pace_index is not None and one.state in ("running", "reached"):
        expected = Words("kpi.page_card_expected", amount=Amount(one.expected, unit))
        yield "pace", Percent(one.pace_index), expected
    else:
        yield "state", state_words(one), None
    if need_words(one) is not None:
        code = "kpi.page_card_days" if one.target.shape != "calendar_days" else "kpi.page_card_calendar_days"
        yield "need", Amount(one.required, unit), Words(code, days=Days(one.remaining))
    ahead = one.forecast
    if ahead is not None and one.state in ("running", "reached", "settles_at_end"):
        level = Words("kpi.page_card_level", level=Percent(ahead.level))
        said = ahead.spoken is not None and one.state == "running"
        likely = Words("kpi.chance", share=chance(ahead)) if said else None
        yield "ahead", Span(ahead.low, ahead.high, unit), Joined([level, likely])
