"""Whom the member sells for, and what they sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.model import Engagement, Product
from toolkit.shell.blocks import Column, Joined, Line, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.service.keeping import Engagements, Kept, Products
    from toolkit.shell.blocks import Block, Cell


def engaged(done: Kept) -> Iterator[Block]:
    """An engagement was kept, changed or ended."""
    one = done.thing
    assert isinstance(one, Engagement)
    if done.run is None:
        code = "kpi.engagement_unchanged"
    elif done.before is None:
        code = "kpi.engagement_added"
    else:
        ended = isinstance(done.before, Engagement) and done.before.ended != one.ended
        code = "kpi.engagement_ended" if ended else "kpi.engagement_changed"
    yield Line(Words(code, name=one.label, id=one.id, kind=Words(f"kpi.engagement_kind_{one.kind}"),
                     day=When(one.ended) if one.ended else ""))  # fmt: skip
    if done.moved:
        yield Line(Words("kpi.engagement_took_over", n=done.moved, name=one.label))


def engaged_json(done: Kept) -> dict[str, Any]:
    assert isinstance(done.thing, Engagement)
    return {"run": done.run, **_engagement(done.thing), "moved": done.moved}


def engagements(found: Engagements) -> Iterator[Block]:
    """Every engagement, and what belongs to none."""
    codes = ("engagement_id", "engagement", "engagement_kind", "contacts_of", "since", "until", "sales")
    columns = [Column(Words(f"kpi.listed_{code}"), "right" if code == "sales" else "left") for code in codes]
    rows: list[list[Cell]] = [
        [
            one.id, one.label, Words(f"kpi.engagement_kind_{one.kind}"),
            Words("kpi.contacts_own" if one.own_contacts else "kpi.contacts_company"),
            one.started, one.ended, found.sales.get(one.id, 0),
        ]
        for one in found.known
    ]  # fmt: skip
    yield Table(columns, rows, empty=Words("kpi.no_engagements"))
    if found.known and found.loose:
        yield Line(Words("kpi.engagement_loose", n=found.loose))


def engagements_json(found: Engagements) -> list[dict[str, Any]]:
    return [{**_engagement(one), "sales": found.sales.get(one.id, 0)} for one in found.known]


def stocked(done: Kept) -> Iterator[Block]:
    """A product was kept or changed."""
    one = done.thing
    assert isinstance(one, Product)
    code = (
        "kpi.product_unchanged" if done.run is None else "kpi.product_changed" if done.before else "kpi.product_added"
    )
    also = Words("kpi.product_also", names=", ".join(one.aliases)) if one.aliases else None
    yield Line(Words(code, name=Joined([one.label, one.category or None, also])))
    if done.moved:
        yield Line(Words("kpi.product_merged", n=done.moved, name=one.label))


def stocked_json(done: Kept) -> dict[str, Any]:
    assert isinstance(done.thing, Product)
    return {"run": done.run, **_product(done.thing), "moved": done.moved}


def products(found: Products) -> Iterator[Block]:
    """Every product with its other names."""
    codes = ("product", "category", "aliases", "sales")
    columns = [Column(Words(f"kpi.listed_{code}"), "right" if code == "sales" else "left") for code in codes]
    rows: list[list[Cell]] = [
        [one.label, one.category, ", ".join(one.aliases), found.sales.get(one.id, 0)] for one in found.known
    ]
    yield Table(columns, rows, empty=Words("kpi.no_products"))


def products_json(found: Products) -> list[dict[str, Any]]:
    return [{**_product(one), "sales": found.sales.get(one.id, 0)} for one in found.known]


def _engagement(one: Engagement) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "kind": one.kind,
        "own_contacts": one.own_contacts,
        "start": one.started.isoformat() if one.started else None,
        "end": one.ended.isoformat() if one.ended else None,
    }


def _product(one: Product) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "category": one.category or None, "aliases": list(one.aliases)}
