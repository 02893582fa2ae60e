"""Lists of what was sold and done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.model import WHOLE_SHARE
from toolkit.kpi.views.words import CRAMPED, NARROW, WIDE, Dong, Number, counts_words, engagement_words
from toolkit.shell.blocks import Column, Joined, Line, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from toolkit.kpi.service.looking import Listing
    from toolkit.kpi.service.told import Told
    from toolkit.shell.blocks import Block, Cell

_LEFT_OUT: Final = ((WIDE, "engagement"), (NARROW, "kind"), (CRAMPED, "customer"))


def listing(width: int | None) -> Callable[[Listing], Iterator[Block]]:
    """The things, the newest last, for a screen of `width` columns (None: any): the narrower, the fewer columns."""

    def view(found: Listing) -> Iterator[Block]:
        codes = ["id", "day", "kind", "what", "amount", "customer"]
        if len({one.engagement for one in found.things}) > 1:
            codes.append("engagement")
        for least, code in _LEFT_OUT:
            if width is not None and width < least and code in codes:
                codes.remove(code)
        right = ("id", "amount")
        columns = [Column(Words(f"kpi.listed_{code}"), "right" if code in right else "left") for code in codes]
        rows = [[_row(one, found, codes)[code] for code in codes] for one in found.things]
        yield Table(columns, rows, empty=_nothing(found))
        if found.more:
            yield Line(Words("kpi.more_things", n=len(found.things)))

    return view


def spreadsheet(found: Listing) -> Iterator[Block]:
    """The same for a spreadsheet: amounts as numbers, days in ISO form, everything that is known."""
    codes = ("id", "day", "kind", "status", "amount", "quantity", "product", "customer", "referrer", "channel",
             "engagement", "reason", "note", "sentence")  # fmt: skip
    yield Table([Column(Words(f"kpi.listed_{code}")) for code in codes], [_full_row(one) for one in found.things])


def listing_json(found: Listing) -> dict[str, Any]:
    return {"entries": [entry_json(one) for one in found.things], "more": found.more}


def told_json(one: Told) -> dict[str, Any]:
    """What a line says, for a program; the keys are a promise. `quantity` is a number, whole where it can be."""
    return {
        "kind": one.kind,
        "amount": one.amount,
        "customer": one.customer or None,
        "quantity": None if one.quantity is None else plain(one.quantity),
        "product": one.product or None,
        "referral": one.referral,
        "referrer": one.referrer or None,
        "repeat": one.repeat,
        "date": one.day.isoformat(),
        "reason": one.reason or None,
        "reason_kind": one.reason_kind or None,
        "counts": dict(one.counts),
        "channel": one.channel or None,
        "promise": one.promise or None,
        "due": one.due.isoformat() if one.due else None,
        "paid": one.paid,
        "needs_confirm": one.needs_confirm,
        "engagement": one.engagement,
        "share": plain(Fraction(one.share, 100)),
        "splits": [{"person": split.person, "share": plain(Fraction(split.share, 100))} for split in one.splits],
        "note": one.note or None,
        "linked": one.linked or None,
    }


def entry_json(one: Told) -> dict[str, Any]:
    """A thing of the book for a program."""
    return {
        "id": one.id,
        **told_json(one),
        "status": one.status or None,
        "source": one.source or None,
        "order": one.order or None,
        "text": one.text,
        "run": one.run,
    }


def plain(value: Fraction) -> int | float:
    """A number for a program, whole where it can be."""
    return int(value) if value.denominator == 1 else float(value)


def what(one: Told) -> Cell:
    """What it was about: the goods, the deeds, the promise, the reason."""
    if one.kind == "activity":
        return counts_words(one.counts)
    if one.promise:
        return one.promise
    goods: Cell = one.product or None
    if one.product and one.quantity is not None and one.quantity != 1:
        goods = Words("kpi.quantity_of", n=Number(one.quantity), product=one.product)
    elif one.quantity is not None and one.quantity != 1:
        goods = Words("kpi.listed_pieces", n=Number(one.quantity))
    return Joined([goods, one.reason or None, None if goods or one.reason else one.note or one.order or None])


def signed(one: Told) -> Dong | None:
    """The amount as it counts: a refund with a minus."""
    if one.amount is None:
        return None
    return Dong(-one.amount if one.kind == "refund" else one.amount)


def _row(one: Told, found: Listing, codes: Collection[str]) -> dict[str, Cell]:
    """The cells of a thing; whom it was about stands in for what where only one of them has room."""
    kind: Cell = Words(f"kpi.kind_{one.kind}")
    if one.kind in ("sale", "refund") and one.status != "done":
        kind = Words(f"kpi.status_is_{one.status}")
    nameless = not (one.product or one.counts or one.promise or one.reason)
    marks: list[Cell] = [one.customer if nameless and "customer" not in codes else what(one)]
    if one.needs_confirm:
        marks.append(Words("kpi.unsure"))
    if one.share != WHOLE_SHARE:
        marks.append(Words("kpi.shared"))
    return {
        "id": one.id,
        "day": When(one.day, this_year=found.this_year),
        "kind": kind,
        "what": Joined(marks),
        "amount": signed(one),
        "customer": one.customer or None,
        "engagement": engagement_words(one.engagement, found.engagements),
    }


def _full_row(one: Told) -> list[Cell]:
    return [
        one.id, one.day, Words(f"kpi.kind_{one.kind}"), status_words(one), one.amount,
        None if one.quantity is None else Number(one.quantity), one.product or what(one), one.customer,
        one.referrer or (Words("kpi.yes") if one.referral else None), one.channel, one.engagement, one.reason, one.note,
        one.text,
    ]  # fmt: skip


def status_words(one: Told) -> Cell:
    """How an order stands; nothing for what is no order."""
    return Words(f"kpi.status_is_{one.status}") if one.kind in ("sale", "refund") and one.status else None


def _nothing(found: Listing) -> Words:
    """That there is none; after a search with the words that it is for."""
    if not found.sought:
        return Words("kpi.nothing_found")
    code = "kpi.nothing_found_with" if found.missing else "kpi.nothing_found_together"
    return Words(code, words=", ".join(f"“{word}”" for word in found.missing or found.sought))
