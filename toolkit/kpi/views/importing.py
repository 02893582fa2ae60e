"""Exports: what an import would bring, what it brought, layouts that are known."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.views.amounts import Amount
from toolkit.shell.blocks import Column, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from toolkit.kpi.imports.model import Export
    from toolkit.kpi.imports.profile import OwnProfile, Profile
    from toolkit.kpi.service.comparing import Unit
    from toolkit.kpi.service.exporting import OwnTable, Written
    from toolkit.kpi.service.importing import Forgotten, Imported, Part, Preview
    from toolkit.shell.blocks import Block, Cell

_FEW: Final = 10
_HEADINGS: Final = 5


def plan(preview: Preview) -> Iterator[Block]:
    """The files, what counts of them, and the first orders that would be new or changed."""
    yield from _plan(preview, _FEW)


def full_plan(preview: Preview) -> Iterator[Block]:
    """The same with every order."""
    yield from _plan(preview, None)
    if preview.writes:
        yield Note(Words("kpi.import_next"))


def table(preview: Preview) -> Iterator[Block]:
    """The orders with plain numbers, for --csv."""
    codes = ("order", "day", "status", "amount", "refund", "customer", "standing")
    rows: list[list[Cell]] = [
        [
            unit.order.number, unit.order.day, Words(f"kpi.order_state_{unit.order.status}"), unit.order.amount,
            sum(one.amount for one in unit.order.refunds), unit.order.buyer.name,
            Words(f"kpi.standing_{unit.standing}"),
        ]
        for part in preview.parts
        for unit in part.units
    ]  # fmt: skip
    yield Table([Column(Words(f"kpi.import_column_{code}")) for code in codes], rows)


def plan_json(preview: Preview) -> dict[str, Any]:
    """The keys are a promise."""
    exports = preview.exports
    return {
        "rows": sum(export.rows for export in exports),
        "orders": {standing: preview.count(standing) for standing in ("new", "updated", "unchanged")},
        "lines": sum(export.lines for export in exports),
        "counted_orders": preview.counted,
        "revenue": preview.revenue,
        "refunds": preview.refunds,
        "units": _number(preview.units),
        "skipped": sum(export.skipped for export in exports),
        "statuses": preview.states,
        "unknown_statuses": {word: n for export in exports for word, n in export.unknown.items()},
        "engagement": preview.engagement,
        "files": [_file_json(export) for export in exports],
    }


def imported(done: Imported) -> Iterator[Block]:
    """What was written, and the way back."""
    preview = done.preview
    if done.run is None:
        yield Line(Words("kpi.import_not_done" if preview.writes else "kpi.import_nothing_new"))
        return
    yield Line(Words("kpi.imported", new=preview.count("new"), updated=preview.count("updated")))
    if done.customers:
        yield Line(Words("kpi.imported_customers" if preview.contacts else "kpi.imported_names", n=done.customers))
    if preview.keep is not None:
        yield Line(Words("kpi.layout_kept", name=preview.keep.name))
    yield Note(Words("kpi.import_undo", run=done.run))


def imported_json(done: Imported) -> dict[str, Any]:
    keep = done.preview.keep
    return {
        **plan_json(done.preview),
        "run": done.run,
        "customers": done.customers,
        "kept": keep.name if keep is not None and done.run else None,
    }


def profiles(found: tuple[Sequence[Profile], Sequence[OwnProfile]]) -> Iterator[Block]:
    """The shop systems that are known, and the member's own layouts."""
    shipped, own = found
    columns = [Column(Words(f"kpi.import_column_{code}")) for code in ("profile", "label", "headings")]
    rows: list[list[Cell]] = [[one.id, one.label, _few(names[0] for names in one.headings.values())] for one in shipped]
    rows += [[one.name, Words("kpi.profile_own"), _few(one.columns)] for one in own]
    yield Table(columns, rows)


def profiles_json(found: tuple[Sequence[Profile], Sequence[OwnProfile]]) -> dict[str, Any]:
    shipped, own = found
    return {
        "shipped": [profile_json(one) for one in shipped],
        "own": [
            {"name": one.name, "columns": dict(one.columns), "dates": one.dates or None, "statuses": dict(one.statuses)}
            for one in own
        ],
    }


def profile(one: Profile) -> Iterator[Block]:
    """One layout: what is read from which heading, where the worth comes from, what states mean."""
    yield Line(Joined([one.id, one.label]))
    if one.source:
        yield Line(one.source)
    yield Table(
        [Column(Words("kpi.import_column_field")), Column(Words("kpi.import_column_headings"))],
        [[Words(f"kpi.field_{what}"), ", ".join(names)] for what, names in one.headings.items()],
    )
    pairs: list[tuple[Cell, Cell]] = [
        (Words(f"kpi.order_state_{meaning}"), ", ".join(words)) for meaning, words in one.statuses.states.items()
    ]
    pairs += [(word, Words(f"kpi.order_state_{meaning}")) for word, meaning in one.statuses.told.items()]
    if pairs:
        yield Pairs(pairs)


def profile_json(one: Profile) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "headings": {what: list(names) for what, names in one.headings.items()},
        "worth": list(one.worth or one.order_worth),
        "statuses": {meaning: list(words) for meaning, words in one.statuses.states.items()},
        "source": one.source or None,
    }


def forgotten(done: Forgotten) -> Iterator[Block]:
    yield Line(Words("kpi.layout_forgotten", name=done.name))
    yield Note(Words("kpi.import_undo", run=done.run))


def forgotten_json(done: Forgotten) -> dict[str, Any]:
    return {"name": done.name, "run": done.run}


def written(done: Written) -> Iterator[Block]:
    """Where the table went."""
    yield Line(Words("kpi.exported", n=done.sales, file=done.file))


def written_json(done: Written) -> dict[str, Any]:
    return {"file": done.file, "sales": done.sales, "rows": done.rows}


def own_table_json(table: OwnTable) -> dict[str, Any]:
    heading, *rows = table.rows
    return {"sales": table.sales, "rows": [dict(zip(map(str, heading), row, strict=True)) for row in rows]}


def _plan(preview: Preview, most: int | None) -> Iterator[Block]:
    codes = ("file", "label", "days", "orders", "new", "updated", "unchanged")
    columns = [Column(Words(f"kpi.import_column_{code}"), "left" if code in ("file", "label", "days") else "right")
               for code in codes]  # fmt: skip
    yield Table(columns, [_part_row(part) for part in preview.parts])
    worth = dict.fromkeys(export.worth for export in preview.exports)
    pairs: list[tuple[Cell, Cell]] = [
        (Words("kpi.import_revenue"), Words("kpi.import_revenue_of", amount=_dong(preview.revenue),
                                            n=preview.counted, columns=", ".join(worth))),
    ]  # fmt: skip
    if preview.refunds:
        pairs.append((Words("kpi.import_refunds"), _dong(preview.refunds)))
    if preview.units is not None:
        pairs.append((Words("kpi.import_units"), Amount(preview.units, "number", exact=True)))
    others = [
        Words("kpi.order_state_count", state=Words(f"kpi.order_state_{state}"), n=n)
        for state, n in preview.states.items()
        if state != "done"
    ]
    if others:
        pairs.append((Words("kpi.import_not_counted"), Joined(others)))
    skipped = sum(export.skipped for export in preview.exports)
    if skipped:
        pairs.append((Words("kpi.import_skipped"), skipped))
    yield Pairs(pairs)
    changed = (unit for part in preview.parts for unit in part.units if unit.standing != "unchanged")
    shown = list(changed if most is None else islice(changed, most))
    if not shown:
        return
    order_codes = ("order", "day", "amount", "status", "customer", "standing")
    order_columns = [Column(Words(f"kpi.import_column_{code}"), "right" if code == "amount" else "left")
                     for code in order_codes]  # fmt: skip
    yield Table(order_columns, [_order_row(unit, preview.this_year) for unit in shown])
    if preview.writes > len(shown):
        yield Line(Words("kpi.more_orders", n=preview.writes - len(shown)))


def _part_row(part: Part) -> list[Cell]:
    days = [unit.order.day for unit in part.units]
    span: Cell = f"{min(days):%d/%m/%Y} – {max(days):%d/%m/%Y}" if days else None
    files = Joined([export.file for export in part.exports], ", ")
    label = part.exports[0].label
    return [files, label, span, len(part.units), part.count("new"), part.count("updated"), part.count("unchanged")]


def _order_row(unit: Unit, this_year: int) -> list[Cell]:
    order = unit.order
    refund = sum(one.amount for one in order.refunds)
    amount: Cell = _dong(order.amount)
    if refund:
        amount = Words("kpi.amount_refunded", amount=amount, refund=_dong(refund)) if order.is_sale else _dong(-refund)
    state: Cell = Words(f"kpi.order_state_{order.status}")
    if unit.sale is not None and unit.sale.status != order.status:
        state = Words("kpi.order_state_changed", old=Words(f"kpi.order_state_{unit.sale.status}"), new=state)
    when = When(order.day, this_year=this_year)
    return [order.number, when, amount, state, order.buyer.name, Words(f"kpi.standing_{unit.standing}")]


def _file_json(export: Export) -> dict[str, Any]:
    days = [order.day for order in export.orders]
    return {
        "file": export.file,
        "profile": export.profile,
        "rows": export.rows,
        "lines": export.lines,
        "skipped": export.skipped,
        "counted_orders": export.counted,
        "revenue": export.revenue,
        "refunds": export.refunds,
        "units": _number(None if export.units is None else _units(export.units)),
        "worth": export.worth,
        "since": min(days).isoformat() if days else None,
        "until": max(days).isoformat() if days else None,
    }


def _units(thousandths: int) -> Fraction:
    from fractions import Fraction

    from toolkit.kpi.model import QUANTITY_UNIT

    return Fraction(thousandths, QUANTITY_UNIT)


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def _dong(amount: int) -> Amount:
    return Amount(amount, "dong", exact=True)


def _few(headings: Iterable[str]) -> str:
    shown = list(headings)
    return ", ".join(shown[:_HEADINGS]) + (", …" if len(shown) > _HEADINGS else "")
