"""From what a member typed, a sentence or options, to the target that they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from toolkit.core.dates import parse_date
from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.hidden import shown
from toolkit.core.outcome import Problem
from toolkit.core.text import clean, digits, search_key
from toolkit.kpi.metrics import find_metrics, narrowed
from toolkit.kpi.model import Target
from toolkit.kpi.service.finding import labels
from toolkit.kpi.service.targets import metrics_of
from toolkit.shell.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from toolkit.core.readings import Readings
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import MetricDef, Product, Shape, TargetReading, Unit

_T = TypeVar("_T")
_PLAIN: Final = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_PERCENT: Final = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?) ?%")
_DAY: Final = re.compile(r"(?<![0-9/.,])[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?(?![0-9/])")
_NO_DAY: Final = ("core.date_no_such_day", "core.date_no_leap_day")
_LONGEST: Final = 1_000  # characters of a sentence that are looked through for days
_SHORTEST_NAME: Final = 3  # letters of a product's name that is looked for in a sentence
_SEVERAL: Final = 5  # names that a message lists


@dataclass(frozen=True)
class TargetWishes:
    """What was typed: a sentence, and options that say more than it or instead of it. "" and None: not said."""

    sentence: str = ""
    metric: str = ""
    amount: str = ""
    days: tuple[date, date] | None = None
    engagements: tuple[str, ...] = ()
    imposed_by: str = ""
    weight: Fraction | None = None
    shape: Shape | None = None
    label: str = ""


Choose: TypeAlias = "Callable[[str, Sequence[object]], int | None]"
"""Asks which of several readings is meant: the code of the question, the readings; None where nobody says."""


def nobody(question: str, readings: Sequence[object]) -> int | None:
    """Where nobody can be asked."""
    del question, readings
    return None


def draft_target(
    book: KpiBook, today: date, wishes: TargetWishes, names: Mapping[str, Sequence[str]], choose: Choose = nobody
) -> tuple[Target, MetricDef | None, tuple[Problem, ...]]:
    """The target that is meant, the metric of the member's own that has to be kept with it (a narrowed one), and what
    was taken for granted.

    `names` are what each metric may be called. UsageError for what is missing, InputError for what can't be read,
    ConflictError("kpi.target_engagement_unknown").
    """
    if not wishes.sentence and not (wishes.metric and wishes.amount and wishes.days):
        raise UsageError("kpi.target_incomplete")
    metrics = metrics_of(book)
    metric = find_metric(wishes.metric, metrics, names) if wishes.metric else None
    amount, days, by, engagements = None, wishes.days, wishes.imposed_by, wishes.engagements
    own: MetricDef | None = None
    notes: tuple[Problem, ...] = ()
    if wishes.sentence:
        from toolkit.kpi.sentence import read_target

        reading = read_target(shown(wishes.sentence), today=today)
        notes = tuple(Problem(doubt.code, params=doubt.params) for doubt in reading.doubts)
        if metric is None:
            metric = _metric_in(book, reading, metrics, names)
            own = None if metric.id in metrics else metric
        if not wishes.amount:
            amount = _one(reading.amount, wishes.sentence, choose)
        if days is None:
            _check_days(reading.text, today)
            period = _one(reading.period, wishes.sentence, choose)
            days = period.start, period.end
        by = by or reading.imposed_by
        if reading.engagement and not engagements and not book.engagements():
            notes += (Problem("kpi.target_one_job", params={"job": reading.engagement}),)
        elif reading.engagement:
            engagements = engagements or (reading.engagement,)
    assert metric is not None
    if amount is None:
        amount = read_amount(wishes.amount, metric.unit)
    assert days is not None
    made = Target(
        0, metric.id, days[0], days[1], amount, label=clean(wishes.label), imposed_by=clean(by),
        engagements=_jobs(book, engagements, choose),
    )  # fmt: skip
    if wishes.weight is not None:
        made = replace(made, weight=wishes.weight)
    if wishes.shape is not None:
        made = replace(made, shape=wishes.shape)
    return made, own, notes


def _check_days(sentence: str, today: date) -> None:
    """InputError for a day that there isn't ("từ 31/11 đến 5/12"): the rest of the sentence alone is another period."""
    for found in _DAY.finditer(sentence[:_LONGEST]):
        day = parse_date(found[0], today=today, look="forward")
        if not day.values and day.code in _NO_DAY:
            raise InputError(day.code, None, value=found[0], **day.params)


def _metric_in(
    book: KpiBook, reading: TargetReading, metrics: Mapping[str, MetricDef], names: Mapping[str, Sequence[str]]
) -> MetricDef:
    """The metric of a typed target, narrowed to the product or channel that it names."""
    named = metrics.get(reading.metric)
    if named is None:
        raise InputError("kpi.target_without_metric", value=reading.text)
    filters = _known_filters(book, reading.filters)
    known = _product_in(book, reading.text) if named.object in ("sale", "line") else None
    if known is not None:
        filters.setdefault("product", known.id)
    metric = narrowed(named, filters, reading.direction)
    if metric.id in metrics:
        return metrics[metric.id]
    called = (*names.get(named.id, ()), named.id)[0]
    words = {**({"product": known.label} if known is not None else {}), **reading.filters}
    return replace(metric, label=" ".join((called, *words.values())))


def _jobs(book: KpiBook, named: Sequence[str], choose: Choose) -> tuple[str, ...]:
    """The jobs that a target counts for; the member is asked where they have several and named none."""
    jobs = book.engagements()
    if not named and len(jobs) > 1:
        chosen = choose("kpi.ask_target_engagement", [one.label for one in jobs.values()])
        return () if chosen is None else (list(jobs)[chosen],)
    return tuple(sorted({find_engagement(book, name) for name in named}))


def find_metric(text: str, metrics: Mapping[str, MetricDef], names: Mapping[str, Sequence[str]]) -> MetricDef:
    """The one metric that `text` names. InputError: "kpi.metric_unknown", "kpi.metric_several"."""
    found = find_metrics(text, metrics, names)
    if len(found) == 1:
        return metrics[found[0]]
    if found:
        raise InputError("kpi.metric_several", value=text, metrics=", ".join(found[:_SEVERAL]))
    called = {name: id_ for id_ in metrics for name in (id_, *names.get(id_, ()))}
    near = nearest(text, called, most=1)
    raise InputError("kpi.metric_unknown", value=text, near=called[near[0]] if near else "revenue")


def find_engagement(book: KpiBook, text: str) -> str:
    """The id of the job that `text` names, by id or by label. ConflictError("kpi.target_engagement_unknown")."""
    named = book.engagements()
    key = search_key(text)
    found = [id_ for id_, one in named.items() if key in (search_key(id_), search_key(one.label))]
    if len(found) != 1:
        raise ConflictError("kpi.target_engagement_unknown", value=text, known=labels(named.values()) or "-")
    return found[0]


def read_amount(text: str, unit: Unit) -> Fraction:
    """An amount in a metric's unit: đồng as people write them or as a bare number, counts, numbers, shares with `%`.

    InputError where it can't be read, or has several readings.
    """
    typed = clean(digits(text))
    percent = _PERCENT.fullmatch(typed)
    if unit == "share":
        if percent:
            return Fraction(percent[1].replace(",", ".")) / 100
        plain = Fraction(typed.replace(",", ".")) if _PLAIN.fullmatch(typed) else None
        if plain is None or plain > 1:
            raise InputError("kpi.not_a_share", value=text)
        return plain
    if typed.isascii() and typed.isdigit() and len(typed) <= 15:
        return Fraction(int(typed))
    if unit == "dong":
        from toolkit.core.money import parse_amount

        readings = parse_amount(typed, bare="units")
        if len(readings.values) > 1:
            raise InputError("kpi.amount_ambiguous", value=text)
        money = readings.value
        if money is None or money.currency != "VND":
            raise InputError("kpi.not_an_amount", value=text)
        return Fraction(money.amount)
    if _PLAIN.fullmatch(typed):
        return Fraction(typed.replace(",", "."))
    raise InputError("kpi.not_a_number", value=text, name="--amount")


def _known_filters(book: KpiBook, filters: Mapping[str, str]) -> dict[str, str]:
    """Products by their id, the rest as it was typed."""
    shelf = book.shelf()
    return {field: shelf.found_or_new(value).id if field == "product" else value for field, value in filters.items()}


def _product_in(book: KpiBook, sentence: str) -> Product | None:
    """A product of the member's that the sentence names by one of its names; the longest of several."""
    words = f" {search_key(sentence)} "
    named = [
        (len(key), product)
        for product in book.products().values()
        for name in (product.label, *product.aliases)
        if len(key := search_key(name)) >= _SHORTEST_NAME and f" {key} " in words
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _one(readings: Readings[_T], sentence: str, choose: Choose) -> _T:
    if len(readings.values) == 1:
        return readings.values[0]
    if not readings.values:
        raise InputError(readings.code, None, value=sentence, **readings.params)
    from toolkit.core.dates import Period

    of_period = isinstance(readings.values[0], Period)
    options = readings.values[:_SEVERAL]
    chosen = choose("kpi.ask_target_period" if of_period else "kpi.ask_target_amount", options)
    if chosen is not None:
        return options[chosen]
    shown = " / ".join(map(str, options))
    raise InputError(
        "kpi.target_period_several" if of_period else "kpi.target_amount_several", value=sentence, readings=shown
    )
