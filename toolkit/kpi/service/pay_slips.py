"""A pay slip held against a plan: read, matched, and where only a total is known, what that total equals."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.money import parse_amount
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.core.text import search_key
from toolkit.kpi.commission import comparing
from toolkit.kpi.commission.comparing import Compared, SlipRow
from toolkit.kpi.commission.form import PERCENT
from toolkit.kpi.commission.plans import in_mode, mode_of
from toolkit.kpi.model import Doubt
from toolkit.kpi.service.owed import Owing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.commission.comparing import Reason
    from toolkit.kpi.commission.plans import Plan, Rule, Version
    from toolkit.kpi.commission.runs import OwedLine
    from toolkit.kpi.commission.statement import Statement
    from toolkit.kpi.model import Product
    from toolkit.kpi.service.owed import Owed
    from toolkit.sheets.model import Cell, Row

# What columns of slips are called. A column of money that isn't among these is never taken for one.
COLUMNS: Final = {
    "order": ("Mã đơn", "Mã đơn hàng", "Mã hóa đơn", "Số hóa đơn", "Đơn hàng", "Số đơn", "Mã hợp đồng", "Số hợp đồng",
              "Hợp đồng", "order", "order_id", "order id", "Order Reference"),
    "product": ("Sản phẩm", "Tên sản phẩm", "Tên hàng", "Tên hàng hóa", "Mặt hàng", "product"),
    "rule": ("Khoản", "Khoản mục", "Quy tắc", "Loại hoa hồng", "Nội dung", "Diễn giải", "Hạng mục", "rule"),
    "base": ("Doanh số", "Doanh thu", "Giá trị đơn hàng", "Giá trị", "Tiền hàng", "Doanh số tính hoa hồng",
             "Doanh thu tính hoa hồng", "base", "revenue"),
    "rate": ("Tỷ lệ", "Tỉ lệ", "% hoa hồng", "Tỷ lệ hoa hồng", "Tỉ lệ hoa hồng", "Mức hoa hồng", "rate"),
    "amount": ("Hoa hồng", "Tiền hoa hồng", "Số tiền hoa hồng", "Hoa hồng được hưởng", "Thực nhận", "Số tiền",
               "Thành tiền", "commission", "amount"),
}  # fmt: skip
_TOTALS: Final = ("tong", "tong cong", "cong", "total")


@dataclass(frozen=True)
class Comparison:
    """What was paid and what is owed. `lines` are the matched lines of a slip; `equals` are other readings of the plan
    or of the book whose total is what was paid, to the đồng: codes with what fills their sentences."""

    owed: Owed
    paid: int
    lines: tuple[Compared, ...]
    equals: tuple[Doubt, ...]
    has_slip: bool

    @property
    def difference(self) -> int:
        return self.paid - self.owed.total


def compare_slip(book: KpiBook, outcome: Outcome[Owed], file: Path | None, paid: int | None) -> Outcome[Comparison]:
    """Hold what was paid against what is owed. `paid` is the total; without it the slip's rows are summed. InputError
    where the slip can't be read."""
    owed = outcome.data
    slip, problems = read_slip(file) if file is not None else ([], [])
    total = paid if paid is not None else sum(row.amount for row in slip)
    lines = tuple(_lines(book, owed, slip))
    equals = tuple(_equals(book, owed, total)) if total != owed.total else ()
    result = Comparison(owed, total, lines, equals, file is not None)
    return Outcome(result, notes=outcome.notes).with_problems(*problems)


# --- reading a slip ---


def read_slip(path: Path) -> tuple[list[SlipRow], list[Problem]]:
    """The rows of a slip, and those that can't be read. InputError: no heading, or two columns that could be the
    commission."""
    from toolkit.sheets.heading import find_heading
    from toolkit.sheets.read import read_workbook

    workbook = read_workbook(path)
    for sheet in workbook.sheets:
        heading = find_heading(sheet, COLUMNS)
        if heading is None or "amount" not in heading.columns:
            continue
        place = workbook.place(sheet, heading.row)
        if "amount" in heading.repeated:
            columns = [heading.columns["amount"], *heading.repeated["amount"]]
            names = " / ".join(heading.names[column] for column in columns)
            raise InputError("kpi.slip_two_amounts", place, value=names)
        if not {"order", "product", "rule"} & set(heading.columns):
            raise InputError("kpi.slip_no_names", place)
        rows: list[SlipRow] = []
        problems = list(workbook.problems)
        for row in sheet.rows:
            if row.number > heading.last_row and not _is_total(row, heading.columns):
                read = _row(row, heading.columns, workbook.place(sheet, row.number))
                if isinstance(read, Problem):
                    problems.append(read)
                elif read is not None:
                    rows.append(read)
        return rows, problems
    raise InputError("kpi.slip_no_heading", Place(file=workbook.file))


def _is_total(row: Row, columns: Mapping[str, int]) -> bool:
    named = [row.at(columns[name]).text for name in ("order", "product", "rule") if name in columns]
    first = next((cell.text for cell in row.cells if not cell.blank), "")
    return search_key(first).rstrip(" :") in _TOTALS or any(search_key(text) in _TOTALS for text in named)


def _row(row: Row, columns: Mapping[str, int], place: Place) -> SlipRow | Problem | None:
    def cell(name: str) -> Cell | None:
        return row.at(columns[name]) if name in columns else None

    texts = {name: found.text.strip() if (found := cell(name)) else "" for name in ("order", "product", "rule")}
    amount = cell("amount")
    if amount is None or amount.blank:
        return None if not any(texts.values()) else Problem("kpi.slip_no_amount", place)
    paid = _dong(amount)
    if paid is None:
        return Problem("kpi.slip_amount", replace(place, column=amount.column), value=amount.text[:60])
    if not any(texts.values()):
        return Problem("kpi.slip_row_without_name", place, value=amount.text[:60])
    base, rate = cell("base"), cell("rate")
    return SlipRow(
        row.number, paid, texts["order"], texts["product"], texts["rule"],
        _dong(base) if base is not None and not base.blank else None,
        _rate(rate) if rate is not None and not rate.blank else None,
    )  # fmt: skip


def _dong(cell: Cell) -> int | None:
    """A cell of money in whole đồng: a number as it is, a text as it is written; (5.000) and -5.000 take back."""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return cell.value
    if isinstance(cell.value, float):
        return round(cell.value)
    text = cell.text.strip()
    minus = text.startswith("(") and text.endswith(")")
    if text.lstrip("-") in ("0", "0đ"):
        return 0
    money = parse_amount(text.strip("()"), bare="units", signed=True).value
    if money is None or money.currency != "VND":
        return None
    return -money.amount if minus else money.amount


def _rate(cell: Cell) -> Fraction | None:
    match = PERCENT.fullmatch(cell.text.strip())
    if match:
        return Fraction(int(match[1] + (match[2] or "")), 10 ** len(match[2] or "") * 100)
    if isinstance(cell.value, int | float) and 0 <= cell.value < 1:
        return Fraction(str(cell.value))
    return None


# --- matching ---


def _lines(book: KpiBook, owed: Owed, slip: Sequence[SlipRow]) -> Iterator[Compared]:
    if not slip:
        return
    ordered = [row for row in slip if row.order]
    if ordered:
        yield from comparing.by_order(owed.statements, ordered, lambda key: _elsewhere(book, owed, key))
        rest = [row for row in slip if not row.order]
        for row in rest:
            yield Compared(row.product or row.rule, "rule", row.amount, None, "not_in_book", (row.row,))
    elif all(row.product for row in slip):
        products = book.products()
        yield from comparing.by_name("product", owed.statements, slip, lambda _, line: _by_product(line, products))
    else:
        named = {search_key(row.rule or row.product) for row in slip}
        rows = [replace(row, rule=row.rule or row.product) for row in slip]
        yield from comparing.by_name("rule", owed.statements, rows, lambda one, line: _by_rule(one, line, named))


def _elsewhere(book: KpiBook, owed: Owed, key: str) -> Reason:
    """Why an order of the slip isn't owed in these periods."""
    for sale in book.sales(words=key, kinds=["sale"], most=20):
        if comparing.order_key(sale.order or str(sale.id)) == key:
            return _why_not(sale.status, sale.ordered, owed)
    if key.isdigit() and len(key) < 10:
        with suppress(ConflictError):
            found = book.sale(int(key))
            return _why_not(found.status, found.ordered, owed)
    return "not_in_book"


def _why_not(status: str, ordered: date, owed: Owed) -> Reason:
    if status != "done":
        return "not_counted"
    return "not_counted" if any(ordered in period for period in owed.periods) else "other_period"


def _by_product(line: OwedLine, products: Mapping[str, Product]) -> dict[str, Fraction]:
    """A line shared out over its products, by what they are called."""
    parts = line.entry.parts if line.entry is not None else ()
    whole = sum((part.amount for part in parts), Fraction(0))
    if not parts or not whole:
        return {"": Fraction(line.whole)}
    found: dict[str, Fraction] = {}
    for part in parts:
        known = products.get(part.product)
        name = known.label if known is not None else part.product
        found[name] = found.get(name, Fraction(0)) + line.whole * part.amount / whole
    return found


_RULE_WORDS: Final = {
    "basic": ("co ban", "hoa hong co ban", "hoa hong", "hoa hong doanh so"),
    "tier": ("nang cao", "hoa hong doanh so", "hoa hong luy tien", "hoa hong"),
    "level": ("thuong kpi", "thuong chi tieu", "hoan thanh chi tieu", "thuong dat chi tieu"),
    "add_on": ("ban kem",),
    "repurchase": ("tai mua", "khach mua lai"),
    "referral": ("gioi thieu", "ref", "hoa hong gioi thieu"),
    "fixed": ("co dinh", "thuong don"),
    "event": ("phat sinh", "thuong"),
    "salary": ("luong", "luong cung", "luong co ban"),
}


def _by_rule(one: Statement, line: OwedLine, named: set[str]) -> dict[str, Fraction]:
    """A line under what the slip calls its rule: the member's own label, else a usual name of its kind."""
    version = next((version for version in one.plan.versions if version.start == line.version), None)
    rule = version.rules[line.rule] if version is not None and line.rule >= 0 else None
    if rule is None:
        return {"": Fraction(line.whole)}
    own = (rule.label, *rule.only.products, *_RULE_WORDS[rule.kind])
    name = next((name for name in own if name and search_key(name) in named), rule.label or _RULE_WORDS[rule.kind][0])
    return {name: Fraction(line.whole)}


# --- what a total equals ---


def _equals(book: KpiBook, owed: Owed, paid: int) -> Iterator[Doubt]:
    """Other readings whose total is what was paid. None of them is certain, all of them are named."""
    if comparing.is_after_tax(paid, owed.total):
        yield Doubt("kpi.compare_equals_tax")
    refunds = comparing.refunds_of(owed.statements)
    if refunds and _is(paid, owed.total + refunds):
        yield Doubt("kpi.compare_equals_refund_twice")
    if refunds and _is(paid, owed.total - refunds):
        yield Doubt("kpi.compare_equals_refund_missing")
    missing = comparing.orders_equal_to(owed.statements, owed.total - paid)
    if missing:
        yield Doubt("kpi.compare_equals_order_missing", {"orders": ", ".join(missing)})
    more = comparing.orders_equal_to(owed.statements, paid - owed.total)
    if more:
        yield Doubt("kpi.compare_equals_order_twice", {"orders": ", ".join(more)})
    for code, plan in _other_plans(owed.plan):
        if _is(paid, Owing(book, plan, owed.as_of).owed(owed.periods).data.total):
            yield Doubt(code)
    sums: dict[tuple[int, date | None], int] = {}
    for line in (line for one in owed.statements for line in one.lines if line.rule >= 0):
        sums[line.rule, line.version] = sums.get((line.rule, line.version), 0) + line.whole
    for (place, start), amount in sums.items():
        if len(sums) > 1 and amount and _is(paid, owed.total - amount):
            version = next(version for version in owed.plan.versions if version.start == start)
            yield Doubt(f"kpi.compare_equals_without_{version.rules[place].kind}")


def _other_plans(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """The plan as somebody else may read it."""
    swapped = tuple(replace(version, rules=tuple(map(_swapped, version.rules))) for version in plan.versions)
    if swapped != plan.versions:
        modes = {mode for version in plan.versions for rule in version.rules if (mode := mode_of(rule))}
        code = "retroactive" if modes == {"marginal"} else "marginal"
        yield f"kpi.compare_equals_{code}", replace(plan, versions=swapped)
    for way, code in (("own_period", "net"), ("none", "no_refunds"), ("claw_back", "claw_back")):
        other = tuple(replace(version, refunds=way) for version in plan.versions)  # type: ignore[arg-type]
        if other != plan.versions:
            yield f"kpi.compare_equals_{code}", replace(plan, versions=other)
    if len(plan.versions) > 1:
        before: Version = replace(plan.versions[-2], start=None)
        yield "kpi.compare_equals_version_before", replace(plan, versions=(before,))
    open_ended = tuple(replace(version, cap=None) for version in plan.versions)
    if open_ended != plan.versions:
        yield "kpi.compare_equals_no_cap", replace(plan, versions=open_ended)


def _swapped(rule: Rule) -> Rule:
    return in_mode(rule, "retroactive" if mode_of(rule) == "marginal" else "marginal")


def _is(paid: int, total: int) -> bool:
    return abs(paid - total) <= 1
