"""Commission plans in the book, and what a plan has to look up about sales."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.core.text import search_key
from toolkit.kpi.commission.form import version_form, version_of
from toolkit.kpi.commission.plans import Plan

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

    from toolkit.kpi.book.recording import Recording
    from toolkit.kpi.commission.plans import Version
    from toolkit.kpi.model import Sale

PLAN: Final = "kpi_commission_plan"
VERSION: Final = "kpi_commission_version"
_COLUMNS: Final = "id, engagement, label, every, rounding, ended, dropped"


def plans(db: sqlite3.Connection, *, dropped: bool = False) -> list[Plan]:
    """The member's plans in the order in which they were made; with `dropped`, also those let go of."""
    where = "" if dropped else "WHERE dropped = 0"
    return [_plan(db, row) for row in db.execute(f"SELECT {_COLUMNS} FROM {PLAN} {where} ORDER BY id")]  # noqa: S608


def plan(db: sqlite3.Connection, number: int) -> Plan:
    """One plan. ConflictError("kpi.plan_unknown") if there is none of that number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM {PLAN} WHERE id = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        raise ConflictError("kpi.plan_unknown", value=str(number), id=number)
    return _plan(db, row)


def write_plan(recording: Recording, made: Plan) -> Plan:
    """Keep a plan with all its versions; a new one (number 0) gets its number."""
    row: dict[str, Any] = {
        "engagement": made.engagement,
        "label": made.label,
        "every": made.every,
        "rounding": made.rounding,
        "ended": made.ended.isoformat() if made.ended else "",
        "dropped": int(made.dropped),
    }
    number = made.id
    if number:
        known = recording.row(PLAN, id=number)
        if known is None:
            raise ConflictError("kpi.plan_unknown", value=str(number), id=number)
        recording.put(PLAN, {**known, **row})
    else:
        number = recording.insert(PLAN, {**row, "run": recording.number, "made_at": recording.at.isoformat()})
    for version in made.versions:
        write_version(recording, number, version)
    return Plan(number, made.engagement, made.every, made.versions, made.label, made.rounding, made.ended, made.dropped)


def write_version(recording: Recording, number: int, version: Version) -> None:
    """Keep the terms from a day on, over those from the same day."""
    starts = version.start.isoformat() if version.start else ""
    terms = json.dumps(version_form(version), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    known = recording.row(VERSION, plan=number, starts=starts)
    if known is None or known["terms"] != terms:
        stamp: dict[str, Any] = {"run": recording.number, "made_at": recording.at.isoformat()}
        recording.put(VERSION, {"plan": number, "starts": starts, "terms": terms, **stamp})


def first_purchases(db: sqlite3.Connection, engagements: Collection[str]) -> Iterator[tuple[int, str, date]]:
    """Everybody who bought something that counts: the contact's number, the name as written, the first day. No
    engagements means all."""
    among = f"AND engagement IN ({', '.join('?' * len(engagements))})" if engagements else ""
    found = db.execute(
        "SELECT customer, iif(customer = 0, customer_name, ''), min(ordered) FROM kpi_sale"  # noqa: S608
        f" WHERE kind = 'sale' AND status = 'done' AND (customer <> 0 OR customer_name <> '') {among} GROUP BY 1, 2",
        tuple(engagements),
    )
    return ((customer, name, date.fromisoformat(day)) for customer, name, day in found)


def sale_of_order(db: sqlite3.Connection, refund: Sale) -> int:
    """The number of the sale with a refund's order number; 0 if there is none."""
    if not refund.order:
        return 0
    found = db.execute(
        "SELECT id FROM kpi_sale WHERE engagement = ? AND source = ? AND kind = 'sale' AND order_id = ?",
        (refund.engagement, refund.source, refund.order),
    ).fetchone()
    return int(found[0]) if found else 0


def sales_of_customer(db: sqlite3.Connection, refund: Sale, most: int = 2) -> list[int]:
    """The sales that a refund can be for by its customer alone: that count, not later, not smaller."""
    clause, value = ("customer = ?", refund.customer) if refund.customer else ("customer = 0", 0)
    if not refund.customer and not search_key(refund.customer_name):
        return []
    found = db.execute(
        "SELECT id, customer_name FROM kpi_sale WHERE engagement = ? AND kind = 'sale' AND status = 'done'"  # noqa: S608
        f" AND ordered <= ? AND amount >= ? AND {clause}" + ("" if refund.customer else " AND instr(words, ?) > 0"),
        (refund.engagement, refund.ordered.isoformat(), refund.amount)
        + ((value,) if refund.customer else (f" {search_key(refund.customer_name)} ",)),
    )
    same = search_key(refund.customer_name)
    numbers: list[int] = []
    for number, name in found:
        if refund.customer or search_key(name) == same:
            numbers.append(int(number))
            if len(numbers) == most:
                break
    return numbers


def received(db: sqlite3.Connection, sale: int, until: date) -> int | None:
    """What came in for a sale up to a day, in đồng; None where no payment is linked to it."""
    found = db.execute(
        "SELECT count(*), sum(iif(day <= ?, amount, 0)) FROM kpi_payment WHERE sale = ?", (until.isoformat(), sale)
    ).fetchone()
    return int(found[1]) if found and found[0] else None


def _plan(db: sqlite3.Connection, row: tuple[Any, ...]) -> Plan:
    number, engagement, label, every, rounding, ended, dropped = row
    found = db.execute(f"SELECT terms FROM {VERSION} WHERE plan = ? ORDER BY starts", (number,))  # noqa: S608
    versions = tuple(version_of(json.loads(terms)) for (terms,) in found)
    return Plan(
        number,
        engagement,
        every,
        versions,
        label,
        rounding,
        date.fromisoformat(ended) if ended else None,
        bool(dropped),
    )
