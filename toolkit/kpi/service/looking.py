"""Looking at the book: lists, one thing, its history, the runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Outcome
from toolkit.core.text import search_key
from toolkit.kpi.book.records import KEPT, SALE, TOGETHER
from toolkit.kpi.model import QUANTITY_UNIT
from toolkit.kpi.service.told import Told, told
from toolkit.store.history import Touch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import Change, KpiBook, Run
    from toolkit.kpi.model import Engagement, Status
    from toolkit.kpi.products import Shelf
    from toolkit.kpi.service.told import Thing, ToldKind
    from toolkit.store.history import Row

_MOST_NAMED: Final = 8  # words of a search that an empty answer names
KINDS: Final[tuple[ToldKind, ...]] = ("sale", "refund", "payment", "lost", "won", "deal", "activity", "promise")

_OUTCOMES: Final = {"lost": "lost", "won": "won", "deal": "open"}
_BEHIND: Final = ("kpi_line", "kpi_split", "kpi_stage", "kpi_revision", "kpi_typed")
_NAMING: Final = ("sentence", "label", "customer_name", "name", "order_id", "text", "day", "week", "id")


@dataclass(frozen=True)
class Wanted:
    """Which things: of days from `since` to before `until`; of any of the kinds (none named: all); `customer` is part
    of a name, `product` an id; `words` all stand somewhere, marks aside."""

    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    engagements: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    customer: str = ""
    product: str = ""
    channel: str = ""
    words: str = ""
    unsure: bool = False

    @property
    def only_sales(self) -> bool:
        """Whether it asks for what only sales have."""
        return bool(self.statuses or self.channel or self.unsure)


@dataclass(frozen=True)
class Listing:
    """Things by day, the newest last; `more` says that older ones were left out."""

    things: tuple[Told, ...]
    more: bool
    this_year: int
    engagements: Mapping[str, Engagement]
    sought: tuple[str, ...] = ()
    """The words of a search that found nothing."""
    missing: tuple[str, ...] = ()
    """Those of them that nothing has; none where each is somewhere, but never all together."""


@dataclass(frozen=True)
class Shown:
    """One thing as it stands (None: it was taken out), what is linked to it, and everything that was done to it, the
    oldest first."""

    id: int
    thing: Told | None
    linked: tuple[Told, ...]
    touches: tuple[Touch[Told], ...]
    engagements: Mapping[str, Engagement]


@dataclass(frozen=True)
class RunLine:
    """A run, how many numbered things it touched, how many rows it wrote, and the words of the first thing."""

    run: Run
    things: int
    rows: int
    first: str


def each(book: KpiBook, wanted: Wanted) -> Iterator[Told]:
    """What is wanted, the newest first, one at a time, for books of any size."""
    shelf = book.shelf()
    sources: list[Iterator[Thing]] = []
    days: dict[str, Any] = {"engagements": wanted.engagements, "newest_first": True}
    kinds = set(wanted.kinds or KINDS)
    sale_kinds = tuple(kind for kind in ("sale", "refund") if kind in kinds)
    if sale_kinds:
        sources.append(
            book.sales(
                wanted.since, wanted.until, kinds=sale_kinds, statuses=wanted.statuses,
                product=wanted.product, channel=wanted.channel, words=wanted.words, unsure=wanted.unsure, **days,
            )
        )  # fmt: skip
    if not wanted.only_sales:
        outcomes = tuple(outcome for kind, outcome in _OUTCOMES.items() if kind in kinds)
        if "payment" in kinds and not wanted.product:
            sources.append(book.payments(wanted.since, wanted.until, **days))
        if outcomes:
            sources.append(book.opportunities(wanted.since, wanted.until, outcomes=outcomes, **days))
        if "activity" in kinds and not wanted.product:
            sources.append(book.activities(wanted.since, wanted.until, **days))
        if "promise" in kinds and not wanted.product:
            sources.append(book.promises(wanted.since, wanted.until, **days))
    streams = [_fitting(source, wanted, shelf) for source in sources]
    return merge(*streams, key=lambda one: (one.day, one.id), reverse=True)


def listing(book: KpiBook, clock: Clock, wanted: Wanted, most: int | None) -> Outcome[Listing]:
    """What is wanted; at most the newest `most` of it."""
    found = each(book, wanted)
    things = tuple(found if most is None else islice(found, most))[::-1]
    more = most is not None and next(found, None) is not None
    sought = tuple(dict.fromkeys(wanted.words.split()))[:_MOST_NAMED] if not things else ()
    missing = tuple(word for word in sought if next(each(book, replace(wanted, words=word)), None) is None)
    return Outcome(Listing(things, more, clock.today().year, book.engagements(), sought, missing))


def show(book: KpiBook, number: int) -> Outcome[Shown]:
    """A thing with its history. ConflictError("kpi.number_unknown") if there never was one of that number."""
    history = book.history(number)
    if not history:
        raise ConflictError("kpi.number_unknown", value=str(number), id=number)
    shelf = book.shelf()
    touches = tuple(
        Touch(run, _as_told(one.table, one.before, shelf), _as_told(one.table, one.after, shelf))
        for run, one in history
    )
    try:
        thing: Told | None = told(book.find(number), shelf)
    except ConflictError:
        thing = None
    return Outcome(Shown(number, thing, tuple(_linked(book, number, shelf)), touches, book.engagements()))


def runs(book: KpiBook, most: int = 20) -> Outcome[tuple[RunLine, ...]]:
    """The newest runs, the newest first."""
    lines = []
    for run in book.runs(most):
        tally = book.tally(run.number)
        things = sum(n for (table, _), n in tally.items() if table in TOGETHER)
        first = "" if run.note else _words_of(book.changes(run.number), numbered=things > 0)
        lines.append(RunLine(run, things, sum(tally.values()), first))
    return Outcome(tuple(lines))


def _words_of(changes: Iterator[Change], *, numbered: bool) -> str:
    """What the first thing of a run is called; with `numbered`, the first that has a number."""
    for change in changes:
        row = change.after or change.before
        if row is not None and (change.table in TOGETHER if numbered else change.table not in _BEHIND):
            return str(next((row[name] for name in _NAMING if row.get(name)), ""))
    return ""


def _fitting(things: Iterator[Thing], wanted: Wanted, shelf: Shelf) -> Iterator[Told]:
    words = search_key(wanted.words).split()
    customer = search_key(wanted.customer)
    for thing in things:
        if customer and f" {customer} " not in f" {search_key(thing.customer_name)} ":
            continue
        one = told(thing, shelf)
        if wanted.product and one.kind in ("lost", "won", "deal") and getattr(thing, "product", "") != wanted.product:
            continue
        if words and one.kind not in ("sale", "refund"):
            inside = search_key(f"{one.text} {one.customer} {one.product} {one.note} {one.promise} {one.reason}")
            if not all(word in inside for word in words):
                continue
        yield one


def _linked(book: KpiBook, number: int, shelf: Shelf) -> Iterator[Told]:
    for table, column in (("kpi_sale", "refunds"), ("kpi_payment", "sale"), ("kpi_opportunity", "sale")):
        query = f"SELECT id FROM {table} WHERE {column} = ? ORDER BY id"  # noqa: S608 - names of ours
        for (other,) in book.read().execute(query, (number,)).fetchall():
            yield told(book.find(other), shelf)


def _as_told(table: str, row: Row | None, shelf: Shelf) -> Told | None:
    """A thing as its own row tells of it, what hangs on it aside."""
    if row is None:
        return None
    kept = next(one for one in KEPT.values() if one.table == table)
    one = told(kept.thing(dict(row), {}), shelf)
    if table != SALE:
        return one
    product = str(row["product"])
    quantity = Fraction(int(row["quantity"] or 0), QUANTITY_UNIT)
    return replace(one, product=shelf.label(product) if product else "", quantity=quantity)
