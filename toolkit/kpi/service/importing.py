"""Exports of shop systems into the book: planned, shown, then written in one run that can be taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Exit, Outcome, Place, Problem
from toolkit.core.text import search_key
from toolkit.disk.crash import crashpoint
from toolkit.kpi.book.imported import forget_profile, own_profiles, sales_numbered, write_profile
from toolkit.kpi.imports.undisturbed import undisturbed
from toolkit.kpi.model import QUANTITY_UNIT
from toolkit.kpi.service.bringing import OrderWriter
from toolkit.kpi.service.comparing import FINAL, Comparing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.imports.model import Export, Order
    from toolkit.kpi.imports.profile import OwnProfile
    from toolkit.kpi.service.comparing import Standing, Unit

_TELLING: Final = 8
"""Characters of a number that two shop systems hardly give to different orders."""


@dataclass(frozen=True)
class Part:
    """The orders of one shop system. `source` is what the book knows them by."""

    exports: tuple[Export, ...]
    source: str
    units: tuple[Unit, ...]

    def count(self, standing: Standing) -> int:
        return sum(unit.standing == standing for unit in self.units)


@dataclass(frozen=True)
class Preview:
    """What an import would write. `keep` is a layout that the member explained and wants kept; `contacts`: phone
    numbers and addresses are kept, too; `older` orders stand further along in the book than in the file."""

    engagement: str
    parts: tuple[Part, ...]
    this_year: int
    keep: OwnProfile | None = None
    contacts: bool = False
    older: int = 0

    @property
    def exports(self) -> list[Export]:
        return [export for part in self.parts for export in part.exports]

    @property
    def orders(self) -> list[Order]:
        return [unit.order for part in self.parts for unit in part.units]

    @property
    def writes(self) -> int:
        """Orders that are new or changed."""
        return sum(part.count("new") + part.count("updated") for part in self.parts)

    def count(self, standing: Standing) -> int:
        return sum(part.count(standing) for part in self.parts)

    @property
    def counted(self) -> int:
        return sum(order.is_sale and order.status == "done" for order in self.orders)

    @property
    def revenue(self) -> int:
        return sum(order.amount for order in self.orders if order.is_sale and order.status == "done")

    @property
    def refunds(self) -> int:
        return sum(one.amount for order in self.orders for one in order.refunds if one.status == "done")

    @property
    def units(self) -> Fraction | None:
        """Units of done lines; None where no file tells of any."""
        if not any(export.has_units for export in self.exports):
            return None
        return Fraction(
            sum(order.units for order in self.orders if order.is_sale and order.status == "done"), QUANTITY_UNIT
        )

    @property
    def states(self) -> dict[str, int]:
        """How many orders are in which state."""
        return dict(Counter(order.status for order in self.orders if order.is_sale))


@dataclass(frozen=True)
class Imported:
    """What was written. `run` is None where nothing was."""

    run: int | None
    preview: Preview
    customers: int = 0
    products: int = 0


class Importer:
    """Plans and applies imports. Reading the files is done before."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def plan(
        self,
        exports: Sequence[Export],
        engagement: str,
        *,
        shop: str = "",
        keep: OwnProfile | None = None,
        contacts: bool = False,
    ) -> Outcome[Preview]:
        """What these files would bring into the book. Nothing is written. `shop` tells two shops of one system apart.

        An order that has come to its end in the book doesn't go back to an earlier state by an older file.
        """
        by_source: dict[str, list[Export]] = {}
        for export in exports:
            source = f"{export.source}/{shop}" if shop else export.source
            by_source.setdefault(source, []).append(export)
        shelf = self._book.shelf()
        older = 0
        parts = []
        for source, mine in by_source.items():
            compare = Comparing(self._book, engagement, source, shelf, own=mine[0].own)
            with undisturbed():
                units = tuple(compare.units(_merged(mine)))
            older += compare.older
            parts.append(Part(tuple(mine), source, units))
        preview = Preview(engagement, tuple(parts), self._clock.today().year, keep, contacts, older)
        problems = [problem for export in exports for problem in export.problems]
        notes = [note for export in exports for note in export.notes]
        elsewhere = self._elsewhere(engagement, parts)
        if elsewhere:
            notes.append(Problem("kpi.import_elsewhere", Place(), {"n": elsewhere}))
        if older:
            notes.append(Problem("kpi.import_older", Place(), {"n": older}))
        return Outcome(preview, tuple(problems), "partial" if problems else "ok", notes=tuple(notes))

    def _elsewhere(self, engagement: str, parts: Sequence[Part]) -> int:
        """How many new orders bear a number that is known from another shop system: it may be the same order, passed
        on from one to the other, and would then count twice."""
        found = 0
        before: set[str] = set()
        for part in parts:
            new = {unit.order.number for unit in part.units if unit.standing == "new"}
            new = {number for number in new if len(number) >= _TELLING}
            others = {
                sale.order
                for sale in sales_numbered(self._book.read(), engagement, "", new)
                if sale.source != part.source
            }
            found += len(others | (new & before))
            before |= new
        return found

    def apply(self, preview: Preview, progress: Callable[[int], object] = lambda _: None) -> Outcome[Imported]:
        """Write what the preview shows, in one run: all of it or nothing. Raises StoreError."""
        files = ", ".join(dict.fromkeys(export.file for export in preview.exports))
        with undisturbed(), self._book.recording("import", at=self._clock.now(), note=files) as run:
            crashpoint("kpi.import.begun")
            writer = OrderWriter(self._book, run, preview.engagement, contacts=preview.contacts)
            for part in preview.parts:
                writer.write(part.units, part.source, progress)
            if preview.keep is not None:
                keep = preview.keep
                write_profile(run, keep.name, definition_of(keep))
            crashpoint("kpi.import.written")
            number = run.number if run.changes else None
        return Outcome(Imported(number, preview, writer.customers, writer.products))


def nothing_new(preview: Preview) -> Outcome[Imported]:
    """The end of an import whose orders are all in the book as they are."""
    return Outcome(Imported(None, preview))


def refused(preview: Preview) -> Outcome[Imported]:
    """The member has said no: nothing was written, and that is fine."""
    return Outcome(Imported(None, preview), exit=Exit.OK)


@dataclass(frozen=True)
class Forgotten:
    """A layout that was taken away, and the run that did it."""

    name: str
    run: int


def forget_layout(book: KpiBook, name: str, at: datetime) -> Outcome[Forgotten]:
    """Take away a layout that the member explained. ConflictError("kpi.profile_unknown")."""
    key = search_key(name)
    found = next((known for known, _ in own_profiles(book.read()) if search_key(known) == key), None)
    if found is None:
        raise ConflictError("kpi.profile_unknown", value=name)
    with book.recording("profile", at=at, note=found) as run:
        forget_profile(run, found)
        number = run.number
    return Outcome(Forgotten(found, number))


def definition_of(profile: OwnProfile) -> dict[str, object]:
    """A layout as it is kept."""
    return {
        "columns": dict(profile.columns),
        "dates": profile.dates,
        "statuses": dict(profile.statuses),
        "channel": profile.channel,
    }


def _merged(exports: Sequence[Export]) -> list[Order]:
    """The orders of several files of one system, each once: as it stands in the file where it has come furthest, else
    in the one named last."""
    found: dict[object, Order] = {}
    for export in exports:
        for order in export.orders:
            key: object = order.number or (export.file, order.row)
            before = found.get(key)
            if before is None or before.status not in FINAL or order.status in FINAL:
                found[key] = order
    return list(found.values())
