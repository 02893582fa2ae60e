"""What stands in the book, whatever it is, told in one form: for receipts, lists and programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from toolkit.kpi.model import WHOLE_SHARE, Activity, Opportunity, Payment, Promise, Sale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.kpi.model import Doubt, Line, Split
    from toolkit.kpi.products import Shelf

Thing: TypeAlias = Sale | Payment | Opportunity | Activity | Promise
"""What has a number in the common sequence."""

ToldKind = Literal["sale", "refund", "payment", "lost", "won", "deal", "activity", "promise"]


@dataclass(frozen=True)
class Told:
    """One thing that was sold or done. What a kind has not is empty; `quantity` is None where none was said.

    `product` is what the products are called; `counts` an activity's kinds; `linked` the sale that a refund or a
    payment belongs to, or that a won deal became (0: none known). `total`: the amount was read as that of all pieces
    together.
    """

    kind: ToldKind
    day: date
    amount: int | None = None
    customer: str = ""
    product: str = ""
    quantity: Fraction | None = None
    referral: bool = False
    referrer: str = ""
    repeat: bool = False
    channel: str = ""
    reason: str = ""
    reason_kind: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    needs_confirm: bool = False
    id: int = 0
    run: int = 0
    engagement: str = ""
    status: str = ""
    share: int = WHOLE_SHARE
    splits: tuple[Split, ...] = ()
    note: str = ""
    text: str = ""
    promise: str = ""
    due: date | None = None
    source: str = ""
    order: str = ""
    linked: int = 0
    total: bool = False
    paid: bool = False
    doubts: tuple[Doubt, ...] = ()


def told(thing: Thing, shelf: Shelf) -> Told:
    """A thing of the book as it is told; `shelf` has the products' names."""
    if isinstance(thing, Sale):
        return _sale(thing, shelf)
    if isinstance(thing, Payment):
        return Told(
            "payment", thing.day, thing.amount, thing.customer_name, id=thing.id, run=thing.run,
            engagement=thing.engagement, note=thing.note, text=thing.sentence, linked=thing.sale,
        )  # fmt: skip
    if isinstance(thing, Opportunity):
        kind: ToldKind = "lost" if thing.outcome == "lost" else "won" if thing.outcome == "won" else "deal"
        return Told(
            kind, thing.closed or thing.opened, thing.amount, thing.customer_name,
            shelf.label(thing.product) if thing.product else "", reason=thing.reason, reason_kind=thing.reason_kind,
            id=thing.id, run=thing.run, engagement=thing.engagement, text=thing.sentence, linked=thing.sale,
        )  # fmt: skip
    if isinstance(thing, Activity):
        return Told(
            "activity", thing.day, customer=thing.customer_name, counts={thing.kind: thing.count}, id=thing.id,
            run=thing.run, engagement=thing.engagement, note=thing.note, text=thing.sentence,
        )  # fmt: skip
    return Told(
        "promise", thing.made, customer=thing.customer_name, promise=thing.text, due=thing.due, id=thing.id,
        run=thing.run, engagement=thing.engagement, status=thing.outcome, text=thing.sentence,
    )  # fmt: skip


def names_of(lines: tuple[Line, ...], shelf: Shelf) -> str:
    """What the products of a sale are called, each once."""
    return ", ".join(dict.fromkeys(shelf.label(line.product) for line in lines if line.product))


def _sale(sale: Sale, shelf: Shelf) -> Told:
    return Told(
        sale.kind, sale.ordered, sale.amount, sale.customer_name, names_of(sale.lines, shelf),
        sum((line.quantity for line in sale.lines), Fraction(0)) if sale.lines else None,
        sale.referral, sale.referrer, sale.repeat, sale.channel, needs_confirm=sale.needs_confirm, id=sale.id,
        run=sale.run, engagement=sale.engagement, status=sale.status, share=sale.share, splits=sale.splits,
        note=sale.note, text=sale.sentence, source=sale.source, order=sale.order, linked=sale.refunds,
        paid=sale.paid is not None,
    )  # fmt: skip
