"""What a run may write into the book, with verbs of its own for what was sold and done."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.kpi.book import contacts
from toolkit.kpi.book.records import (
    SALE,
    TOGETHER,
    engagement_row,
    kept,
    line_row,
    one,
    product_of,
    product_row,
    sale_row,
    split_row,
)
from toolkit.kpi.model import Contact, Sale
from toolkit.kpi.products import Shelf
from toolkit.store.history import BATCH, Journal
from toolkit.store.history import Recording as AnyRecording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.kpi.book.records import R
    from toolkit.kpi.model import Engagement, Product
    from toolkit.store.history import Value

JOURNAL: Final = Journal(
    prefix="kpi",
    room="kpi",
    nothing_to_undo="kpi.nothing_to_undo",
    run_unknown="kpi.run_unknown",
    already_undone="kpi.already_undone",
    undo_changed_later="kpi.undo_changed_later",
    batches=True,
    together=TOGETHER,
)


class Recording(AnyRecording):
    """What a run may write. `add`, `change` and `remove` are for the things of `toolkit.kpi.model` that have a number;
    `put`, `insert`, `insert_many` and `drop` for the rows of any table `kpi_…`."""

    def add(self, thing: R) -> R:
        """Put a thing into the book, with what hangs on it (lines, splits, stages, revisions). Its number and run are
        given to it here, and the time where it has one."""
        how = kept(thing)
        placed = _stamped(thing, self)
        row = how.row(placed)
        if "made_at" in row:
            row["made_at"] = self.at.isoformat()
        number = self.insert(how.table, row)
        placed = replace(placed, id=number)
        for table, part in how.hanging(placed):
            self.put(table, part)
        return placed

    add_sale = add

    def add_sales(self, sales: Iterable[Sale]) -> range:
        """Many new sales at a fraction of the cost of `add`; their numbers, in order."""
        first = following = self._tables.next_number(SALE)
        waiting = iter(sales)
        made: dict[str, Value] = {"run": self.number, "made_at": self.at.isoformat()}
        while piece := list(islice(waiting, BATCH)):
            numbers = self.insert_many(SALE, (sale_row(sale) | made for sale in piece))
            self.insert_many(
                "kpi_line",
                (line_row(n, at, line) for n, s in zip(numbers, piece, strict=True) for at, line in enumerate(s.lines)),
            )
            self.insert_many(
                "kpi_split", (split_row(n, part) for n, s in zip(numbers, piece, strict=True) for part in s.splits)
            )
            following = numbers.stop
        return range(first, following)

    def change(self, thing: R, **fields: Any) -> R:
        """The thing with other values in these fields; nothing is written where they are what they were.

        ConflictError("kpi.number_unknown") if there is no such thing (any more).
        """
        how = kept(thing)
        before = self._standing(thing)
        changed = replace(before, **fields)
        row = self.row(how.table, id=thing.id)
        assert row is not None
        self.put(how.table, {**row, **how.row(changed), **{name: row[name] for name in _MADE if name in row}})
        old = {self._place(table, part): (table, part) for table, part in how.hanging(before)}
        new = {self._place(table, part): (table, part) for table, part in how.hanging(changed)}
        for place, (table, part) in old.items():
            if place not in new:
                self.drop(table, **self._tables.key(table, part))
        for place, (table, part) in new.items():
            if old.get(place) != (table, part):
                self.put(table, part)
        return changed

    def remove(self, thing: R) -> None:
        """Take a thing out of the book, with what hangs on it. ConflictError as in `change`."""
        how = kept(thing)
        before = self._standing(thing)
        for table, part in how.hanging(before):
            self.drop(table, **self._tables.key(table, part))
        self.drop(how.table, id=thing.id)

    def contact(
        self, engagement: str, name: str, *, phone: str = "", account: str = "", own: bool = True, referrer: str = ""
    ) -> Contact:
        """The one customer who is meant by this, newly kept where there is none; see `contacts.like`.

        Where several could be meant, a new one is not made: the one kept last is taken, and `contacts.like` names them.
        `own` and `referrer` are a new one's.
        """
        found = contacts.like(self._db, engagement, name, phone=phone, account=account)
        if found:
            return found[-1]
        return self.add(Contact(0, engagement, name, own=own, phone=phone, account=account, referrer=referrer))

    def product(self, name: str) -> Product:
        """The product of this name, put on the shelf where it is new."""
        shelf = Shelf(map(product_of, self._rows("kpi_product")))
        product = shelf.found_or_new(name)
        if shelf.find(name) is None:
            self.put("kpi_product", product_row(product))
        return product

    def put_engagement(self, engagement: Engagement) -> None:
        self.put("kpi_engagement", engagement_row(engagement))

    def put_product(self, product: Product) -> None:
        self.put("kpi_product", product_row(product))

    def move(self, table: str, column: str, old: str, new: str) -> int:
        """Write `new` in a column of every row that has `old` there; how many these were."""
        key = ", ".join(self._tables.key_columns(table))
        found = self._db.execute(f"SELECT {key} FROM {table} WHERE {column} = ?", (old,))  # noqa: S608 - names of ours
        names = [described[0] for described in found.description]
        rows = found.fetchall()
        for values in rows:
            row = self._tables.get(table, dict(zip(names, values, strict=True)))
            assert row is not None
            self.put(table, {**row, column: new})
        return len(rows)

    def _standing(self, thing: R) -> R:
        found = one(self._db, kept(thing), thing.id)
        if found is None:
            raise ConflictError("kpi.number_unknown", value=str(thing.id), id=thing.id)
        return found

    def _place(self, table: str, row: dict[str, Value]) -> tuple[Value, ...]:
        return (table, *self._tables.key(table, row).values())

    def _rows(self, table: str) -> list[dict[str, Any]]:
        found = self._db.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


_MADE: Final = ("run", "made_at")


def _stamped(thing: R, run: Recording) -> R:
    fields: dict[str, Any] = {"id": 0}
    if hasattr(thing, "run"):
        fields["run"] = run.number
    if hasattr(thing, "made_at"):
        fields["made_at"] = run.at
    return replace(thing, **fields)
