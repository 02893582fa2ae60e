"""How well lines about selling are understood: labelled lines against what the grammar reads, field by field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.core.text import fold
from toolkit.kpi.sentence import read_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.kpi.model import Item

TODAY = date(2026, 11, 20)
FIELDS = 10


def fields_of(item: Item, wanted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of an item and of its label. Texts are compared folded; a promise's date is when it is due.

    A label "?" leaves a field out; a field that isn't labelled is empty.
    """
    day = item.due if item.kind == "promise" else item.day
    found = {
        "kind": item.kind,
        "amount": item.money.value.amount if item.money.value else None,
        "customer": fold(item.customer),
        "quantity": None if item.quantity is None else str(item.quantity),
        "product": fold(item.product),
        "referral": item.referral,
        "repeat": item.repeat,
        "date": str(day.value) if day is not None and day.value else None,
        "reason": fold(item.reason),
        "counts": dict(item.counts),
    }
    expected = {
        "kind": wanted["kind"],
        "amount": wanted.get("amount"),
        "customer": fold(wanted.get("customer", "")),
        "quantity": wanted.get("quantity"),
        "product": fold(wanted.get("product", "")),
        "referral": wanted.get("referral", False),
        "repeat": wanted.get("repeat", False),
        "date": wanted.get("date", None if item.kind == "promise" else str(TODAY)),
        "reason": fold(wanted.get("reason", "")),
        "counts": wanted.get("counts", {}),
    }
    left_out = {field for field, value in expected.items() if value == "?"}
    return (
        {field: value for field, value in found.items() if field not in left_out},
        {field: value for field, value in expected.items() if field not in left_out},
    )


def share_right(lines: Iterable[dict[str, Any]], *, change: Callable[[str], str] = str) -> tuple[int, int]:
    """How many fields are read right, and of how many; every field of an item too many or too few is wrong."""
    right = of = 0
    for line in lines:
        reading = read_line(change(line["text"]), today=TODAY)
        labels = line["items"]
        if not labels:
            of += 1
            right += int(labels is None or not reading.items)
        elif len(labels) != len(reading.items):
            of += FIELDS * len(labels)
        else:
            for item, wanted in zip(reading.items, labels, strict=True):
                found, expected = fields_of(item, wanted)
                of += len(expected)
                right += sum(found[field] == value for field, value in expected.items())
    return right, of
