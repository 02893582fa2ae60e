"""Whom the member sells for, and what they sell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.hidden import shown
from toolkit.core.outcome import Outcome
from toolkit.core.text import clean, search_key
from toolkit.kpi.model import DEFAULT_ENGAGEMENT, Engagement, Product
from toolkit.kpi.products import product_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import EngagementKind

_MOST: Final = 60  # characters of an id
# What belongs to an engagement, and so moves when what was written down before is given to one.
_BELONGING: Final = (
    "kpi_sale", "kpi_payment", "kpi_opportunity", "kpi_activity", "kpi_promise", "kpi_contact", "kpi_measure",
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """An engagement or a product that was kept or changed; `run` is None where nothing was. `moved` counts what was
    given to it with that."""

    run: int | None
    thing: Engagement | Product
    before: Engagement | Product | None = None
    moved: int = 0


@dataclass(frozen=True)
class Engagements:
    """Every engagement with how many sales it has; `loose` are sales that belong to none of them."""

    known: tuple[Engagement, ...]
    sales: Mapping[str, int]
    loose: int


@dataclass(frozen=True)
class Products:
    """Every product with how many sales have it."""

    known: tuple[Product, ...]
    sales: Mapping[str, int]


class Keeper:
    """The verbs on engagements and products, on one book."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    # --- engagements ---

    def engagements(self) -> Outcome[Engagements]:
        known = self._book.engagements()
        found = self._book.read().execute("SELECT engagement, count(*) FROM kpi_sale GROUP BY engagement")
        sales = {str(engagement): int(n) for engagement, n in found}
        loose = sum(n for engagement, n in sales.items() if engagement not in known)
        return Outcome(Engagements(tuple(known.values()), sales, loose))

    def engage(
        self, label: str, kind: EngagementKind, *, own_contacts: bool | None = None, started: date | None = None,
        with_earlier: bool = False,
    ) -> Outcome[Kept]:  # fmt: skip
        """Keep an engagement. `own_contacts`: whether its customers are the member's own (None: as is usual of the
        kind). `with_earlier`: what was written down before there was any engagement belongs to it.

        UsageError("kpi.nameless") for a name without letters, ConflictError("kpi.engagement_exists").
        """
        engagement_id = search_key(shown(label)).replace(" ", "-")[:_MOST]  # it stands in exports
        if not engagement_id:
            raise UsageError("kpi.nameless", value=label)
        known = self._book.engagements()
        if engagement_id in known:
            raise ConflictError("kpi.engagement_exists", value=label, id=engagement_id)
        own = kind != "employee" if own_contacts is None else own_contacts
        made = Engagement(engagement_id, clean(label), kind, own, started)
        moved = 0
        with self._book.recording("engagement", at=self._clock.now(), note=made.label) as run:
            run.put_engagement(made)
            if with_earlier:
                for table in _BELONGING:
                    moved += run.move(table, "engagement", DEFAULT_ENGAGEMENT, engagement_id)
        return Outcome(Kept(run.number, made, moved=moved))

    def change_engagement(
        self, name: str, *, label: str | None = None, kind: EngagementKind | None = None,
        own_contacts: bool | None = None, started: date | None = None, ended: date | None = None,
    ) -> Outcome[Kept]:  # fmt: skip
        """Change an engagement, or end it. ConflictError("kpi.engagement_gone") if there is none of that name."""
        before = self._engagement(name)
        given = {"label": clean(label) if label else None, "kind": kind, "own_contacts": own_contacts,
                 "started": started, "ended": ended}  # fmt: skip
        after = replace(before, **{field: value for field, value in given.items() if value is not None})  # type: ignore[arg-type]
        if after.started and after.ended and after.ended < after.started:
            raise UsageError("kpi.days_backwards", value=f"{after.ended:%d/%m/%Y}", start=f"{after.started:%d/%m/%Y}")
        with self._book.recording("engagement", at=self._clock.now(), note=after.label) as run:
            run.put_engagement(after)
        return Outcome(Kept(run.number if run.changes else None, after, before))

    # --- products ---

    def products(self) -> Outcome[Products]:
        known = sorted(self._book.products().values(), key=lambda one: search_key(one.label))
        found = self._book.read().execute("SELECT product, count(DISTINCT sale) FROM kpi_line GROUP BY product")
        return Outcome(Products(tuple(known), {str(product): int(n) for product, n in found}))

    def stock(self, label: str, *, category: str = "", aliases: tuple[str, ...] = ()) -> Outcome[Kept]:
        """Keep a product, or give a known one a category and further names.

        UsageError("kpi.nameless"), ConflictError("kpi.name_taken") where a further name is another product's.
        """
        if not search_key(label):
            raise UsageError("kpi.nameless", value=label)
        shelf = self._book.shelf()
        before = shelf.find(label)
        product = before or Product(product_id(label), clean(label))
        product = replace(product, category=clean(category) or product.category)
        with self._book.recording("product", at=self._clock.now(), note=product.label) as run:
            for alias in aliases:
                other = shelf.find(alias)
                if other is not None and other.id != product.id:
                    raise ConflictError("kpi.name_taken", value=alias, product=other.label)
                product = _also(product, alias)
            run.put_product(product)
        return Outcome(Kept(run.number if run.changes else None, product, before))

    def alias(self, name: str, aliases: tuple[str, ...]) -> Outcome[Kept]:
        """Further names of a product. A name that was another product's makes the two one: its sales are of this
        product from now on. ConflictError("kpi.product_unknown")."""
        shelf = self._book.shelf()
        before = self._product(name)
        product = before
        moved = 0
        with self._book.recording("product", at=self._clock.now(), note=before.label) as run:
            for alias in aliases:
                if not search_key(alias):
                    raise UsageError("kpi.nameless", value=alias)
                other = shelf.find(alias)
                if other is not None and other.id != product.id:
                    moved += run.move("kpi_line", "product", other.id, product.id)
                    for table in ("kpi_sale", "kpi_opportunity"):
                        run.move(table, "product", other.id, product.id)
                    run.drop("kpi_product", id=other.id)
                    for also in (other.label, *other.aliases):
                        product = _also(product, also)
                product = _also(product, alias)
            run.put_product(product)
        return Outcome(Kept(run.number if run.changes else None, product, before, moved))

    def rename(self, name: str, label: str) -> Outcome[Kept]:
        """Another label for a product; the old one still finds it. ConflictError("kpi.product_unknown" |
        "kpi.name_taken")."""
        before = self._product(name)
        if not search_key(label):
            raise UsageError("kpi.nameless", value=label)
        other = self._book.shelf().find(label)
        if other is not None and other.id != before.id:
            raise ConflictError("kpi.name_taken", value=label, product=other.label)
        aliases = tuple(alias for alias in before.aliases if search_key(alias) != search_key(label))
        after = _also(replace(before, label=clean(label), aliases=aliases), before.label)
        with self._book.recording("product", at=self._clock.now(), note=after.label) as run:
            run.put_product(after)
        return Outcome(Kept(run.number if run.changes else None, after, before))

    def _engagement(self, name: str) -> Engagement:
        known = self._book.engagements()
        key = search_key(name)
        found = [one for one in known.values() if key in (search_key(one.id), search_key(one.label))]
        if len(found) != 1:
            raise ConflictError("kpi.engagement_gone", value=name)
        return found[0]

    def _product(self, name: str) -> Product:
        found = self._book.shelf().find(name)
        if found is None:
            raise ConflictError("kpi.product_unknown", value=name)
        return found


def _also(product: Product, name: str) -> Product:
    """The product with one more name, unless it has it."""
    names = {search_key(one) for one in (product.label, *product.aliases)}
    return product if search_key(name) in names else replace(product, aliases=(*product.aliases, clean(name)))
