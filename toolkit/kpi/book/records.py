"""The tool's things as rows, and rows as things."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from toolkit.core.text import search_key
from toolkit.kpi.model import (
    QUANTITY_UNIT,
    Activity,
    Contact,
    Engagement,
    Line,
    Measure,
    Opportunity,
    Payment,
    Product,
    Promise,
    Revision,
    Sale,
    Split,
    StageEvent,
    Target,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.store.history import Value

Record: TypeAlias = Sale | Payment | Opportunity | Activity | Promise | Measure | Contact | Target
R = TypeVar("R", bound=Record)
Children: TypeAlias = "Mapping[str, list[dict[str, Any]]]"

SALE: Final = "kpi_sale"
TOGETHER: Final = ("kpi_sale", "kpi_payment", "kpi_opportunity", "kpi_activity", "kpi_promise")
"""Tables that number their rows together: one number names one thing, whatever it is."""
_MOST_VALUES: Final = 500  # of one query


@dataclass(frozen=True)
class Kept(Generic[R]):
    """How a kind of thing is kept: its table, its row (without its number), the rows that hang on it, and back."""

    table: str
    row: Callable[[R], dict[str, Value]]
    thing: Callable[[dict[str, Any], Children], R]
    hanging: Callable[[R], Iterator[tuple[str, dict[str, Value]]]]
    parts: tuple[tuple[str, str], ...] = ()
    """Tables of rows that hang on it, with the column that names it."""


def quantity(value: Fraction) -> int:
    """A quantity in thousandths, rounded half up."""
    return (value.numerator * QUANTITY_UNIT * 2 + value.denominator) // (value.denominator * 2)


def exact(value: Fraction) -> str:
    """A figure as it is kept: "9/2", "120000000"."""
    return str(value)


def sale_words(sale: Sale) -> str:
    """What a search looks in."""
    parts = [sale.sentence, sale.customer_name, sale.note, sale.channel, sale.order, sale.referrer]
    parts += [line.product for line in sale.lines]
    return f" {' '.join(map(search_key, filter(None, parts)))} "  # part by part: names come again and again


def sale_row(sale: Sale) -> dict[str, Value]:
    """The row of a sale, its number aside. Its lines are rows of their own."""
    products = {line.product for line in sale.lines}
    counted = [line.quantity for line in sale.lines if line.status in ("", sale.status)]
    return {
        "engagement": sale.engagement,
        "kind": sale.kind,
        "status": sale.status,
        "ordered": sale.ordered.isoformat(),
        "completed": _iso(sale.completed),
        "paid": _iso(sale.paid),
        "amount": sale.amount,
        "share": sale.share,
        "quantity": quantity(sum(counted, Fraction(0))),
        "source": sale.source,
        "order_id": sale.order,
        "customer": sale.customer,
        "customer_name": sale.customer_name,
        "referral": int(sale.referral),
        "referrer": sale.referrer,
        "repeat": int(sale.repeat),
        "channel": sale.channel,
        "product": next(iter(products)) if len(products) == 1 else "",
        "note": sale.note,
        "sentence": sale.sentence,
        "refunds": sale.refunds,
        "needs_confirm": int(sale.needs_confirm),
        "words": sale_words(sale),
        "run": sale.run,
        "made_at": sale.made_at.isoformat(),
    }


def line_row(sale: int, position: int, line: Line) -> dict[str, Value]:
    return {
        "sale": sale,
        "position": position,
        "product": line.product,
        "sku": line.sku,
        "quantity": quantity(line.quantity),
        "amount": line.amount,
        "status": line.status,
    }


def split_row(sale: int, split: Split) -> dict[str, Value]:
    return {"sale": sale, "person": split.person, "share": split.share}


def load(db: sqlite3.Connection, kept: Kept[R], rows: Iterable[Sequence[Any]], names: Sequence[str]) -> Iterator[R]:
    """Things from rows of their table (columns `names`), with what hangs on them."""
    piece: list[dict[str, Any]] = []
    for row in rows:
        piece.append(dict(zip(names, row, strict=True)))
        if len(piece) == _MOST_VALUES:
            yield from _whole(db, kept, piece)
            piece = []
    yield from _whole(db, kept, piece)


def each(
    db: sqlite3.Connection, kept: Kept[R], clauses: Sequence[str], values: Sequence[Value], tail: str = ""
) -> Iterator[R]:
    """The things whose rows fit every clause (of ours); `tail` orders and limits."""
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    found = db.execute(f"SELECT * FROM {kept.table}{where} {tail}", tuple(values))  # noqa: S608 - clauses of ours
    names = [column[0] for column in found.description]
    return load(db, kept, found, names)


def one(db: sqlite3.Connection, kept: Kept[R], number: int) -> R | None:
    """The thing of this number."""
    return next(each(db, kept, ("id = ?",), (number,)), None)


def engagement_row(engagement: Engagement) -> dict[str, Value]:
    return {
        "id": engagement.id,
        "label": engagement.label,
        "kind": engagement.kind,
        "own_contacts": int(engagement.own_contacts),
        "started": _iso(engagement.started),
        "ended": _iso(engagement.ended),
    }


def engagement_of(row: Mapping[str, Any]) -> Engagement:
    return Engagement(
        row["id"], row["label"], row["kind"], bool(row["own_contacts"]), _day(row["started"]), _day(row["ended"])
    )


def product_row(product: Product) -> dict[str, Value]:
    aliases = json.dumps(list(product.aliases), ensure_ascii=False)
    return {"id": product.id, "label": product.label, "category": product.category, "aliases": aliases}


def product_of(row: Mapping[str, Any]) -> Product:
    return Product(row["id"], row["label"], row["category"], tuple(json.loads(row["aliases"])))


def _whole(db: sqlite3.Connection, kept: Kept[R], piece: list[dict[str, Any]]) -> Iterator[R]:
    numbers = [row["id"] for row in piece]
    hanging: dict[int, dict[str, list[dict[str, Any]]]] = {number: {} for number in numbers}
    for table, column in kept.parts if numbers else ():
        marks = ", ".join("?" * len(numbers))
        found = db.execute(f"SELECT * FROM {table} WHERE {column} IN ({marks}) ORDER BY 1, 2", numbers)  # noqa: S608
        names = [described[0] for described in found.description]
        for values in found:
            row = dict(zip(names, values, strict=True))
            hanging[row[column]].setdefault(table, []).append(row)
    return (kept.thing(row, hanging[row["id"]]) for row in piece)


def _sale(row: dict[str, Any], hanging: Children) -> Sale:
    lines = [
        Line(one["product"], Fraction(one["quantity"], QUANTITY_UNIT), one["amount"], one["sku"], one["status"])
        for one in hanging.get("kpi_line", ())
    ]
    return Sale(
        id=row["id"],
        engagement=row["engagement"],
        kind=row["kind"],
        status=row["status"],
        ordered=date.fromisoformat(row["ordered"]),
        amount=row["amount"],
        run=row["run"],
        made_at=datetime.fromisoformat(row["made_at"]),
        source=row["source"],
        order=row["order_id"],
        completed=_day(row["completed"]),
        paid=_day(row["paid"]),
        share=row["share"],
        customer=row["customer"],
        customer_name=row["customer_name"],
        referral=bool(row["referral"]),
        referrer=row["referrer"],
        repeat=bool(row["repeat"]),
        channel=row["channel"],
        note=row["note"],
        sentence=row["sentence"],
        refunds=row["refunds"],
        needs_confirm=bool(row["needs_confirm"]),
        lines=tuple(lines),
        splits=tuple(Split(one["person"], one["share"]) for one in hanging.get("kpi_split", ())),
    )


def _sale_parts(sale: Sale) -> Iterator[tuple[str, dict[str, Value]]]:
    for position, line in enumerate(sale.lines):
        yield "kpi_line", line_row(sale.id, position, line)
    for split in sale.splits:
        yield "kpi_split", split_row(sale.id, split)


def _stages(deal: Opportunity) -> Iterator[tuple[str, dict[str, Value]]]:
    for position, stage in enumerate(deal.stages):
        yield (
            "kpi_stage",
            {
                "opportunity": deal.id,
                "position": position,
                "stage": stage.stage,
                "day": stage.day.isoformat(),
            },
        )


def _opportunity(row: dict[str, Any], hanging: Children) -> Opportunity:
    stages = (StageEvent(one["stage"], date.fromisoformat(one["day"])) for one in hanging.get("kpi_stage", ()))
    return Opportunity(**_typed(row, ("opened",), ("closed",)), stages=tuple(stages))


def _revisions(target: Target) -> Iterator[tuple[str, dict[str, Value]]]:
    for revision in target.revisions:
        yield (
            "kpi_revision",
            {
                "target": target.id,
                "day": revision.day.isoformat(),
                "amount": exact(revision.amount),
                "note": revision.note,
                "made_at": revision.made_at.isoformat() if revision.made_at else "",
            },
        )


def _target_row(target: Target) -> dict[str, Value]:
    return {
        "metric": target.metric,
        "starts": target.start.isoformat(),
        "ends": target.end.isoformat(),
        "amount": exact(target.amount),
        "label": target.label,
        "engagements": json.dumps(list(target.engagements), ensure_ascii=False),
        "imposed_by": target.imposed_by,
        "weight": exact(target.weight),
        "shape": target.shape,
        "dropped": int(target.dropped),
        "run": target.run,
        "made_at": "",
    }


def _target(row: dict[str, Any], hanging: Children) -> Target:
    revisions = [
        Revision(
            date.fromisoformat(one["day"]),
            Fraction(one["amount"]),
            one["note"],
            datetime.fromisoformat(one["made_at"]) if one["made_at"] else None,
        )
        for one in hanging.get("kpi_revision", ())
    ]
    return Target(
        id=row["id"],
        metric=row["metric"],
        start=date.fromisoformat(row["starts"]),
        end=date.fromisoformat(row["ends"]),
        amount=Fraction(row["amount"]),
        label=row["label"],
        engagements=tuple(json.loads(row["engagements"])),
        imposed_by=row["imposed_by"],
        weight=Fraction(row["weight"]),
        shape=row["shape"],
        dropped=bool(row["dropped"]),
        run=row["run"],
        revisions=tuple(revisions),
    )


def _contact_row(contact: Contact) -> dict[str, Value]:
    row = _plain(contact, ("own",))
    words = search_key(f"{contact.name} {contact.account} {contact.role} {contact.note}")
    group = row.pop("group")
    return {**row, "grp": group, "words": f" {words} ", "key": search_key(contact.name)}


def _contact(row: dict[str, Any], hanging: Children) -> Contact:
    del hanging
    given = {name: value for name, value in row.items() if name not in ("grp", "words", "key")}
    return Contact(**given | {"group": row["grp"], "own": bool(row["own"])})


def _plain(thing: Any, flags: Sequence[str] = ()) -> dict[str, Value]:
    """The fields of a thing whose columns are called like them: days and times in ISO form, no day as ''."""
    row: dict[str, Value] = {}
    for name, value in vars(thing).items():
        if name == "id":
            continue
        if name in flags:
            row[name] = int(value)
        elif isinstance(value, date):  # a datetime is a date, too
            row[name] = value.isoformat()
        elif isinstance(value, Fraction):
            row[name] = exact(value)
        elif not isinstance(value, tuple):
            row[name] = "" if value is None and name in _DAYS else value
    return row


_DAYS: Final = ("closed", "due")  # days that may be unknown


def _typed(row: dict[str, Any], days: Sequence[str], maybe: Sequence[str] = ()) -> dict[str, Any]:
    """The row with its days and its time as what they are."""
    given = dict(row) | {name: date.fromisoformat(row[name]) for name in days}
    given |= {name: _day(row[name]) for name in maybe}
    return given | {"made_at": datetime.fromisoformat(row["made_at"])}


def _none(thing: Record) -> Iterator[tuple[str, dict[str, Value]]]:
    del thing
    return iter(())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


SALES: Final = Kept[Sale](SALE, sale_row, _sale, _sale_parts, (("kpi_line", "sale"), ("kpi_split", "sale")))
PAYMENTS: Final = Kept[Payment]("kpi_payment", _plain, lambda row, _: Payment(**_typed(row, ("day",))), _none)
OPPORTUNITIES: Final = Kept[Opportunity](
    "kpi_opportunity", _plain, _opportunity, _stages, (("kpi_stage", "opportunity"),)
)
ACTIVITIES: Final = Kept[Activity]("kpi_activity", _plain, lambda row, _: Activity(**_typed(row, ("day",))), _none)
PROMISES: Final = Kept[Promise](
    "kpi_promise", _plain, lambda row, _: Promise(**_typed(row, ("made",), ("due", "closed"))), _none
)
MEASURES: Final = Kept[Measure](
    "kpi_measure",
    _plain,
    lambda row, _: Measure(**_typed(row, ("day",)) | {"value": Fraction(row["value"])}),
    _none,
)
CONTACTS: Final = Kept[Contact]("kpi_contact", _contact_row, _contact, _none)
TARGETS: Final = Kept[Target]("kpi_target", _target_row, _target, _revisions, (("kpi_revision", "target"),))

KEPT: Final[Mapping[type[Any], Kept[Any]]] = {
    Sale: SALES,
    Payment: PAYMENTS,
    Opportunity: OPPORTUNITIES,
    Activity: ACTIVITIES,
    Promise: PROMISES,
    Measure: MEASURES,
    Contact: CONTACTS,
    Target: TARGETS,
}


def kept(thing: R) -> Kept[R]:
    """How this kind of thing is kept."""
    return KEPT[type(thing)]
