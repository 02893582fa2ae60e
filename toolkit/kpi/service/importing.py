"""Exports of shop systems into the book: planned, shown, then written in one run that can be taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Exit, Outcome, Place, Problem
from toolkit.core.text import search_key
from toolkit.disk.crash import crashpoint
from toolkit.kpi.book.contacts import aliases
from toolkit.kpi.book.imported import forget_profile, own_profiles, sales_numbered, typed_sales, write_profile
from toolkit.kpi.book.records import CONTACTS
from toolkit.kpi.imports.own_table import number_of, rows_of_order, rows_of_sale
from toolkit.kpi.imports.people import Known, account_of, is_masked, is_somebody, phone_tag
from toolkit.kpi.imports.undisturbed import undisturbed
from toolkit.kpi.model import QUANTITY_UNIT, Contact, Line, Sale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.book.recording import Recording
    from toolkit.kpi.imports.model import Buyer, Export, Item, Order, Refund
    from toolkit.kpi.imports.own_table import OwnRow
    from toolkit.kpi.imports.profile import OwnProfile
    from toolkit.kpi.model import Status
    from toolkit.kpi.products import Shelf

Standing = Literal["new", "updated", "unchanged"]
_TELLING: Final = 8
"""Characters of a number that two shop systems hardly give to different orders."""
_FINAL: Final = frozenset({"done", "cancelled", "returned"})


@dataclass(frozen=True)
class Unit:
    """What becomes of one order: `sale` and `refunds` are those in the book, by what the file calls them."""

    order: Order
    standing: Standing
    sale: Sale | None = None
    refunds: Mapping[str, Sale] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """The orders of one shop system. `source` is what the book knows them by."""

    exports: tuple[Export, ...]
    source: str
    units: tuple[Unit, ...]

    def count(self, standing: Standing) -> int:
        return sum(unit.standing == standing for unit in self.units)


@dataclass(frozen=True)
class Preview:
    """What an import would write. `keep` is a layout that the member explained and wants kept; `contacts`: phone
    numbers and addresses are kept, too; `older` orders stand further along in the book than in the file."""

    engagement: str
    parts: tuple[Part, ...]
    this_year: int
    keep: OwnProfile | None = None
    contacts: bool = False
    older: int = 0

    @property
    def exports(self) -> list[Export]:
        return [export for part in self.parts for export in part.exports]

    @property
    def orders(self) -> list[Order]:
        return [unit.order for part in self.parts for unit in part.units]

    @property
    def writes(self) -> int:
        """Orders that are new or changed."""
        return sum(part.count("new") + part.count("updated") for part in self.parts)

    def count(self, standing: Standing) -> int:
        return sum(part.count(standing) for part in self.parts)

    @property
    def counted(self) -> int:
        return sum(order.is_sale and order.status == "done" for order in self.orders)

    @property
    def revenue(self) -> int:
        return sum(order.amount for order in self.orders if order.is_sale and order.status == "done")

    @property
    def refunds(self) -> int:
        return sum(one.amount for order in self.orders for one in order.refunds if one.status == "done")

    @property
    def units(self) -> Fraction | None:
        """Units of done lines; None where no file tells of any."""
        if not any(export.has_units for export in self.exports):
            return None
        return Fraction(
            sum(order.units for order in self.orders if order.is_sale and order.status == "done"), QUANTITY_UNIT
        )

    @property
    def states(self) -> dict[str, int]:
        """How many orders are in which state."""
        return dict(Counter(order.status for order in self.orders if order.is_sale))


@dataclass(frozen=True)
class Imported:
    """What was written. `run` is None where nothing was."""

    run: int | None
    preview: Preview
    customers: int = 0
    products: int = 0


class Importer:
    """Plans and applies imports. Reading the files is done before."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def plan(
        self,
        exports: Sequence[Export],
        engagement: str,
        *,
        shop: str = "",
        keep: OwnProfile | None = None,
        contacts: bool = False,
    ) -> Outcome[Preview]:
        """What these files would bring into the book. Nothing is written. `shop` tells two shops of one system apart.

        An order that has come to its end in the book doesn't go back to an earlier state by an older file.
        """
        by_source: dict[str, list[Export]] = {}
        for export in exports:
            source = f"{export.source}/{shop}" if shop else export.source
            by_source.setdefault(source, []).append(export)
        shelf = self._book.shelf()
        older = 0
        parts = []
        for source, mine in by_source.items():
            compare = _Comparing(self._book, engagement, source, shelf, own=mine[0].own)
            with undisturbed():
                units = tuple(compare.units(_merged(mine)))
            older += compare.older
            parts.append(Part(tuple(mine), source, units))
        preview = Preview(engagement, tuple(parts), self._clock.today().year, keep, contacts, older)
        problems = [problem for export in exports for problem in export.problems]
        notes = [note for export in exports for note in export.notes]
        elsewhere = self._elsewhere(engagement, parts)
        if elsewhere:
            notes.append(Problem("kpi.import_elsewhere", Place(), {"n": elsewhere}))
        if older:
            notes.append(Problem("kpi.import_older", Place(), {"n": older}))
        return Outcome(preview, tuple(problems), "partial" if problems else "ok", notes=tuple(notes))

    def _elsewhere(self, engagement: str, parts: Sequence[Part]) -> int:
        """How many new orders bear a number that is known from another shop system: it may be the same order, passed
        on from one to the other, and would then count twice."""
        found = 0
        before: set[str] = set()
        for part in parts:
            new = {unit.order.number for unit in part.units if unit.standing == "new"}
            new = {number for number in new if len(number) >= _TELLING}
            others = {
                sale.order
                for sale in sales_numbered(self._book.read(), engagement, "", new)
                if sale.source != part.source
            }
            found += len(others | (new & before))
            before |= new
        return found

    def apply(self, preview: Preview, progress: Callable[[int], object] = lambda _: None) -> Outcome[Imported]:
        """Write what the preview shows, in one run: all of it or nothing. Raises StoreError."""
        files = ", ".join(dict.fromkeys(export.file for export in preview.exports))
        with undisturbed(), self._book.recording("import", at=self._clock.now(), note=files) as run:
            crashpoint("kpi.import.begun")
            writer = _Writer(self._book, run, preview)
            for part in preview.parts:
                writer.write(part, progress)
            if preview.keep is not None:
                keep = preview.keep
                write_profile(run, keep.name, definition_of(keep))
            crashpoint("kpi.import.written")
            number = run.number if run.changes else None
        return Outcome(Imported(number, preview, writer.customers, writer.products))


def nothing_new(preview: Preview) -> Outcome[Imported]:
    """The end of an import whose orders are all in the book as they are."""
    return Outcome(Imported(None, preview))


def refused(preview: Preview) -> Outcome[Imported]:
    """The member has said no: nothing was written, and that is fine."""
    return Outcome(Imported(None, preview), exit=Exit.OK)


@dataclass(frozen=True)
class Forgotten:
    """A layout that was taken away, and the run that did it."""

    name: str
    run: int


def forget_layout(book: KpiBook, name: str, at: datetime) -> Outcome[Forgotten]:
    """Take away a layout that the member explained. ConflictError("kpi.profile_unknown")."""
    key = search_key(name)
    found = next((known for known, _ in own_profiles(book.read()) if search_key(known) == key), None)
    if found is None:
        raise ConflictError("kpi.profile_unknown", value=name)
    with book.recording("profile", at=at, note=found) as run:
        forget_profile(run, found)
        number = run.number
    return Outcome(Forgotten(found, number))


def definition_of(profile: OwnProfile) -> dict[str, object]:
    """A layout as it is kept."""
    return {
        "columns": dict(profile.columns),
        "dates": profile.dates,
        "statuses": dict(profile.statuses),
        "channel": profile.channel,
    }


def _merged(exports: Sequence[Export]) -> list[Order]:
    """The orders of several files of one system, each once: as it stands in the file where it has come furthest, else
    in the one named last."""
    found: dict[object, Order] = {}
    for export in exports:
        for order in export.orders:
            key: object = order.number or (export.file, order.row)
            before = found.get(key)
            if before is None or before.status not in _FINAL or order.status in _FINAL:
                found[key] = order
    return list(found.values())


class _Comparing:
    """Holds a file's orders against those in the book."""

    def __init__(self, book: KpiBook, engagement: str, source: str, shelf: Shelf, *, own: bool) -> None:
        self._db = book.read()
        self._engagement = engagement
        self._source = source
        self._shelf = shelf
        self._own = own
        self._labels: dict[str, str] = {}
        self.older = 0

    def units(self, orders: Sequence[Order]) -> Iterator[Unit]:
        if self._own:
            yield from self._own_units(orders)
            return
        numbers = [number for order in orders for number in (order.number, *(one.number for one in order.refunds))]
        sales: dict[str, Sale] = {}
        refunds: dict[str, Sale] = {}
        for sale in sales_numbered(self._db, self._engagement, self._source, numbers):
            (sales if sale.kind == "sale" else refunds)[sale.order] = sale
        for order in orders:
            old = {one.number: refunds[one.number] for one in order.refunds if one.number in refunds}
            if order.is_sale and order.number in refunds:
                old.setdefault(order.number, refunds[order.number])
            yield self._unit(order, sales.get(order.number), old)

    def _unit(self, order: Order, sale: Sale | None, refunds: Mapping[str, Sale]) -> Unit:
        if sale is None and not refunds:
            return Unit(order, "new")
        if sale is not None and sale.status in _FINAL and order.status in ("open", "unknown"):
            self.older += 1
            return Unit(order, "unchanged", sale, refunds)
        same = (not order.is_sale or (sale is not None and self._same_sale(order, sale))) and self._same_refunds(
            order, refunds
        )
        return Unit(order, "unchanged" if same else "updated", sale, refunds)

    def _same_sale(self, order: Order, sale: Sale) -> bool:
        return (
            sale.status == order.status
            and sale.amount == order.amount
            and sale.ordered == order.day
            and (order.completed is None or sale.completed == order.completed)
            and (order.paid is None or sale.paid == order.paid)
            and (not order.channel or sale.channel == order.channel)
            and (is_masked(order.buyer.name) or not order.buyer.name or sale.customer_name == order.buyer.name)
            and len(sale.lines) == len(order.items)
            and all(
                self._same_line(item, line, order.status) for item, line in zip(order.items, sale.lines, strict=True)
            )
        )

    def _same_line(self, item: Item, line: Line, state: Status) -> bool:
        return (
            line.amount == item.amount
            and line.sku == item.sku
            and (line.status or state) == item.status
            and line.quantity * QUANTITY_UNIT == item.quantity
            and (line.product == item.product or line.product == self._product(item.product))
        )

    def _same_refunds(self, order: Order, refunds: Mapping[str, Sale]) -> bool:
        if len(refunds) != len(order.refunds):
            return False
        return all(_same_refund(one, refunds[one.number]) for one in order.refunds)

    def _product(self, name: str) -> str:
        found = self._labels.get(name)
        if found is None:
            found = self._labels[name] = self._shelf.found_or_new(name).id if name else ""
        return found

    # --- the program's own table: any sale of the book may stand in it

    def _own_units(self, orders: Sequence[Order]) -> Iterator[Unit]:
        by_number: dict[tuple[str, str], list[Sale]] = {}
        numbers = [number for order in orders for number in (order.number, *(one.number for one in order.refunds))]
        for sale in sales_numbered(self._db, self._engagement, "", numbers):
            by_number.setdefault((sale.kind, sale.order), []).append(sale)
        typed: dict[tuple[OwnRow, ...], list[Sale]] = {}
        wanted = set(numbers)
        nameless = any(not order.number for order in orders)
        for sale in typed_sales(self._db, self._engagement):
            if (number := number_of(sale)) in wanted:
                by_number.setdefault((sale.kind, number), []).append(sale)
            elif nameless:
                typed.setdefault(_nameless(self._rows(sale)), []).append(sale)
        for order in orders:
            yield self._own_unit(order, by_number) if order.number else self._nameless_unit(order, typed)

    def _own_unit(self, order: Order, known: Mapping[tuple[str, str], Sequence[Sale]]) -> Unit:
        rows = rows_of_order(order, self._label)
        sales = known.get(("sale", order.number), ()) if order.is_sale else ()
        sale = next((one for one in sales if sorted(self._rows(one)) == sorted(rows)), None) or next(
            (one for one in sales if one.source == self._source or len(sales) == 1), None
        )
        refunds = {one.number: found[0] for one in order.refunds if (found := known.get(("refund", one.number), ()))}
        if sale is None and not refunds:
            return Unit(order, "new")
        if sale is not None and sale.status in _FINAL and order.is_sale and order.status in ("open", "unknown"):
            self.older += 1
            return Unit(order, "unchanged", sale, refunds)
        same = not order.is_sale or (sale is not None and sorted(self._rows(sale)) == sorted(rows))
        same = same and len(refunds) == len(order.refunds)
        same = same and all(_same_refund(one, refunds[one.number]) for one in order.refunds)
        return Unit(order, "unchanged" if same else "updated", sale, refunds)

    def _nameless_unit(self, order: Order, typed: Mapping[tuple[OwnRow, ...], list[Sale]]) -> Unit:
        """An order without a number is the same as a sale of the same content; each of the book's stands for one."""
        if order.is_sale:
            rows = rows_of_order(order, self._label)
        else:
            rows = [_refund_row(order, one) for one in order.refunds]
        same = typed.get(_nameless(rows))
        if not same:
            return Unit(order, "new")
        sale = same.pop(0)
        if sale.kind == "refund":
            return Unit(order, "unchanged", None, {"": sale})
        return Unit(order, "unchanged" if sale.status == order.status else "updated", sale)

    def _rows(self, sale: Sale) -> list[OwnRow]:
        return rows_of_sale(sale, self._shelf.label)

    def _label(self, name: str) -> str:
        known = self._shelf.find(name) if name else None
        return known.label if known is not None else name


def _same_refund(refund: Refund, sale: Sale) -> bool:
    return sale.amount == refund.amount and sale.ordered == refund.day and sale.status == refund.status


def _refund_row(order: Order, refund: Refund) -> OwnRow:
    row = rows_of_order(replace(order, items=(), amount=-refund.amount), lambda name: name)[0]
    return row._replace(date=refund.day.isoformat())


def _nameless(rows: Iterable[OwnRow]) -> tuple[OwnRow, ...]:
    """What a sale is known by without a number: all but its state, which changes."""
    return tuple(sorted(row._replace(order_id="", status="") for row in rows))


class _Writer:
    """Writes units: the new ones many at once, the changed ones one by one."""

    def __init__(self, book: KpiBook, run: Recording, preview: Preview) -> None:
        self._run = run
        self._db = book.read()
        self._at: datetime = run.at
        self._preview = preview
        self._engagement = preview.engagement
        self._shelf = book.shelf()
        put_together = aliases(book.read(), preview.engagement)
        self._known = Known([*book.contacts(engagements=(preview.engagement,)), *put_together])
        engagement = book.engagements().get(preview.engagement)
        self._own_contacts = engagement.own_contacts if engagement is not None else True
        self._buyers: dict[Buyer, int] = {}
        self._ids: dict[str, str] = {}
        self.customers = self.products = 0

    def write(self, part: Part, progress: Callable[[int], object]) -> None:
        new = [unit for unit in part.units if unit.standing == "new"]
        self._contacts(unit.order.buyer for unit in part.units if unit.standing != "unchanged")
        sales = [unit for unit in new if unit.order.is_sale]
        numbers = self._run.add_sales(self._told(sales, part.source, progress))
        of = {unit.order.number: number for unit, number in zip(sales, numbers, strict=True) if unit.order.number}
        of |= self._sold_before(new, part.source, of)
        self._run.add_sales(
            self._refund(unit.order, one, part.source, of.get(one.of or unit.order.number, 0))
            for unit in new
            for one in unit.order.refunds
        )
        for unit in part.units:
            if unit.standing == "updated":
                self._update(unit, part.source)
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
        quantity = Fraction(item.quantity, QUANTITY_UNIT)
        return Line(self._product(item.product), quantity, item.amount, item.sku, status)

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
        kept = self._preview.contacts
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
