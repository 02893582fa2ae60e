"""Which fields of a thing a change means: what options name, what a line says anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.text import clean, search_key
from toolkit.kpi.model import WHOLE_SHARE, Activity, Opportunity, Payment, Promise, Sale
from toolkit.kpi.service.drafting import MOST_AMOUNT, Options
from toolkit.kpi.service.told import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.kpi.model import Item, Status
    from toolkit.kpi.products import Shelf
    from toolkit.kpi.service.drafting import Understood
    from toolkit.kpi.service.told import Thing

_COMMON: Final = {"customer": "customer", "engagement": "engagement"}
_FIELDS: Final[dict[type[Any], dict[str, str]]] = {
    Sale: {
        **_COMMON,
        **{name: name for name in ("amount", "product", "quantity", "channel", "note", "share", "splits")},
        **{name: name for name in ("referral", "referrer", "repeat", "status")},
        "day": "ordered",
    },
    Payment: {**_COMMON, "amount": "amount", "day": "day", "note": "note"},
    Opportunity: {**_COMMON, "amount": "amount", "product": "product", "channel": "source", "reason": "reason",
                  "day": "closed"},
    Activity: {**_COMMON, "day": "day", "note": "note", "quantity": "count"},
    Promise: {**_COMMON, "day": "made"},
}  # fmt: skip


def fields_of(
    thing: Thing, options: Options, *, status: Status | None = None, reason: str | None = None
) -> dict[str, Any]:
    """The fields of `thing` that options name. UsageError("kpi.field_elsewhere") for one that such a thing hasn't."""
    known = _FIELDS[type(thing)]
    given = {name: value for name, value in vars(options).items() if value is not None}
    given |= {name: value for name, value in (("status", status), ("reason", reason)) if value is not None}
    for name in given:
        if name not in known:
            raise UsageError("kpi.field_elsewhere", name="--date" if name == "day" else f"--{name}", id=thing.id)
    fields = {known[name]: clean(value) if isinstance(value, str) else value for name, value in given.items()}
    if isinstance(thing, Sale):
        _sale_fields(thing, fields)
    elif isinstance(thing, Opportunity) and thing.outcome == "open" and "closed" in fields:
        fields["opened"] = fields.pop("closed")
    elif isinstance(thing, Activity) and "count" in fields:
        count = options.quantity
        assert count is not None
        if count.denominator != 1:
            raise UsageError("kpi.not_a_count", value=f"{float(count):g}")
        fields["count"] = int(count)
    return fields


def anew(thing: Thing, line: Understood) -> dict[str, Any]:
    """The fields of `thing` that a line typed anew says. ConflictError where it isn't exactly one certain thing of the
    same kind."""
    if len(line.drafts) != 1 or line.drafts[0].problem is not None:
        raise ConflictError("kpi.edit_needs_one", value=line.reading.text, n=len(line.drafts), id=thing.id)
    (draft,) = line.drafts
    item = draft.item
    fields: dict[str, Any] = {"sentence": line.reading.text, "customer": clean(item.customer)}
    kinds = {Sale: ("sale", "refund"), Payment: ("payment",), Opportunity: ("lost",), Activity: ("activity",)}
    if draft.kind not in kinds.get(type(thing), ("promise",)):
        raise ConflictError("kpi.edit_other_kind", value=line.reading.text, id=thing.id)
    if isinstance(thing, Sale):
        fields |= {
            "kind": draft.kind, "amount": draft.amount, "ordered": draft.day, "product": clean(item.product),
            "quantity": 1 if item.quantity is None else item.quantity, "channel": item.channel,
            "referral": item.referral, "referrer": clean(item.referrer), "repeat": item.repeat,
        }  # fmt: skip
        _sale_fields(thing, fields)
    elif isinstance(thing, Payment):
        fields |= {"amount": draft.amount, "day": draft.day}
    elif isinstance(thing, Opportunity):
        fields |= {
            "amount": draft.amount, "closed": draft.day, "product": clean(item.product), "reason": item.reason,
            "reason_kind": item.reason_kind or "other", "outcome": "lost",
        }  # fmt: skip
    elif isinstance(thing, Activity):
        if list(item.counts) != [thing.kind] and len(item.counts) != 1:
            raise ConflictError("kpi.edit_needs_one", value=line.reading.text, n=len(item.counts), id=thing.id)
        ((kind, count),) = item.counts.items()
        fields |= {"kind": kind, "count": count, "day": draft.day}
    else:
        due = item.due.value if item.due else None
        fields |= {"text": item.promise or item.text, "made": draft.day, "due": due}
    return fields


def said_anew(item: Item, options: Options) -> Options:
    """What a correction says, as options. InputError where it has several readings itself."""
    for readings in (item.money, item.day):
        if readings.ambiguous:
            raise InputError(readings.code, None, value=item.text, **readings.params)
    money = item.money.value
    if money is not None and (money.currency != "VND" or not 0 < money.amount <= MOST_AMOUNT):
        raise InputError("kpi.amount_out_of_range", None, value=item.text)
    said: dict[str, Any] = {
        "amount": money.amount if money else None,
        "day": item.day.value,
        "customer": item.customer or None,
        "product": item.product or None,
        "quantity": item.quantity,
        "channel": item.channel or None,
        "referral": item.referral or None,
        "referrer": item.referrer or None,
        "repeat": item.repeat or None,
    }
    over = {name: value for name, value in vars(options).items() if value is not None}
    return Options(**said | over)


def one_of(things: Sequence[Thing], item: Item, shelf: Shelf) -> Thing:
    """The thing of several that a correction means: the only one, or the one that it names by customer or product.

    ConflictError: "kpi.nothing_to_correct", "kpi.correct_which" naming them where it can't be told.
    """
    found = [thing for thing in things if not _is_by_the_way(thing, things)]
    if item.counts:
        found = [thing for thing in found if isinstance(thing, Activity) and thing.kind in item.counts] or found
    if len(found) > 1:
        words = set(search_key(f"{item.customer} {item.product}").split())
        named = [thing for thing in found if words & set(search_key(_words(thing, shelf)).split())]
        found = named or found
    if len(found) > 1 and item.money:
        found = [thing for thing in found if isinstance(thing, Sale | Payment)] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise ConflictError("kpi.nothing_to_correct")
    raise ConflictError("kpi.correct_which", ids=", ".join(str(thing.id) for thing in found), id=found[0].id)


def _words(thing: Thing, shelf: Shelf) -> str:
    one = told(thing, shelf)
    return f"{one.customer} {one.product}"


def _is_by_the_way(thing: Thing, things: Sequence[Thing]) -> bool:
    """A payment that was written down with its sale."""
    return isinstance(thing, Payment) and any(other.id == thing.sale for other in things)


def _sale_fields(sale: Sale, fields: dict[str, Any]) -> None:
    """The fields that follow from others: the days of a sale move together, shares sum up."""
    if "ordered" in fields:
        for name in ("completed", "paid"):
            if getattr(sale, name) == sale.ordered:
                fields[name] = fields["ordered"]
    if fields.get("status") == "done" and sale.completed is None:
        fields["completed"] = fields.get("ordered", sale.ordered)
    if fields.get("referrer"):
        fields.setdefault("referral", True)
    if fields.get("referral") is False:
        fields["referrer"] = ""
    splits = fields.get("splits", sale.splits)
    others = sum(split.share for split in splits)
    if "splits" in fields and "share" not in fields:
        fields["share"] = WHOLE_SHARE - others
    share = fields.get("share", sale.share)
    if share < 0 or share + others > WHOLE_SHARE or (others and share + others != WHOLE_SHARE):
        raise InputError("kpi.shares_dont_sum", share=f"{share / 100:g}", others=f"{others / 100:g}")
