"""Orders out of rows: what is repeated on every line counts once, and the lines are checked against their sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from toolkit.core.money import format_money
from toolkit.core.outcome import Place, Problem
from toolkit.kpi.imports.cells import dong, thousandths
from toolkit.kpi.imports.days import DayError
from toolkit.kpi.imports.model import Buyer, Item, Order, Refund
from toolkit.kpi.imports.statuses import of_order
from toolkit.kpi.imports.worth import reckon
from toolkit.kpi.model import QUANTITY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.kpi.imports.days import Days
    from toolkit.kpi.imports.fitting import Fit
    from toolkit.kpi.imports.rows import RawRow
    from toolkit.kpi.imports.statuses import Statuses
    from toolkit.kpi.model import Status

_NEAR: Final = 1
"""Đồng by which a line may be off its own reckoning, for rounding."""
_WHOLE: Final = frozenset({"order_amount", "order_gross", "order_discount", "order_refund"})


@dataclass(frozen=True)
class Reading:
    """What the rows of a file became. `lines` counts the rows that make up `orders`; `checked` orders were held against
    their own totals, of which `differing` have another."""

    orders: list[Order]
    lines: int
    repeated: int
    problems: list[Problem]
    unknown: Mapping[str, int]
    unknown_returns: Mapping[str, int]
    partly: int
    checked: int
    differing: int


_OF_GOODS: Final = frozenset({"quantity", "price", "amount"})


class OrderMaker:
    """Makes orders of rows. `places` are the sheets by number; `by_lines`: where lines and total differ, the lines
    count."""

    def __init__(
        self, fit: Fit, days: Days, statuses: Statuses, places: Mapping[int, Place], *, by_lines: bool
    ) -> None:
        self._fit = fit
        self._profile = fit.profile
        self._days = days
        self._statuses = statuses
        self._places = places
        self._by_lines = by_lines
        self._line_discount = False
        self._problems: list[Problem] = []
        self._unknown: Counter[str] = Counter()
        self._unknown_returns: Counter[str] = Counter()
        self._partly = self._checked = self._differing = self._repeated = 0

    def make(self, raws: Sequence[RawRow]) -> Reading:
        """The orders, in the order of the file."""
        self._line_discount = self._is_line_discount(raws)
        orders: list[Order] = []
        lines = 0
        for group in _grouped(raws):
            bad = next((raw.bad for raw in group if raw.bad is not None), None)
            if bad is not None:
                self._problems += [raw.bad for raw in group if raw.bad is not None]
                continue
            try:
                made = self._order(group)
            except _KeptOutError as error:
                self._problems.append(error.problem)
                continue
            orders.append(made)
            lines += len(group)
        return Reading(orders, lines, self._repeated, self._problems, dict(self._unknown),
                       dict(self._unknown_returns), self._partly, self._checked, self._differing)  # fmt: skip

    # --- one order

    def _order(self, group: list[RawRow]) -> Order:
        first = group[0]
        group = self._one_sheet(group)
        whole = self._whole(group)
        rows = self._without_sections(self._without_repeats(group, whole))
        day = self._first_day(group, "day")
        if day is None:
            raise self._kept_out("kpi.import_no_day", first, "day")
        items: list[Item] = []
        returns: list[tuple[RawRow, int]] = []
        for raw in rows:
            item = self._item(raw, whole, alone=len(rows) == 1)
            if item.amount < 0 or self._profile.refunds_only:
                returns.append((raw, abs(item.amount)))
            else:
                items.append(item)
        self._check_total(first, items, whole)
        items = self._after_discount(items, whole)
        state: Status = of_order(frozenset(item.status for item in items)) if items else "done"
        own = [item for item in items if item.status == state]
        completed = self._last_day(group, "completed")
        said = dong(abs(whole.get("order_refund", Decimal(0)))) or sum(item.refund for item in own)
        refunds = self._refunds(first, returns, state, (day, completed or day), said)
        return Order(
            number=first.number,
            day=day,
            status=state,
            amount=sum(item.amount for item in own),
            items=tuple(item for item in items if item.product or item.sku or item.quantity),
            refunds=tuple(refunds),
            completed=completed if completed is None or completed >= day else None,
            paid=self._first_day(group, "paid"),
            buyer=next((raw.buyer for raw in group if raw.buyer != _NOBODY), _NOBODY),
            channel=next((text for raw in group if (text := raw.texts.get("channel"))), "") or self._profile.channel,
            referrer=next((text for raw in group if (text := raw.texts.get("referrer"))), ""),
            is_sale=bool(items),
            row=first.row,
            rows=len(group),
        )

    def _without_sections(self, rows: list[RawRow]) -> list[RawRow]:
        """The rows that are goods: where an order goes on over several rows, some may be headings or remarks between
        its lines (Odoo's sections and notes), which have neither a quantity nor any money."""
        if not self._profile.continues:
            return rows
        goods = [raw for raw in rows if not _OF_GOODS.isdisjoint(raw.figures)]
        return goods or rows

    def _item(self, raw: RawRow, whole: Mapping[str, Decimal], *, alone: bool) -> Item:
        profile = self._profile
        figures = raw.figures
        if self._fit.worth:
            worth = reckon(self._fit.worth, figures)
            if worth is not None and profile.proof and self._fit.worth != profile.proof:
                proof = reckon(profile.proof, figures)
                if proof is not None and abs(proof - worth) > _NEAR:
                    raise self._kept_out("kpi.import_line_off", raw, "amount", found=worth, expected=proof)
        else:
            worth = reckon(self._fit.order_worth, whole) if alone else None
        if worth is None:
            code = "kpi.import_no_amount" if self._fit.worth or alone else "kpi.import_order_twice"
            raise self._kept_out(code, raw, "amount" if "amount" in self._fit.columns else "order")
        amount = dong(worth)
        quantity = figures.get("quantity")
        units = QUANTITY_UNIT if quantity is None and profile.unit_rows else thousandths(quantity or Decimal(0))
        status, refund = self._state(raw), 0
        if status == "done" and amount > 0:
            refund = self._line_refund(raw, amount, quantity)
        product = raw.texts.get("product", "")
        variation = raw.texts.get("variation", "")
        if variation and variation not in product and variation not in ("-", "Default", "default"):
            product = f"{product} – {variation}" if product else variation
        sku = raw.texts.get("variation_sku") or raw.texts.get("sku") or raw.texts.get("sku_id") or ""
        return Item(product, sku, abs(units), amount, status, refund, raw.row)

    def _state(self, raw: RawRow) -> Status:
        if "status" not in self._fit.columns:
            return self._profile.no_status or "unknown"
        said = raw.texts.get("status", "")
        meaning = self._statuses.meaning(said)
        if meaning == "unknown":
            self._unknown[said] += 1
        if meaning == "partly":
            self._partly += 1
            return "done"
        return meaning

    def _line_refund(self, raw: RawRow, amount: int, quantity: Decimal | None) -> int:
        """What of a done line went back, as the line itself tells."""
        if "line_refund" in self._fit.columns:
            return dong(abs(raw.figures.get("line_refund", Decimal(0))))
        if "order_refund" in self._fit.columns:
            return 0  # the order says it in money
        back = raw.figures.get("returned_quantity")
        said = raw.texts.get("return_status", "")
        came_back = self._statuses.came_back(said) if said else None
        if said and came_back is None:
            self._unknown_returns[said] += 1
            return 0
        if back is not None and back > 0 and quantity and came_back is not False:
            return dong(amount * min(back / quantity, Decimal(1)))
        if came_back and not back:
            return amount if "returned_quantity" not in self._fit.columns else 0
        return 0

    # --- what is said of the order as a whole

    def _whole(self, group: Sequence[RawRow]) -> dict[str, Decimal]:
        """The order's own figures, which stand on its first line or on every one."""
        found: dict[str, Decimal] = {}
        for raw in group:
            for name, figure in raw.figures.items():
                if name == "some_discount":
                    if self._line_discount or "order_discount" in self._fit.columns:
                        continue
                    name = "order_discount"  # noqa: PLW2901
                if name not in _WHOLE:
                    continue
                if found.setdefault(name, figure) != figure:
                    raise self._kept_out("kpi.import_order_twice", raw, name)
        return found

    def _is_line_discount(self, raws: Iterable[RawRow]) -> bool:
        """Whether a discount that could be a line's or an order's is the line's: then it is in its amount already.

        The rows prove it: price × quantity less the discount is the amount, or price × quantity alone is.
        """
        if "some_discount" not in self._fit.columns or not self._fit.worth:
            return False
        as_line = as_order = 0
        for raw in raws:
            figures = raw.figures
            off = figures.get("some_discount")
            price, quantity, amount = figures.get("price"), figures.get("quantity"), figures.get("amount")
            if not off or price is None or quantity is None or amount is None:
                continue
            gross = price * quantity
            as_order += abs(gross - amount) <= _NEAR
            as_line += abs(gross - off - amount) <= _NEAR or abs(gross - off * quantity - amount) <= _NEAR
        return as_line > as_order

    def _check_total(self, first: RawRow, items: Sequence[Item], whole: Mapping[str, Decimal]) -> None:
        name = self._profile.total
        if not name or not self._fit.worth or name not in whole or not items:
            return
        total, lines = dong(whole[name]), sum(item.amount for item in items)
        self._checked += 1
        if abs(total - lines) <= len(items):
            return
        self._differing += 1
        if not self._by_lines:
            raise self._kept_out("kpi.import_total_off", first, name, found=Decimal(lines), expected=Decimal(total))

    def _after_discount(self, items: list[Item], whole: Mapping[str, Decimal]) -> list[Item]:
        """The lines with the order's own discount shared out among them, to the đồng."""
        off = dong(abs(whole.get("order_discount", Decimal(0)))) if self._fit.worth else 0
        total = sum(item.amount for item in items)
        if not off or not total or off > total:
            return items
        shares = shared(off, [item.amount for item in items])
        return [replace(item, amount=item.amount - share) for item, share in zip(items, shares, strict=True)]

    def _refunds(
        self, first: RawRow, returns: Sequence[tuple[RawRow, int]], state: Status, days: tuple[date, date], said: int
    ) -> list[Refund]:
        """What went back. Money for goods of an order that doesn't count is no refund: it never was revenue."""
        ordered, completed = days
        by_day: dict[date, int] = {}
        for raw, amount in returns:
            when = self._day(raw, "day") or ordered
            by_day[when] = by_day.get(when, 0) + amount
        if said and state == "done":
            by_day[completed] = by_day.get(completed, 0) + said
        return [
            Refund(first.number if at == 0 else f"{first.number} ({at + 1})", when, by_day[when], state, first.refunds)
            for at, when in enumerate(sorted(one for one, amount in by_day.items() if amount))
        ]

    # --- rows that stand there twice

    def _one_sheet(self, group: list[RawRow]) -> list[RawRow]:
        """The rows of the first sheet that has the order, where another has the same ones again."""
        sheets = {raw.sheet for raw in group}
        if len(sheets) == 1 or not group[0].number:
            return group
        parts = [[raw for raw in group if raw.sheet == sheet] for sheet in sorted(sheets)]
        contents = [[_content(raw) for raw in part] for part in parts]
        if any(content != contents[0] for content in contents[1:]):
            raise self._kept_out("kpi.import_order_twice", parts[1][0], "order")
        self._repeated += len(group) - len(parts[0])
        return parts[0]

    def _without_repeats(self, group: list[RawRow], whole: Mapping[str, Decimal]) -> list[RawRow]:
        """The rows without those that stand there again: one unit's own number twice, one product's line twice where
        the system never writes two, a whole invoice twice, or lines whose sum only then is the order's."""
        if len(group) == 1:
            return group
        seen: dict[object, RawRow] = {}
        for raw in group:
            key: object = raw.line or _content(raw)
            seen.setdefault(key, raw)
        if len(seen) == len(group):
            return group
        single = list(seen.values())
        certain = bool(self._profile.once) or not self._fit.worth or any(raw.line for raw in group)
        if certain or self._sums_up(single, group, whole):
            self._repeated += len(group) - len(single)
            return single
        return group

    def _sums_up(self, single: Sequence[RawRow], group: Sequence[RawRow], whole: Mapping[str, Decimal]) -> bool:
        total = whole.get(self._profile.total) if self._profile.total else None
        if total is None:
            return False

        def sum_of(rows: Sequence[RawRow]) -> Decimal:
            return sum((reckon(self._fit.worth, raw.figures) or Decimal(0) for raw in rows), Decimal(0))

        return abs(sum_of(single) - total) <= len(single) and abs(sum_of(group) - total) > len(group)

    # --- days

    def _day(self, raw: RawRow, name: str) -> date | None:
        said = raw.days.get(name)
        if said is None:
            return None
        try:
            return self._days.read(said)
        except DayError:
            if name != "day":
                return None
            raise _KeptOutError(Problem("kpi.import_day", self._at(raw, name), value=str(said)[:60])) from None

    def _first_day(self, group: Sequence[RawRow], name: str) -> date | None:
        return next((day for raw in group if (day := self._day(raw, name)) is not None), None)

    def _last_day(self, group: Sequence[RawRow], name: str) -> date | None:
        return max((day for raw in group if (day := self._day(raw, name)) is not None), default=None)

    # --- what is wrong

    def _kept_out(self, code: str, raw: RawRow, name: str, **money: Decimal) -> _KeptOutError:
        params = {key: format_money(dong(value)) for key, value in money.items()}
        return _KeptOutError(Problem(code, self._at(raw, name), {"order": raw.number or "–", **params}))

    def _at(self, raw: RawRow, name: str) -> Place:
        return replace(self._places[raw.sheet], row=raw.row, column=self._fit.columns.get(name))


class _KeptOutError(Exception):
    """An order that can't be taken in."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


_NOBODY: Final = Buyer()


def shared(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in parts as large as the weights are to each other, whole đồng that sum to it (largest remainders)."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: (-(whole * weights[at] % total), at))
    for at in by_rest[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def _grouped(raws: Sequence[RawRow]) -> Iterable[list[RawRow]]:
    """The rows by order, each order where it first stands; rows without a number are an order each."""
    groups: dict[object, list[RawRow]] = {}
    for raw in raws:
        groups.setdefault(raw.number or raw, []).append(raw) if raw.number else groups.setdefault(id(raw), [raw])
    return groups.values()


def _content(raw: RawRow) -> tuple[object, ...]:
    days = tuple(raw.days.items())
    return (raw.line, tuple(raw.texts.items()), tuple(raw.figures.items()), days, raw.buyer)
