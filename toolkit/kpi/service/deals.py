"""Deals: opening one, its stages, how it was decided; and what decided deals add up to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import sort_key
from toolkit.kpi.book.buying import glances
from toolkit.kpi.model import Opportunity, StageEvent
from toolkit.kpi.people.buyers import TYPED
from toolkit.kpi.people.deals import as_of, counted, decisions, grouped
from toolkit.kpi.people.funnel import STAGES, WON, Told, count_stages, known_stages
from toolkit.kpi.people.returning import returning
from toolkit.kpi.people.stages import stage_of
from toolkit.kpi.service.finding import kept, with_whom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import LostReason, OpportunityOutcome, Sale
    from toolkit.kpi.people.deals import By, Decision, Group
    from toolkit.kpi.people.funnel import Counted, Funnel
    from toolkit.kpi.people.returning import Returning
    from toolkit.kpi.ratios import WinLoss

MOST_STAGES: Final = 12


@dataclass(frozen=True)
class DealChanged:
    """What was done with a deal (`kpi.deal_<done>`) and how it is now. `sale` is the one that it became, also where
    that was found out: no other of that customer could be meant."""

    done: str
    deal: Opportunity
    this_year: int
    labels: Mapping[str, str]
    sale: Sale | None = None


@dataclass(frozen=True)
class DealList:
    """Deals, the newest last; `labels` are the products' names by id, here and elsewhere."""

    deals: tuple[Opportunity, ...]
    this_year: int
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """The days that a figure is reckoned over (`since` None: from ever), and the engagement, "" for all there are."""

    since: date | None
    until: date
    engagement: str = ""


@dataclass(frozen=True)
class Decided:
    """Deals won and lost in a span; `open` ones count in neither."""

    span: Span
    deals: WinLoss
    open: int
    by: By | None
    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Repeats:
    span: Span
    within: int | None
    found: Returning
    who: tuple[tuple[int | None, str], ...] = ()
    """Those who came back, by name: the contact's number, where one is kept, and the name."""


@dataclass(frozen=True)
class Flow:
    """A funnel over a span; `needed` is how many of the first stage led to `wanted` of the last so far."""

    span: Span
    funnel: Funnel
    known: tuple[str, ...]
    wanted: int | None = None
    needed: int | None = None


class Deals:
    """The verbs on one book."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    # --- deals by hand ---

    def add(
        self,
        engagement: str,
        customer: str,
        *,
        product: str = "",
        amount: int | None = None,
        source: str = "",
        stage: str = "lead",
        day: date | None = None,
    ) -> Outcome[DealChanged]:
        """A deal in the making. UsageError("kpi.stage_unreadable") for a stage without a word in it."""
        opened = day or self._clock.today()
        contact, name = with_whom(self._book, engagement, customer)
        if not name and not product:
            raise UsageError("kpi.deal_needs_somebody")
        with self._book.recording("deal", at=self._clock.now(), note=name or product) as run:
            deal = run.add(
                Opportunity(
                    0, engagement, "open", opened, 0, self._clock.now(), amount=amount,
                    product=run.product(product).id if product else "",
                    customer=kept(self._book, run, engagement, contact, name), customer_name=name, source=source,
                    stages=(StageEvent(_stage(stage), opened),),
                )
            )  # fmt: skip
        return self._changed("added", deal)

    def stage(self, number: int, stage: str, day: date | None = None) -> Outcome[DealChanged]:
        """A deal came to a stage. ConflictError("kpi.deal_closed") where it is decided already."""
        deal = self._open(number)
        event = StageEvent(_stage(stage), day or self._clock.today())
        if event.stage == WON:
            return self.won(number, day=day)
        self._check_day(deal, event.day)
        events = sorted({*deal.stages, event}, key=lambda one: one.day)
        return self._change("staged", deal, stages=tuple(events))

    def won(
        self, number: int, *, day: date | None = None, amount: int | None = None, sale: int = 0
    ) -> Outcome[DealChanged]:
        """A deal was won. `sale` is the sale that it became; without it, the only typed sale of that customer since the
        deal was opened which no other deal has."""
        deal = self._open(number)
        became = self._sale(sale, deal) if sale else self._only_sale(deal)
        closed = day or (became.ordered if became else self._clock.today())
        self._check_day(deal, closed)
        known = deal.amount if deal.amount is not None or became is None else became.amount
        worth = known if amount is None else amount
        outcome = self._change(
            "won", deal, outcome="won", closed=closed, amount=worth, sale=became.id if became else 0, reason="",
            reason_kind="",
        )  # fmt: skip
        return replace(outcome, data=replace(outcome.data, sale=became))

    def lost(
        self, number: int, *, reason: str = "", kind: LostReason | Literal[""] = "", day: date | None = None
    ) -> Outcome[DealChanged]:
        """A deal was not won: as good an ending as any. `reason` is kept to the letter."""
        deal = self._open(number)
        closed = day or self._clock.today()
        self._check_day(deal, closed)
        if reason and not kind:
            kind = _reason_kind(reason)
        return self._change("lost", deal, outcome="lost", closed=closed, reason=reason, reason_kind=kind)

    def reopen(self, number: int) -> Outcome[DealChanged]:
        """A decided deal is open again."""
        deal = self._book.opportunity(number)
        if deal.outcome == "open":
            raise ConflictError("kpi.deal_still_open", value=str(number), id=number)
        return self._change("reopened", deal, outcome="open", closed=None, sale=0, reason="", reason_kind="")

    def show(self, number: int) -> Outcome[DealChanged]:
        """One deal as it stands. ConflictError("kpi.number_unknown")."""
        deal = self._book.opportunity(number)
        sale = None
        if deal.sale:
            with suppress(ConflictError):  # the sale may have been taken out of the book since
                sale = self._book.sale(deal.sale)
        return Outcome(DealChanged("shown", deal, self._year, self._labels, sale))

    def listing(
        self, *, outcomes: Sequence[OpportunityOutcome] = ("open",), stage: str = "", engagements: Sequence[str] = ()
    ) -> Outcome[DealList]:
        """Deals opened until today, the newest last."""
        today = self._clock.today()
        known = [as_of(one, today) for one in self._book.opportunities(engagements=engagements) if one.opened <= today]
        found = [one for one in known if one.outcome in outcomes]
        if stage:
            wanted = _stage(stage)
            found = [one for one in found if one.stages and one.stages[-1].stage == wanted]
        return Outcome(DealList(tuple(sorted(found, key=lambda one: (one.opened, one.id))), self._year, self._labels))

    # --- what they add up to ---

    def decided(self, span: Span, by: By | None = None) -> Outcome[Decided]:
        """Won and lost in a span; grouped where `by` says how."""
        engagements = [span.engagement] if span.engagement else []
        deals = [one for one in self._book.opportunities(engagements=engagements) if one.opened < span.until]
        sales = self._book.sales(None, span.until, engagements=engagements, source=TYPED)
        found = decisions(deals, sales, span.since, span.until)
        still_open = sum(one.outcome == "open" or (one.closed or span.until) >= span.until for one in deals)
        return Outcome(
            Decided(span, counted(found), still_open, by, grouped(found, by) if by else (), found, self._labels)
        )

    def repeats(self, span: Span, within: int | None = None) -> Outcome[Repeats]:
        """Who came back in a span; see `returning`."""
        engagements = [span.engagement] if span.engagement else []
        sales = glances(self._book.read(), None, span.until, engagements=engagements, statuses=["done"])
        found = returning(sales, span.since, span.until, within=within)
        names = {one.id: one.name for one in self._book.contacts(engagements=engagements)}
        who = [(number or None, names.get(number, name)) for _, number, name in found.who]
        return Outcome(
            Repeats(span, within, found, tuple(sorted(who, key=lambda one: (sort_key(one[1]), one[0] or 0))))
        )

    def flow(
        self, span: Span, stages: Sequence[str] = (), *, counted: Counted = "both", wanted: int | None = None,
        keep: bool = False,
    ) -> Outcome[Flow]:  # fmt: skip
        """The funnel over a span. `stages` are those given, else the member's own, else the usual ones; `keep` makes
        those given the member's own."""
        chosen = tuple(dict.fromkeys(_stage(stage) for stage in stages))
        if len(chosen) > MOST_STAGES:
            raise UsageError("kpi.too_many_stages", n=len(chosen), most=MOST_STAGES)
        if keep:
            if not chosen:
                raise UsageError("kpi.funnel_keep_what")
            self._keep(chosen)
        engagements = [span.engagement] if span.engagement else []
        told = Told(
            list(self._book.activities(None, span.until, engagements=engagements)),
            [one for one in self._book.opportunities(engagements=engagements) if one.opened < span.until],
            list(
                self._book.sales(
                    None, span.until, engagements=engagements, kinds=["sale"], statuses=["done"], source=TYPED
                )
            ),
            glances(self._book.read(), span.since, span.until, engagements=engagements, statuses=["done"]),
        )
        funnel = count_stages(chosen or self.own_stages() or STAGES, told, span.since, span.until, counted=counted)
        needed = funnel.needed(wanted) if wanted is not None else None
        return Outcome(Flow(span, funnel, known_stages(told.activities, told.opportunities), wanted, needed))

    def own_stages(self) -> tuple[str, ...]:
        """The stages that the member chose for good; none where they chose none."""
        return tuple(stage for (stage,) in self._book.read().execute("SELECT stage FROM kpi_funnel ORDER BY position"))

    def _keep(self, stages: Sequence[str]) -> None:
        with self._book.recording("funnel", at=self._clock.now(), note=", ".join(stages)) as run:
            if stages == self.own_stages():
                return
            for position in range(MOST_STAGES):
                run.drop("kpi_funnel", position=position)
            for position, stage in enumerate(stages):
                run.put("kpi_funnel", {"position": position, "stage": stage})

    def _sale(self, number: int, deal: Opportunity) -> Sale:
        sale = self._book.sale(number)
        if sale.kind != "sale" or sale.status != "done" or sale.engagement != deal.engagement:
            raise ConflictError("kpi.deal_sale_refund", value=str(number), id=number)
        other = next((one.id for one in self._book.opportunities(outcomes=["won"]) if one.sale == number), 0)
        if other:
            raise ConflictError("kpi.deal_sale_taken", value=str(number), id=number, other=other)
        return sale

    def _only_sale(self, deal: Opportunity) -> Sale | None:
        if not deal.customer:
            return None
        taken = {one.sale for one in self._book.opportunities(customer=deal.customer)}
        until = self._clock.today() + timedelta(days=1)
        found = [
            one for one in self._book.sales(deal.opened, until, customer=deal.customer, kinds=["sale"], source=TYPED)
            if one.status == "done" and one.id not in taken
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _open(self, number: int) -> Opportunity:
        deal = self._book.opportunity(number)
        if deal.outcome != "open":
            day = f"{deal.closed:%d/%m/%Y}" if deal.closed else ""
            raise ConflictError("kpi.deal_closed", value=str(number), id=number, day=day)
        return deal

    def _check_day(self, deal: Opportunity, closed: date) -> None:
        if closed < deal.opened:
            raise UsageError("kpi.deal_closed_too_early", value=f"{closed:%d/%m/%Y}", opened=f"{deal.opened:%d/%m/%Y}")

    def _change(self, done: str, deal: Opportunity, **fields: object) -> Outcome[DealChanged]:
        note = deal.customer_name or self._labels.get(deal.product, deal.product)
        with self._book.recording("deal", at=self._clock.now(), note=note) as run:
            deal = run.change(deal, **fields)
        return self._changed(done if run.changes else "unchanged", deal)

    def _changed(self, done: str, deal: Opportunity) -> Outcome[DealChanged]:
        return Outcome(DealChanged(done, deal, self._year, self._labels))

    @property
    def _labels(self) -> dict[str, str]:
        return {one.id: one.label for one in self._book.products().values()}

    @property
    def _year(self) -> int:
        return self._clock.today().year


def _stage(text: str) -> str:
    stage = stage_of(text)
    if not stage:
        raise UsageError("kpi.stage_unreadable", value=text)
    return stage


def _reason_kind(reason: str) -> LostReason:
    """What a reason is counted under, as the grammar of sentences has it."""
    from toolkit.core.sentences.line import read_line
    from toolkit.kpi.sentence.facts import reason_kind

    return reason_kind(read_line(reason).words)
