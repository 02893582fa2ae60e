"""How a draft becomes what stands in the book: the customer who is meant, the sale behind a refund or a payment, the
deal that is decided with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.text import clean
from toolkit.kpi.model import Activity, Line, Opportunity, Payment, Promise, Sale
from toolkit.kpi.people.buyers import is_nobody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.book import KpiBook, Recording
    from toolkit.kpi.model import SaleKind
    from toolkit.kpi.service.drafting import Draft
    from toolkit.kpi.service.told import Thing

_SOLD: Final[tuple[SaleKind, ...]] = ("sale",)
_LOOKED_AT: Final = 50  # sales to one customer, the newest first


class Writer:
    """Writes drafts into one book, within a run."""

    def __init__(self, book: KpiBook) -> None:
        self._book = book

    def write(self, run: Recording, sentence: str, draft: Draft) -> list[Thing]:
        """Put a draft that has its amount into the book: what was put there, the thing itself first."""
        name = clean(draft.item.customer)
        common: dict[str, Any] = {
            "id": 0, "engagement": draft.engagement, "run": run.number, "made_at": run.at, "sentence": sentence,
            "customer": self.customer(run, draft.engagement, name, clean(draft.item.referrer)), "customer_name": name,
        }  # fmt: skip
        if draft.kind == "sale":
            return list(self._sale(run, draft, common))
        if draft.kind == "refund":
            return [self._refund(run, draft, common)]
        if draft.kind == "payment":
            return [self._pay(run, draft, common)]
        if draft.kind == "lost":
            return [self._lost(run, draft, common)]
        if draft.kind == "activity":
            counts = draft.item.counts.items()
            return [
                run.add(Activity(day=draft.day, kind=kind, count=n, note=draft.note, **common)) for kind, n in counts
            ]
        due = draft.item.due.value if draft.item.due else None
        return [run.add(Promise(text=draft.item.promise or draft.item.text, made=draft.day, due=due, **common))]

    def customer(self, run: Recording, engagement: str, name: str, referrer: str = "") -> int:
        """The number of the contact who is meant, newly kept where there is none; 0 for nobody in particular."""
        if is_nobody(name):
            return 0
        known = self._book.engagements().get(engagement)
        return run.contact(engagement, name, own=known is None or known.own_contacts, referrer=referrer).id

    def _sale(self, run: Recording, draft: Draft, common: dict[str, Any]) -> Iterator[Thing]:
        """The sale, and the payment where it was paid for at once; an open deal with this customer is won with it."""
        item = draft.item
        product = run.product(item.product).id if item.product else ""
        sale = run.add(
            replace(
                self._of(draft, common, product), paid=draft.day if item.paid else None, share=item.share,
                splits=item.splits,
            )
        )  # fmt: skip
        yield sale
        deal = self._open_deal(sale.engagement, sale.customer, product)
        if deal is not None and deal.opened <= sale.ordered:
            run.change(deal, outcome="won", closed=sale.ordered, amount=sale.amount, sale=sale.id)
        if item.paid:
            yield run.add(Payment(day=draft.day, amount=sale.amount, sale=sale.id, **common))

    def _refund(self, run: Recording, draft: Draft, common: dict[str, Any]) -> Sale:
        """A refund, shared as the sale was that it belongs to, where that can be told."""
        item = draft.item
        product = run.product(item.product).id if item.product else ""
        of = next(
            (sale for sale in self._behind(draft, common["customer"], product) if self._covers(sale, draft)), None
        )
        if of is None:
            return run.add(replace(self._of(draft, common, product), share=item.share, splits=item.splits))
        product = product or (of.lines[0].product if len(of.lines) == 1 else "")
        return run.add(replace(self._of(draft, common, product), refunds=of.id, share=of.share, splits=of.splits))

    def _of(self, draft: Draft, common: dict[str, Any], product: str) -> Sale:
        assert draft.amount is not None
        item = draft.item
        quantity = Fraction(1) if item.quantity is None else item.quantity
        return Sale(
            kind="refund" if draft.kind == "refund" else "sale", status="done", ordered=draft.day, completed=draft.day,
            amount=draft.amount, referral=item.referral, referrer=clean(item.referrer), repeat=item.repeat,
            channel=item.channel, note=draft.note, needs_confirm=draft.needs_confirm,
            lines=(Line(product, quantity, draft.amount),), **common,
        )  # fmt: skip

    def _pay(self, run: Recording, draft: Draft, common: dict[str, Any]) -> Payment:
        """A payment, for the newest sale that isn't paid yet, else the newest; a sale that is paid in full is paid."""
        assert draft.amount is not None
        known = self._book.shelf().find(draft.item.product) if draft.item.product else None
        behind = list(self._behind(draft, common["customer"], known.id if known else ""))
        of = next((sale for sale in behind if sale.paid is None), behind[0] if behind else None)
        made = run.add(Payment(day=draft.day, amount=draft.amount, sale=of.id if of else 0, note=draft.note, **common))
        if of is not None and of.paid is None:
            came = sum(one.amount for one in self._book.payments(customer=of.customer) if one.sale == of.id)
            if came >= of.amount:
                run.change(of, paid=draft.day)
        return made

    def _lost(self, run: Recording, draft: Draft, common: dict[str, Any]) -> Opportunity:
        """A lost deal: the open one that it was, or one that nobody had written down."""
        item = draft.item
        product = run.product(item.product).id if item.product else ""
        why: dict[str, Any] = {
            "outcome": "lost", "closed": draft.day, "reason": item.reason, "reason_kind": item.reason_kind or "other",
        }  # fmt: skip
        deal = self._open_deal(draft.engagement, common["customer"], product)
        if deal is not None:
            return run.change(deal, **why, amount=deal.amount if draft.amount is None else draft.amount)
        source = item.channel or ("referral" if item.referral else "")
        return run.add(
            Opportunity(opened=draft.day, amount=draft.amount, product=product, source=source, **why, **common)
        )

    def _open_deal(self, engagement: str, customer: int, product: str) -> Opportunity | None:
        """The one open deal with a customer that this may be about; None where there is none, or could be several."""
        if not customer:
            return None
        found = [
            deal
            for deal in self._book.opportunities(engagements=(engagement,), outcomes=("open",), customer=customer)
            if not deal.product or not product or deal.product == product
        ]
        same = [deal for deal in found if deal.product == product] or found
        return same[0] if len(same) == 1 else None

    def _behind(self, draft: Draft, customer: int, product: str) -> Iterator[Sale]:
        """Sales that a refund or a payment may belong to, the newest first: not after its day, to its customer, of its
        product; none where neither is known."""
        if not (customer or (product and not draft.customer)):
            return
        for sale in self._book.sales(
            until=draft.day + timedelta(days=1), engagements=(draft.engagement,), kinds=_SOLD,
            statuses=("done", "open"), customer=customer, newest_first=True, most=_LOOKED_AT,
        ):  # fmt: skip
            if not product or any(line.product == product for line in sale.lines):
                yield sale

    def _covers(self, sale: Sale, draft: Draft) -> bool:
        """Whether so much of a sale is left to give back."""
        assert draft.amount is not None
        given = self._book.read().execute("SELECT coalesce(sum(amount), 0) FROM kpi_sale WHERE refunds = ?", (sale.id,))
        return bool(sale.amount - given.fetchone()[0] >= draft.amount)
