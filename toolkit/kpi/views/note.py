"""The note: one page of evidence about a target, neutral, with the arithmetic of every figure and no customer in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.hidden import shown
from toolkit.kpi.quota import ENOUGH
from toolkit.kpi.views.amounts import Amount, Days, Percent, PeriodName, Span, metric_name, target_name
from toolkit.kpi.views.drawn import lines_of
from toolkit.kpi.views.overview import number, progress_json
from toolkit.kpi.views.words import engagement_words
from toolkit.pages.markdown import markdown
from toolkit.pages.page import Fact, Facts, Grid, Page, Points, Remark
from toolkit.shell.blocks import Joined, Line, Note, Verbatim, Words, said
from toolkit.shell.layout import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

    from toolkit.core.workdays import OffReason
    from toolkit.kpi.forecast import Forecast
    from toolkit.kpi.model import Engagement, MetricDef
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.quota import Rhythm, Stretch
    from toolkit.kpi.service.evidence import Argued
    from toolkit.pages.page import Block as PageBlock
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

GENERATOR: Final = "toolkit kpi note"
"""Written into every note: a file that has it is ours to replace."""
ROOMY: Final = 76
"""Columns from which the tables of a note stay tables."""
_TWO_YEARS: Final = 24


def page(found: Argued, messages: Messages, *, drawn: bool = True) -> Page:
    """The note in one language; `drawn`: with the course as lines, where it has one."""
    one = found.evidence.progress
    teller = _Teller(found, messages)
    days = PeriodName(one.target.start, one.target.end, full=True)
    by = Words("kpi.note_by", who=shown(one.target.imposed_by)) if shown(one.target.imposed_by) else None
    whose = Joined([safe_job(job, found.engagements) for job in one.target.engagements], ", ")
    until = Words("kpi.note_until", day=f"{one.as_of:%d/%m/%Y}")
    return Page(
        messages.lang,
        teller.say(Words("kpi.note_title", name=safe_name(one))),
        teller.say(Joined([Words("kpi.note_beside"), metric_name(safe_metric(one)), whose, days, by, until])),
        (),
        list(teller.blocks(drawn=drawn)),
        [teller.say(Words("kpi.note_made", day=f"{one.as_of:%d/%m/%Y}")), teller.say(Words("kpi.note_private"))],
        GENERATOR,
    )


def terminal(messages: Messages, width: int | None, *, plain: bool = False) -> Callable[[Argued], Iterator[Block]]:
    """The note as Markdown, its lines as long as a screen of `width` columns; narrow or `plain` without tables."""

    def view(found: Argued) -> Iterator[Block]:
        roomy = not plain and (width is None or width >= ROOMY)
        text = markdown(page(found, messages, drawn=False), tables=roomy)
        lines: list[str] = []
        for line in text.splitlines():
            table = line.startswith("|")
            lines += [line] if table or not line else wrap(line, width, 2 if line.startswith("- ") else 0)
        yield Verbatim("\n".join(lines))
        yield Note(Words("kpi.note_next", id=found.evidence.progress.target.id))

    return view


def written(done: Mapping[str, Any]) -> Iterator[Block]:
    """Where the note is, and who can see it."""
    for path in done["files"]:
        yield Line(Words("kpi.note_written", path=path))
    yield Note(Words("kpi.note_private"))


def safe_name(one: Progress) -> Cell:
    """A target's name for somebody else's eyes: without what is hidden in it."""
    return target_name(replace(one.target, label=shown(one.target.label)), safe_metric(one))


def safe_metric(one: Progress) -> MetricDef:
    """A target's metric, its name without what is hidden in it."""
    return replace(one.metric, label=shown(one.metric.label))


def safe_job(engagement: str, engagements: Mapping[str, Engagement]) -> Cell:
    """What a job is called, without what is hidden in it."""
    words = engagement_words(engagement, engagements)
    return shown(words) if isinstance(words, str) else words


class _Teller:
    """Says the parts of one note in one language."""

    def __init__(self, found: Argued, messages: Messages) -> None:
        self._found = found
        self._evidence = found.evidence
        self._one = found.evidence.progress
        self._messages = messages

    def say(self, cell: Cell) -> str:
        return said(cell, self._messages)

    def blocks(self, *, drawn: bool) -> Iterator[PageBlock]:
        yield Remark(self.say(verdict_words(self._found)))
        if self._evidence.months and self._evidence.asked is not None:
            down = "_down" if self._one.metric.direction == "down" else ""
            part, whole = str(self._evidence.reaching), str(len(self._evidence.months))
            yield Remark(self.say(Words(f"kpi.note_reaching{down}", part=part, whole=whole)))
        yield Facts(self._title("figures"), list(self._figures()))
        if drawn and self._evidence.adds_up and len(self._found.course.days) > 1:
            yield lines_of(self._found.course, self._messages, self.say(Words("kpi.note_course")))
        if self._evidence.months:
            yield self._months()
        if self._evidence.adds_up:
            yield Points(self._title("days"), [self.say(cell) for cell in days_words(self._evidence.rhythm)])
        if self._evidence.same_time:
            yield self._same_time()
        if self._evidence.adds_up:
            yield Points(self._title("forecast"), [self.say(cell) for cell in self._forecast()])
        if self._evidence.proposal is not None:
            yield self._proposal()
        yield Points(self._title("unknown"), [self.say(cell) for cell in self._unknown()])

    def _title(self, part: str) -> str:
        return self.say(Words(f"kpi.note_part_{part}"))

    def _fact(self, code: str, value: Cell, how: Cell = None) -> Fact:
        return Fact(self.say(Words(f"kpi.note_{code}")), self.say(value), self.say(how))

    # --- figures ---

    def _figures(self) -> Iterator[Fact]:
        one, evidence = self._one, self._evidence
        yield self._fact("goal", self._exact(one.goal), self._revised())
        if evidence.adds_up and evidence.asked is not None:
            how = Words("kpi.note_per_days", amount=self._exact(one.goal), days=Days(evidence.rhythm.working))
            yield self._fact("asked", self._rate(evidence.asked), how)
        gone = Words("kpi.note_gone", gone=Days(one.elapsed), total=Days(one.total)) if evidence.adds_up else None
        yield self._fact("actual", self._exact(one.actual), gone)
        best, rest = evidence.best, evidence.rest
        if best is not None:
            yield self._fact(self._best_code(), self._rate(best.rate), self._stretch(best))
            yield from self._ratio("asked_of_best", evidence.asked_to_best, evidence.asked, best.rate)
        if evidence.middle is not None:
            how = Words("kpi.note_middle_of", n=len(evidence.months))
            yield self._fact("middle", self._rate(evidence.middle), how)
            yield from self._ratio("asked_of_middle", evidence.asked_to_middle, evidence.asked, evidence.middle)
        if rest is None:
            return
        how = Words(
            "kpi.note_rest_by_days", goal=self._exact(one.goal), actual=self._exact(one.actual), days=Days(rest.days)
        )
        yield self._fact("rest", self._rate(rest.rate), how)
        if rest.best is not None:
            yield self._fact("rest_best", self._rate(rest.best.rate), self._stretch(rest.best))
            yield from self._ratio("rest_of_best", evidence.rest_to_best, rest.rate, rest.best.rate)

    def _ratio(self, code: str, ratio: Fraction | None, rate: Fraction | None, of: Fraction | None) -> Iterator[Fact]:
        if ratio is not None:
            yield self._fact(code, Percent(ratio), Words("kpi.note_over", a=self._rate(rate), b=self._rate(of)))

    def _revised(self) -> Cell:
        if not self._one.target.revisions:
            return None
        return Words("kpi.note_revised", amount=self._exact(self._one.target.amount))

    def _best_code(self) -> str:
        return "best_down" if self._one.metric.direction == "down" else "best"

    def _stretch(self, best: Stretch) -> Cell:
        days = f"{best.start:%d/%m/%Y}–{best.end - timedelta(days=1):%d/%m/%Y}"
        if not self._evidence.adds_up:
            return days
        return Words("kpi.note_best_of", amount=self._exact(best.figure), days=Days(best.working), when=days)

    # --- tables ---

    def _months(self) -> Grid:
        evidence, unit = self._evidence, self._one.metric.unit
        per_day = evidence.adds_up
        codes = ["month", "figure", *(("working", "value") if per_day else ()), "of_asked"]
        rows = []
        for month in evidence.months:
            name = PeriodName(month.start, (month.start + timedelta(days=31)).replace(day=1))
            of_asked = month.value / evidence.asked if evidence.asked and month.value is not None else None
            cells: dict[str, Cell] = {
                "month": name, "figure": Amount(month.figure, unit), "working": Days(month.working),
                "value": Amount(month.value, unit), "of_asked": Percent(of_asked),
            }  # fmt: skip
            rows.append([self.say(cells[code]) for code in codes])
        heads = [self.say(Words(f"kpi.note_column_{code}")) for code in codes]
        title = self._title("months" if per_day else "months_level")
        direction = self.say(Words(f"kpi.note_months_{evidence.direction}")) if evidence.direction else ""
        return Grid(title, heads, rows, frozenset(range(1, len(codes))), whole=True, remark=direction)

    def _same_time(self) -> Grid:
        evidence, unit = self._evidence, self._one.metric.unit
        codes = ["when", "figure", *(("working", "value") if evidence.adds_up else ()), "of_asked"]
        rows = []
        for past in evidence.same_time:
            of_asked = past.rate / evidence.asked if evidence.asked else None
            cells: dict[str, Cell] = {
                "when": PeriodName(past.start, past.end), "figure": Amount(past.figure, unit),
                "working": Days(past.working), "value": Amount(past.rate, unit), "of_asked": Percent(of_asked),
            }  # fmt: skip
            rows.append([self.say(cells[code]) for code in codes])
        heads = [self.say(Words(f"kpi.note_column_{code}")) for code in codes]
        season = evidence.season
        remark = ""
        if season is not None:
            code = "kpi.season_above" if season.index > 1 else "kpi.season_below"
            part = Percent(abs(season.index - 1))
            remark = self.say(Words(code, month=str(season.month), share=part, n=season.years))
        return Grid(self._title("same_time"), heads, rows, frozenset(range(1, len(codes))), whole=True, remark=remark)

    # --- sentences ---

    def _forecast(self) -> Iterator[Cell]:
        one, test = self._one, self._found.test
        ahead = one.forecast
        if one.state in ("ended_reached", "ended_short", "dropped"):
            yield Words("kpi.note_ended")
        elif ahead is None:
            yield Words("kpi.why_no_forecast")
        else:
            span = Span(ahead.low, ahead.high, one.metric.unit)
            yield Words("kpi.note_range", span=span, level=Percent(ahead.level), n=ahead.days)
            if ahead.spoken is not None and one.state == "running":
                yield Words("kpi.note_chance", share=chance(ahead))
        if test.cuts:
            yield Words("kpi.note_tested", held=str(test.share.part), whole=str(test.share.whole), n=test.periods)
        else:
            yield Words("kpi.note_untested")

    def _unknown(self) -> Iterator[Cell]:
        evidence = self._evidence
        since = evidence.known_since
        yield Words("kpi.note_since", day=f"{since:%d/%m/%Y}") if since else Words("kpi.note_since_never")
        if self._found.unclear:
            yield Words("kpi.note_unclear", n=self._found.unclear)
        if not evidence.same_time:
            yield Words("kpi.note_no_same_time")
        elif evidence.season is None and len(evidence.same_time) * 12 < _TWO_YEARS:
            yield Words("kpi.note_one_year")
        if evidence.overlapping:
            yield Words("kpi.note_overlap", n=evidence.stretches)
        yield Words("kpi.note_not_in_the_book")

    def _proposal(self) -> Facts:
        evidence = self._evidence
        assert evidence.quarters is not None
        assert evidence.proposal is not None
        facts = []
        for code, rate, amount in zip(("low", "high"), evidence.quarters, evidence.proposal, strict=True):
            how = None
            if evidence.adds_up:
                how = Words("kpi.note_by_days", amount=self._rate(rate), days=Days(evidence.rhythm.working))
            facts.append(self._fact(f"proposal_{code}", Amount(amount, self._one.metric.unit), how))
        return Facts(self._title("proposal"), facts, self.say(Words("kpi.note_proposal", n=len(evidence.months))))

    def _exact(self, value: Fraction | None) -> Amount:
        return Amount(value, self._one.metric.unit, exact=True)

    def _rate(self, value: Fraction | None) -> Cell:
        amount = Amount(value, self._one.metric.unit)
        return Words("kpi.note_a_day", amount=amount) if self._evidence.adds_up else amount


def days_words(rhythm: Rhythm) -> Iterator[Cell]:
    """What becomes of the days of a period, a sentence each."""
    yield Words("kpi.note_usual_days", all=str(rhythm.calendar_days), days=Days(rhythm.usual))
    for reason, lost in rhythm.lost:
        named = _holidays(rhythm, reason)
        yield Joined([Words(f"kpi.note_off_{reason}", days=Days(lost)), named], " ")
    if rhythm.extra:
        yield Words("kpi.note_extra_days", days=Days(rhythm.extra))
    yield Words("kpi.note_working_days", days=Days(rhythm.working))


def verdict_words(found: Argued) -> Words:
    """What the evidence says, in a sentence."""
    evidence, one = found.evidence, found.evidence.progress
    unit = one.metric.unit
    if evidence.asked is None:
        return Words("kpi.note_no_working_day")
    if evidence.verdict == "unknown":
        return Words("kpi.note_verdict_unknown", n=len(evidence.months), enough=str(ENOUGH))
    kind = ("" if evidence.adds_up else "_level") + ("_down" if one.metric.direction == "down" else "")
    best = evidence.best.rate if evidence.best is not None else None
    return Words(
        f"kpi.note_verdict_{evidence.verdict}{kind}", asked=Amount(evidence.asked, unit), best=Amount(best, unit),
        middle=Amount(evidence.middle, unit),
    )  # fmt: skip


def chance(ahead: Forecast) -> Cell:
    """A chance as it is said; with a sign at either end of what can be said: at most, at least."""
    spoken, computed = ahead.spoken, ahead.probability
    if spoken is None or computed is None:
        return None
    if spoken <= ahead.step and computed < spoken:
        sign = "≤"
    else:
        sign = "≥" if 1 - spoken <= ahead.step + 1e-9 and computed > spoken else ""
    return Joined([sign, Percent(spoken)], "")


def _holidays(rhythm: Rhythm, reason: OffReason) -> Cell:
    found = [Joined([f"{day:%d/%m}", Words(name)], " ") for day, name, why in rhythm.holidays if why == reason]
    return Words("kpi.note_named", names=Joined(found, "; ")) if found else None


def note_json(found: Argued) -> dict[str, Any]:
    """The evidence for a program; the keys are a promise. `…_exact` are fractions "n/d"; rates are per working day for
    what adds up over days."""
    evidence, test = found.evidence, found.test
    rhythm, rest = evidence.rhythm, evidence.rest
    return {
        "target": progress_json(evidence.progress),
        "verdict": evidence.verdict,
        "asked": _exactly(evidence.asked),
        "rest": {
            "amount": number(rest.amount), "working_days": number(rest.days), "value": _exactly(rest.rate),
            "best": _stretch_json(rest.best) if rest.best is not None else None,
        } if rest is not None else None,
        "best": _stretch_json(evidence.best) if evidence.best is not None else None,
        "stretches": evidence.stretches,
        "median": _exactly(evidence.middle),
        "quartiles": [_exactly(one) for one in evidence.quarters] if evidence.quarters else None,
        "ratios": {
            "asked_to_best": _exactly(evidence.asked_to_best),
            "asked_to_median": _exactly(evidence.asked_to_middle),
            "rest_to_best": _exactly(evidence.rest_to_best),
        },
        "months": [
            {
                "month": f"{month.start:%Y-%m}", "figure": number(month.figure), "working_days": number(month.working),
                "value": number(month.value),
            }
            for month in evidence.months
        ],
        "months_reaching": evidence.reaching,
        "days": {
            "calendar": rhythm.calendar_days, "usual": number(rhythm.usual), "extra": number(rhythm.extra),
            "lost": {reason: number(days) for reason, days in rhythm.lost}, "working": number(rhythm.working),
        },
        "same_time": [_stretch_json(one) for one in evidence.same_time],
        "season": evidence.season.index if evidence.season else None,
        "direction": evidence.direction,
        "backtest": {
            "held": test.share.part, "of": test.share.whole, "periods": test.periods, "level": test.level,
        },
        "proposal": {"low": _exactly(evidence.proposal[0]), "high": _exactly(evidence.proposal[1])}
        if evidence.proposal
        else None,
        "known_since": evidence.known_since.isoformat() if evidence.known_since else None,
        "unclear_orders": found.unclear,
    }  # fmt: skip


def _exactly(value: Fraction | None) -> dict[str, Any] | None:
    return None if value is None else {"value": number(value), "exact": str(value)}


def _stretch_json(one: Stretch) -> dict[str, Any]:
    return {
        "start": one.start.isoformat(), "end": one.end.isoformat(), "figure": number(one.figure),
        "working_days": number(one.working), "value": _exactly(one.rate),
    }  # fmt: skip
