"""The rows of an export's table, one after the other: what each says, before orders are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from sys import intern
from typing import TYPE_CHECKING, Final

from toolkit.core.outcome import Place, Problem
from toolkit.core.text import search_key
from toolkit.kpi.imports.cells import RoundedIdError, order_number, plain_text
from toolkit.kpi.imports.model import MONEY, Buyer
from toolkit.kpi.imports.people import is_masked, is_shop_account
from toolkit.kpi.imports.profile import general_words
from toolkit.kpi.imports.worth import parts
from toolkit.sheets.amounts import NoAmountError, read_decimal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from toolkit.kpi.imports.days import Days
    from toolkit.kpi.imports.fitting import Fit
    from toolkit.kpi.imports.model import Field
    from toolkit.sheets.model import Cell, Row

_NUMBERS: Final = (*sorted(MONEY), "quantity", "returned_quantity", "discount_percent")
_MOST: Final = Decimal(10) ** 12  # đồng or units; more was read wrongly
_WORDS: Final = (
    "product",
    "variation",
    "sku",
    "sku_id",
    "variation_sku",
    "status",
    "return_status",
    "channel",
    "referrer",
)
_PEOPLE: Final[tuple[Field, ...]] = ("customer", "account", "customer_code", "phone", "address", "email")
_DAYS: Final = ("day", "completed", "paid")
_STARTS: Final = ("tong cong", "so dong", "cong nhom", "cong ")
_PERCENT: Final = "%"
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_THOUSAND: Final = Decimal(1_000)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of the table as it stands there. `figures` are its numbers, exact; `days` its days, as dates of the sheet's
    own or as they were written."""

    row: int
    sheet: int
    number: str
    line: str
    texts: Mapping[str, str]
    figures: Mapping[str, Decimal]
    days: Mapping[str, date | str]
    buyer: Buyer
    refunds: str = ""
    bad: Problem | None = None

    def follows(self, first: RawRow) -> RawRow:
        """The row with what only the first row of its order says."""
        texts = {
            **{name: text for name, text in first.texts.items() if name in ("status", "channel", "referrer")},
            **self.texts,
        }
        return replace(self, number=first.number, texts=texts, days={**first.days, **self.days},
                       buyer=self.buyer if self.buyer != Buyer() else first.buyer)  # fmt: skip


class Separators:
    """Whether one sign separates thousands in one cell and decimals in another: then neither can be read."""

    def __init__(self) -> None:
        self.groups: dict[str, str] = {}
        self.points: dict[str, str] = {}

    def see(self, group: str, point: str, text: str) -> None:
        if group:
            self.groups.setdefault(group, text)
        if point:
            self.points.setdefault(point, text)

    @property
    def clash(self) -> tuple[str, str] | None:
        """Two cells that contradict each other."""
        both = self.groups.keys() & self.points.keys()
        return next(((self.groups[sign], self.points[sign]) for sign in sorted(both)), None)


class Table:
    """Reads one sheet's rows. `seen` counts those of the table; rows that aren't orders are passed over."""

    def __init__(
        self, fit: Fit, place: Place, sheet: int, days: Days, separators: Separators, *, guarded: bool, contacts: bool
    ) -> None:
        self._fit = fit
        self._place = place
        self._sheet = sheet
        self._days = days
        self._separators = separators
        self._guarded = guarded
        self._before: RawRow | None = None
        self._buyers: dict[tuple[str, ...], Buyer] = {}
        self._texts: dict[tuple[str, ...], Mapping[str, str]] = {}
        self._first = True
        self._footers = frozenset(search_key(word) for word in general_words()["footers"]["words"])
        columns = fit.columns
        self._number = columns["order"] - 1
        self._worth = "gross" if "gross" in columns else "amount"
        needed = _needed(fit)
        self._numbers = [(name, columns[name] - 1) for name in _NUMBERS if name in columns and name in needed]
        self._words = [(name, columns[name] - 1) for name in _WORDS if name in columns]
        people = _PEOPLE if contacts else _PEOPLE[:4]
        self._people = [(name, columns[name] - 1) for name in people if name in columns]
        self._moments = [(name, columns[name] - 1) for name in _DAYS if name in columns]
        self._rivals = [
            (name, columns[name] - 1, [one - 1 for one in others])
            for name, others in fit.rivals.items()
            if name in needed
        ]
        self.seen = 0
        self.rivalry: tuple[str, int] | None = None
        """A money field whose name two columns bear that say different things, and the row that shows it."""

    def take(self, row: Row) -> Iterator[RawRow]:
        """The row, if it is one of the table's."""
        first, self._first = self._first, False
        if row.number <= self._fit.heading.last_row:
            self._first = True
            return
        cells = row.cells
        count = len(cells)
        cell = cells[self._number] if self._number < count else None
        if (
            first
            and self._fit.profile.descriptions
            and cell is not None
            and _describes(cell, row.at(self._fit.columns["day"]))
        ):
            return
        try:
            number = order_number(cell) if cell is not None and cell.text else ""
        except RoundedIdError:
            problem = Problem("kpi.import_rounded", self._at(row, "order"), value=cell.text if cell else "")
            self.seen += 1
            yield RawRow(row.number, self._sheet, "", "", {}, {}, {}, Buyer(), bad=problem)
            return
        if (not number or search_key(number) in self._footers) and self._passes(row, number):
            return
        if number and number == self._fit.named("order"):
            return  # the headings again, at the top of a printed page
        self.seen += 1
        raw = self._raw(row, cells, count, number)
        profile = self._fit.profile
        if not number and profile.continues and self._before is not None:
            raw = raw.follows(self._before)
        elif not number and not profile.own and raw.bad is None:
            raw = replace(raw, bad=Problem("kpi.import_no_order", self._at(row, "order")))
        else:
            self._before = raw
        yield raw

    def _raw(self, row: Row, cells: tuple[Cell, ...], count: int, number: str) -> RawRow:
        bad: Problem | None = None
        figures: dict[str, Decimal] = {}
        for name, column in self._numbers:
            if column >= count:
                continue
            cell = cells[column]
            if cell.value is None:
                continue
            try:
                figure = self._figure(cell, name, cells)
            except NoAmountError:
                code = "kpi.import_amount" if name in MONEY else "kpi.import_quantity"
                bad = bad or Problem(code, self._at(row, name), value=cell.text[:60])
                continue
            if figure is not None:
                figures[name] = figure
        for name, column, others in self._rivals:
            alike = {cells[one].text if one < count else "" for one in (column, *others)}
            if len(alike) > 1 and self.rivalry is None:
                self.rivalry = name, row.number
        days: dict[str, date | str] = {}
        for name, column in self._moments:
            if column < count and (cell := cells[column]).value is not None:
                said = cell.value if isinstance(cell.value, date) else cell.text
                self._days.see(said)
                days[name] = said
        line = self._text(cells, count, "line")
        refunds = self._text(cells, count, "refunds")
        return RawRow(row.number, self._sheet, intern(number), line, self._said(cells, count), figures, days,
                      self._buyer(cells, count), refunds, bad)  # fmt: skip

    def _figure(self, cell: Cell, name: str, cells: tuple[Cell, ...]) -> Decimal | None:
        """A cell's number. Raises NoAmountError."""
        text = cell.text
        if isinstance(cell.value, str):
            if name == "discount_percent":
                text = text.rstrip().removesuffix(_PERCENT)
            profile = self._fit.profile
            if (profile.point or (profile.own and name == "quantity")) and _PLAIN.fullmatch(text):
                return Decimal(text)
        found = read_decimal(cell.value, text)
        if found is None:
            return None
        if abs(found.number) > _MOST:
            raise NoAmountError
        if found.group or found.point:
            if name in MONEY:
                self._separators.see(found.group, found.point, text)
            elif name == "quantity" and not found.point and self._has_decimals(found.number, cells):
                return found.number / _THOUSAND
        return found.number

    def _has_decimals(self, quantity: Decimal, cells: tuple[Cell, ...]) -> bool:
        """Whether a quantity such as "2,000" is two: the line's own price and amount tell, where it has them."""
        price, worth = (self._quietly(cells, name) for name in ("price", self._worth))
        if not price or not worth:
            return False
        return abs(price * quantity / _THOUSAND - worth) < abs(price * quantity - worth)

    def _quietly(self, cells: tuple[Cell, ...], name: str) -> Decimal | None:
        column = self._fit.columns.get(name)
        if column is None or column > len(cells):
            return None
        try:
            found = read_decimal(cells[column - 1].value, cells[column - 1].text)
        except NoAmountError:
            return None
        return found.number if found is not None else None

    def _said(self, cells: tuple[Cell, ...], count: int) -> Mapping[str, str]:
        """The row's texts. The same product in the same state stands in row after row and is kept once."""
        key = tuple([cells[column].text if column < count else "" for _, column in self._words])
        found = self._texts.get(key)
        if found is None:
            told = {name: self._plain(text) for (name, _), text in zip(self._words, key, strict=True) if text}
            found = self._texts[key] = {name: text for name, text in told.items() if text}
        return found

    def _buyer(self, cells: tuple[Cell, ...], count: int) -> Buyer:
        key = tuple([cells[column].text if column < count else "" for _, column in self._people])
        found = self._buyers.get(key)
        if found is None:
            told = {name: self._plain(text) for (name, _), text in zip(self._people, key, strict=True)}
            account = told.get("account") or told.get("customer_code", "")
            name = told.get("customer", "")
            if (not name or is_masked(name)) and is_shop_account(account):
                name = account  # the name that the platform calls them by
            found = Buyer(name, account, told.get("phone", ""), told.get("address", ""), told.get("email", ""))
            self._buyers[key] = found
        return found

    def _plain(self, text: str) -> str:
        return plain_text(text, guarded=self._guarded)

    def _text(self, cells: tuple[Cell, ...], count: int, name: Field) -> str:
        column = self._fit.columns.get(name)
        if column is None or column > count:
            return ""
        return plain_text(cells[column - 1].text, guarded=self._guarded)

    def _passes(self, row: Row, number: str) -> bool:
        """Whether a row without an order's number is none of the table's: it adds up, it heads a group, it is a
        signature."""
        own = [cell for cell in row.cells if not cell.covered and not cell.blank]
        if not own:
            return True
        key = search_key(number or own[0].text[:80])
        if key in self._footers or key.startswith(_STARTS):
            return True
        if self._fit.profile.own:
            return False
        needed = [column for name, column in self._fit.columns.items() if name in MONEY or name == "quantity"]
        return not any(any(char.isdigit() for char in row.at(column).text) for column in needed)

    def _at(self, row: Row, name: str) -> Place:
        return replace(self._place, row=row.number, column=self._fit.columns.get(name))


def _needed(fit: Fit) -> Collection[str]:
    """The figures that an order's worth, its refunds and its proofs come from; a slip in any other harms nobody."""
    profile = fit.profile
    needed: set[str] = {"quantity", "returned_quantity", "order_refund", "line_refund", "order_discount"}
    needed |= {*parts(fit.worth), *parts(profile.proof), profile.total}
    if not fit.worth:
        needed |= {*parts(fit.order_worth), "some_discount"}
    elif "some_discount" in fit.columns:
        needed |= {"some_discount", "price", "amount"}
    if "*" in fit.worth:
        needed.add("discount_percent")
    return needed


def _describes(number: Cell, day: Cell) -> bool:
    """A row below the headings that tells what they mean: a sentence, or nothing, where numbers and days stand."""
    if any(char.isdigit() for char in day.text):
        return False
    text = number.text.strip()
    return " " in text or not any(char.isdigit() for char in text)
