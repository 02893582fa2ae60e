"""One thing with everything that is known of it, and what was done to it when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.model import WHOLE_SHARE
from toolkit.kpi.views.entries import entry_json, status_words
from toolkit.kpi.views.receipt import item_words
from toolkit.kpi.views.words import Dong, Number, Share, counts_words, engagement_words, run_words, splits_words
from toolkit.shell.blocks import Joined, Line, Pairs, When, Words
from toolkit.shell.runs import touches_json, touches_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.service.looking import Shown
    from toolkit.kpi.service.told import Told
    from toolkit.shell.blocks import Block, Cell

# Fields whose change is told in words.
_TOLD: Final = (
    "day", "amount", "customer", "product", "quantity", "status", "channel", "referrer", "reason", "note", "engagement",
    "share", "promise", "due",
)  # fmt: skip


def shown(found: Shown) -> Iterator[Block]:
    """The thing's fields, what is linked to it, then its history."""
    if found.thing is None:
        yield Line(Words("kpi.thing_gone", id=found.id))
    else:
        yield Pairs(list(_pairs(found.thing, found)))
        for one in found.linked:
            yield Line(Words("kpi.numbered", ids=str(one.id), thing=item_words(one, one.day.year)))
    yield touches_table(found.touches, run_words, _TOLD, lambda thing, name: _field(thing, name, found))


def shown_json(found: Shown) -> dict[str, Any]:
    return {
        "id": found.id,
        "entry": entry_json(found.thing) if found.thing else None,
        "linked": [entry_json(one) for one in found.linked],
        "history": touches_json(found.touches, entry_json),
    }


def _pairs(one: Told, found: Shown) -> Iterator[tuple[Cell, Cell]]:
    kind = Words(f"kpi.kind_{one.kind}")
    told: list[tuple[str, Cell]] = [
        ("id", one.id),
        ("kind", Joined([kind, None if one.status == "done" else status_words(one)])),
        ("amount", None if one.amount is None else Dong(one.amount)),
        ("day", When(one.day)),
        *(
            (name, _field(one, name, found))
            for name in ("customer", "product", "quantity", "channel", "reason", "note", "promise", "due")
            if getattr(one, name)
        ),
        ("activity", counts_words(one.counts) if one.counts else None),
        ("referrer", (one.referrer or Words("kpi.yes")) if one.referral else None),
        ("repeat", Words("kpi.yes") if one.repeat else None),
        ("share", Share(one.share) if one.share != WHOLE_SHARE else None),
        ("splits", splits_words(one.splits) if one.splits else None),
        ("engagement", engagement_words(one.engagement, found.engagements)),
        ("linked", one.linked or None),
        ("order", Joined([one.source, one.order], " ") if one.order else None),
        ("sentence", one.text or None),
        ("state", Words("kpi.unsure") if one.needs_confirm else None),
    ]
    return ((Words(f"kpi.listed_{code}"), value) for code, value in told if value is not None)


def _field(one: Told, name: str, found: Shown) -> Cell:
    value = getattr(one, name)
    if value in (None, ""):
        return "–"
    if name == "amount":
        return Dong(value)
    if name in ("day", "due"):
        return When(value)
    if name == "quantity":
        return Number(value)
    if name == "status":
        return status_words(one)
    if name == "share":
        return Share(value)
    if name == "engagement":
        return engagement_words(value, found.engagements)
    return str(value)
