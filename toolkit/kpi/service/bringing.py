"""Orders written into the book: the new ones many at once, the changed ones one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from toolkit.kpi.book.contacts import aliases
from toolkit.kpi.book.imported import sales_numbered
from toolkit.kpi.book.records import CONTACTS
from toolkit.kpi.imports.cells import as_quantity
from toolkit.kpi.imports.people import Known, account_of, is_masked, is_somebody, phone_tag
from toolkit.kpi.model import Contact, Line, Sale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.book.recording import Recording
    from toolkit.kpi.imports.model import Buyer, Item, Order, Refund
    from toolkit.kpi.model import Status
    from toolkit.kpi.service.comparing import Unit


class OrderWriter:
    """Writes units: the new ones many at once, the changed ones one by one."""

    def __init__(self, book: KpiBook, run: Recording, engagement: str, *, contacts: bool) -> None:
        self._run = run
        self._db = book.read()
        self._at: datetime = run.at
        self._keep_contacts = contacts
        self._engagement = engagement
        self._shelf = book.shelf()
        put_together = aliases(book.read(), engagement)
        self._known = Known([*book.contacts(engagements=(engagement,)), *put_together])
        told = book.engagements().get(engagement)
        self._own_contacts = told.own_contacts if told is not None else True
        self._buyers: dict[Buyer, int] = {}
        self._ids: dict[str, str] = {}
        self.customers = self.products = 0

    def write(self, units: Sequence[Unit], source: str, progress: Callable[[int], object]) -> None:
        new = [unit for unit in units if unit.standing == "new"]
        self._contacts(unit.order.buyer for unit in units if unit.standing != "unchanged")
        sales = [unit for unit in new if unit.order.is_sale]
        numbers = self._run.add_sales(self._told(sales, source, progress))
        of = {unit.order.number: number for unit, number in zip(sales, numbers, strict=True) if unit.order.number}
        of |= self._sold_before(new, source, of)
        self._run.add_sales(
            self._refund(unit.order, one, source, of.get(one.of or unit.order.number, 0))
            for unit in new
            for one in unit.order.refunds
        )
        for unit in units:
            if unit.standing == "updated":
                self._update(unit, source)
                progress(1)

    def _sold_before(self, units: Iterable[Unit], source: str, known: Mapping[str, int]) -> dict[str, int]:
        """The sales in the book that new refunds belong to, by their numbers."""
        wanted = {one.of or unit.order.number for unit in units for one in unit.order.refunds} - known.keys()
        found = sales_numbered(self._db, self._engagement, source, wanted)
        return {sale.order: sale.id for sale in found if sale.kind == "sale"}

    def _told(self, units: Iterable[Unit], source: str, progress: Callable[[int], object]) -> Iterator[Sale]:
        for unit in units:
            progress(1)
            yield self._sale(unit.order, source)

    def _sale(self, order: Order, source: str) -> Sale:
        buyer = order.buyer
        return Sale(
            0, self._engagement, "sale", order.status, order.day, order.amount, 0, self._at,
            source=source, order=order.number, completed=order.completed, paid=order.paid,
            customer=self._buyers.get(buyer, 0), customer_name=buyer.name, referral=bool(order.referrer),
            referrer=order.referrer, channel=order.channel, lines=self._lines(order),
        )  # fmt: skip

    def _lines(self, order: Order) -> tuple[Line, ...]:
        return tuple(self._line(item, order.status) for item in order.items)

    def _line(self, item: Item, state: Status) -> Line:
        status: Status | Literal[""] = "" if item.status == state else item.status
        return Line(self._product(item.product), as_quantity(item.quantity), item.amount, item.sku, status)

    def _refund(self, order: Order, refund: Refund, source: str, of: int) -> Sale:
        return Sale(
            0, self._engagement, "refund", refund.status, refund.day, refund.amount, 0, self._at,
            source=source, order=refund.number, customer=self._buyers.get(order.buyer, 0),
            customer_name=order.buyer.name, channel=order.channel, refunds=of,
        )  # fmt: skip

    def _update(self, unit: Unit, source: str) -> None:
        order, sale = unit.order, unit.sale
        if order.is_sale and sale is None:
            sale = self._run.add(self._sale(order, source))
        elif order.is_sale and sale is not None:
            self._change(order, sale)
        wanted = {one.number: one for one in order.refunds}
        for number, old in unit.refunds.items():
            if number not in wanted:
                self._run.remove(old)
        for number, one in wanted.items():
            known = unit.refunds.get(number)
            if known is None:
                self._run.add(self._refund(order, one, source, sale.id if sale else 0))
            else:
                self._run.change(known, status=one.status, ordered=one.day, amount=one.amount)

    def _change(self, order: Order, sale: Sale) -> None:
        """What the file says of the order; what the member said of it stays: notes, shares, splits, who it was."""
        fields: dict[str, object] = {"status": order.status, "amount": order.amount, "ordered": order.day}
        if order.items or sale.source != "log":
            fields["lines"] = self._lines(order)
        fields |= {name: value for name, value in (("completed", order.completed), ("paid", order.paid)) if value}
        if order.channel:
            fields["channel"] = order.channel
        if order.referrer:
            fields |= {"referrer": order.referrer, "referral": True}
        if order.buyer.name and not is_masked(order.buyer.name):
            fields["customer_name"] = order.buyer.name
        if not sale.customer:
            fields["customer"] = self._buyers.get(order.buyer, 0)
        self._run.change(sale, **fields)

    def _contacts(self, buyers: Iterable[Buyer]) -> None:
        """The numbers of all who bought; those who are new are kept, without phone and address unless asked for."""
        fresh: dict[str, Contact] = {}
        waiting = []
        for buyer in dict.fromkeys(buyers):
            if buyer in self._buyers or not is_somebody(buyer):
                continue
            waiting.append(buyer)
            if not self._known.find(buyer):
                account = account_of(buyer)
                mark = f"{account.casefold()}|{buyer.name.casefold() if account[:1] in ('', '#') else ''}"
                fresh.setdefault(mark, self._contact(buyer, account))
        numbers = self._run.insert_many("kpi_contact", map(CONTACTS.row, fresh.values()))
        for number, contact in zip(numbers, fresh.values(), strict=True):
            self._known.put(number, contact.name, contact.account or phone_tag(contact.phone))
        self.customers += len(fresh)
        for buyer in waiting:
            self._buyers[buyer] = self._known.find(buyer)

    def _contact(self, buyer: Buyer, account: str) -> Contact:
        kept = self._keep_contacts
        name = buyer.name if buyer.name and not is_masked(buyer.name) else account
        return Contact(
            0, self._engagement, name, own=self._own_contacts, account="" if kept and account[:1] == "#" else account,
            phone=buyer.phone if kept and not is_masked(buyer.phone) else "", address=buyer.address, email=buyer.email,
        )  # fmt: skip

    def _product(self, name: str) -> str:
        if not name:
            return ""
        found = self._ids.get(name)
        if found is None:
            known = self._shelf.find(name)
            product = known or self._shelf.found_or_new(name)
            if known is None:
                self._run.put_product(product)
                self._shelf.put(product)
                self.products += 1
            found = self._ids[name] = product.id
        return found
