"""From what stands in the book to what a plan pays for: on which day, for how much of it, and against which sale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from toolkit.kpi.commission.entries import Doubtful, Entry, Part
from toolkit.kpi.model import WHOLE_SHARE
from toolkit.kpi.people.buyers import buyer

if TYPE_CHECKING:
    from datetime import date

    from toolkit.kpi.commission.plans import Plan
    from toolkit.kpi.model import Activity, Payment, Sale


class Known(Protocol):
    """What the rest of the book knows about one sale."""

    def sale_refunded(self, refund: Sale) -> tuple[Sale, Doubtful] | None:
        """The sale that a refund belongs to, and "same_customer" where that is read from the customer alone."""

    def sale(self, number: int) -> Sale | None: ...

    def bought_before(self, sale: Sale) -> bool:
        """Whether the customer had a sale that counts before this one."""

    def received(self, sale: int, until: date) -> int | None:
        """What has come in for a sale up to a day, in đồng, by its payments; None where none are linked to it."""


@dataclass(frozen=True)
class Gatherer:
    """Makes entries for one plan."""

    plan: Plan
    known: Known

    @cached_property
    def _by_customers(self) -> bool:
        """Whether it matters who bought before: looking that up goes through the whole book."""
        rules = [rule for version in self.plan.versions for rule in version.rules]
        return any(rule.only.repeat is not None or getattr(rule.pay, "thing", "") == "customer" for rule in rules)

    def sale(self, sale: Sale) -> Entry | None:
        """The entry of a sale; None while it doesn't count."""
        day = self.counted_on(sale)
        if sale.kind != "sale" or day is None:
            return None
        repeat = sale.repeat or (self._by_customers and self.known.bought_before(sale))
        share = Fraction(sale.share, WHOLE_SHARE)
        parts, doubt = _parts(sale, share)
        return Entry(
            "sale", sale.id, day, sale.credited, parts, sale.id, None, sale.order, sale.customer_name, sale.channel,
            repeat, sale.referral or bool(sale.referrer), buyer(sale) is not None and not repeat, share, doubt=doubt,
        )  # fmt: skip

    def counted_on(self, sale: Sale) -> date | None:
        """The day a sale counts on by the version that holds when it was ordered; None while it doesn't count."""
        if sale.status != "done":
            return None
        version = self.plan.version_on(sale.ordered)
        if version is not None and version.date == "paid":
            return sale.paid
        if version is not None and version.date == "completed":
            return sale.completed or sale.ordered
        return sale.ordered

    def refund(self, refund: Sale) -> Entry | None:
        """The entry of a refund; None where it changes nothing: by the plan, or because its sale never counted."""
        if refund.kind != "refund" or refund.status != "done":
            return None
        found = self.known.sale_refunded(refund)
        if found is None:
            return self._unlinked(refund)
        sale, doubt = found
        sold = self.sale(sale)
        if sold is None or sold.day > refund.ordered:
            return None
        version = self.plan.version_on(sold.day)
        way = version.refunds if version is not None else "claw_back"
        if way == "none":
            return None
        share = Fraction(refund.share if refund.share != WHOLE_SHARE else sale.share, WHOLE_SHARE)
        parts, by_value = _refunded_parts(refund, sold, share)
        return replace(
            sold, kind="refund", id=refund.id, day=refund.ordered, amount=-refund.amount * share, parts=parts,
            origin=sold.day if way == "claw_back" else None, order=refund.order or sold.order,
            doubt="by_value" if by_value else doubt, whole=refund.amount >= sale.amount,
        )  # fmt: skip

    def payment(self, payment: Payment) -> Entry:
        """Money that came in. Where it is for a known sale, the member's share of that sale counts."""
        sale = self.known.sale(payment.sale) if payment.sale else None
        sold = self._any_status(sale) if sale is not None else None
        if sale is None or sold is None or not sale.amount:
            parts = (Part("", Fraction(payment.amount), Fraction(0)),)
            return Entry(
                "payment", payment.id, payment.day, Fraction(payment.amount), parts, payment.sale,
                customer_name=payment.customer_name,
            )  # fmt: skip
        return self._received(sold, payment.id, payment.day, Fraction(payment.amount, sale.amount))

    def paid_at_once(self, sale: Sale) -> Entry | None:
        """The money of a sale that is marked as paid and has no payments of its own."""
        if sale.kind != "sale" or sale.paid is None or self.known.received(sale.id, sale.paid) is not None:
            return None
        sold = self.sale(sale)
        return None if sold is None else self._received(sold, -sale.id, sale.paid, Fraction(1))

    def given_back(self, refund: Sale) -> Entry | None:
        """Money that went back to a customer: never more than had come in for the sale, and nothing for a sale that
        was never paid."""
        if refund.kind != "refund" or refund.status != "done":
            return None
        found = self.known.sale_refunded(refund)
        version = self.plan.version_on(refund.ordered)
        if version is not None and version.refunds == "none":
            return None
        if found is None:
            entry = self._unlinked(refund)
            return replace(entry, kind="payment") if entry is not None else None
        sale, doubt = found
        came = self.known.received(sale.id, refund.ordered)
        if came is None:
            came = sale.amount if sale.paid is not None and sale.paid <= refund.ordered else 0
        back = min(refund.amount, came)
        sold = self._any_status(sale)
        if not back or sold is None or not sale.amount:
            return None
        entry = self._received(sold, refund.id, refund.ordered, -Fraction(back, sale.amount))
        return replace(entry, doubt=doubt)

    def activity(self, done: Activity) -> Entry:
        return Entry("activity", done.id, done.day, thing=done.kind, count=done.count, customer_name=done.customer_name)

    def _unlinked(self, refund: Sale) -> Entry | None:
        version = self.plan.version_on(refund.ordered)
        if version is not None and version.refunds == "none":
            return None
        share = Fraction(refund.share, WHOLE_SHARE)
        parts, _ = _parts(refund, share)
        negative = tuple(Part(part.product, -part.amount, -part.units) for part in parts)
        return Entry(
            "refund", refund.id, refund.ordered, -refund.credited, negative, 0, None, refund.order,
            refund.customer_name, refund.channel, share=share, doubt="no_sale",
        )  # fmt: skip

    def _any_status(self, sale: Sale) -> Entry | None:
        return self.sale(replace(sale, status="done", paid=sale.paid or sale.ordered))

    def _received(self, sold: Entry, number: int, day: date, part: Fraction) -> Entry:
        parts = tuple(Part(one.product, one.amount * part, one.units * part) for one in sold.parts)
        return replace(sold, kind="payment", id=number, day=day, amount=sold.amount * part, parts=parts)


def _parts(sale: Sale, share: Fraction) -> tuple[tuple[Part, ...], Doubtful]:
    """A sale's lines with the member's share. One line without an amount has what the others leave of the total."""
    lines = [line for line in sale.lines if line.status not in ("cancelled", "open", "unknown")]
    if not lines:
        return (Part("", sale.amount * share, share),), ""
    open_lines = [line for line in lines if line.amount is None]
    rest = sale.amount - sum(line.amount or 0 for line in lines)
    parts = tuple(
        Part(
            line.product or line.sku,
            (line.amount if line.amount is not None else max(rest, 0) if len(open_lines) == 1 else 0) * share,
            line.quantity * share,
        )
        for line in lines
    )
    return parts, "no_amount" if len(open_lines) > 1 else ""


def _refunded_parts(refund: Sale, sold: Entry, share: Fraction) -> tuple[tuple[Part, ...], bool]:
    """What of a sale's lines a refund takes back, and whether that had to be shared out by their value."""
    if refund.lines and all(line.amount is not None or len(refund.lines) == 1 for line in refund.lines):
        parts, _ = _parts(refund, share)
        return tuple(Part(part.product, -part.amount, -part.units) for part in parts), False
    whole = sum((part.amount for part in sold.parts), Fraction(0))
    ratio = refund.amount * share / whole if whole else Fraction(0)
    parts = tuple(Part(part.product, -part.amount * ratio, -part.units * ratio) for part in sold.parts)
    return parts, len(sold.parts) > 1 and ratio < 1
