"""The book: what stands in it, and the only ways to change it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.core.text import search_key
from toolkit.kpi.book import contacts
from toolkit.kpi.book.recording import JOURNAL, Recording
from toolkit.kpi.book.records import (
    ACTIVITIES,
    CONTACTS,
    KEPT,
    MEASURES,
    OPPORTUNITIES,
    PAYMENTS,
    PROMISES,
    SALES,
    TARGETS,
    TOGETHER,
    each,
    engagement_of,
    one,
    product_of,
)
from toolkit.kpi.model import MetricDef
from toolkit.kpi.products import Shelf
from toolkit.kpi.workweek import OwnWeek, WorkWeeks
from toolkit.store.history import History

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from contextlib import AbstractContextManager

    from toolkit.kpi.book.records import Kept, R
    from toolkit.kpi.model import (
        Activity,
        Contact,
        Engagement,
        Measure,
        Opportunity,
        Payment,
        Product,
        Promise,
        Sale,
        SaleKind,
        Status,
        Target,
    )
    from toolkit.store.history import Change, Database, Run, Value

    Numbered = Sale | Payment | Opportunity | Activity | Promise

_MOST_WORDS: Final = 20  # of a search; more are a slip of pasting


class KpiBook:
    """Reads the book, and changes it in runs: each one transaction, each with what it takes to undo it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._history = History(database, JOURNAL, Recording)

    # --- changing ---

    def recording(self, kind: str, *, at: datetime, note: str = "") -> AbstractContextManager[Recording]:
        """A run: everything that the block writes, or nothing if it raises. A block that writes nothing leaves no run.

        `kind` is a word that the catalogue has a sentence for (`kpi.run_<kind>`); `at` is now. Raises StoreError.
        """
        return self._history.recording(kind, at=at, note=note)

    def undo(self, number: int | None = None, *, at: datetime) -> Run:
        """Put back what run `number` changed (None: the newest that stands), and give that run; `tally` and `changes`
        tell what it had changed.

        Undoing is a run itself; undoing that by its number brings the changes back. Raises ConflictError:
        "kpi.nothing_to_undo", "kpi.run_unknown", "kpi.already_undone", "kpi.undo_changed_later".
        """
        return self._history.undo(number, at=at)

    def runs(self, most: int = 20) -> list[Run]:
        """The newest runs, the newest first."""
        return self._history.runs(most)

    def newest_run(self, *kinds: str) -> Run | None:
        """The newest run of one of these kinds that stands."""
        return self._history.newest(kinds)

    def changes(self, run: int) -> Iterator[Change]:
        """What a run wrote, row by row."""
        return self._history.changes(run)

    def tally(self, run: int) -> dict[tuple[str, Any], int]:
        """How many rows of which table a run put in ("new"), changed ("changed") and took out ("gone")."""
        return dict(self._history.tally(run))

    def history(self, number: int) -> list[tuple[Run, Change]]:
        """Every run that touched the thing of this number, the oldest first, with what it changed of its own row."""
        found = [touched for table in TOGETHER for touched in self._history.touching(table, {"id": number})]
        return sorted(found, key=lambda one: one[0].number)

    # --- looking ---

    def read(self) -> sqlite3.Connection:
        """The connection, for queries of the tool's own."""
        return self._database.read()

    def sales(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        engagements: Collection[str] = (),
        kinds: Collection[SaleKind] = (),
        statuses: Collection[Status] = (),
        customer: int = 0,
        product: str = "",
        channel: str = "",
        words: str = "",
        unsure: bool = False,
        source: str = "",
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Sale]:
        """Sales and refunds ordered from day `since` to before day `until`, by day and number, one at a time.

        None named means all. `product` is the id of one of a sale's lines; `words` all stand somewhere in it, marks
        aside; `source` is "log" or the profile of an export.
        """
        chosen = _Clauses()
        chosen.days("ordered", since, until)
        chosen.among(engagement=engagements, kind=kinds, status=statuses)
        if customer:
            chosen.add("customer = ?", customer)
        if product:
            chosen.add("id IN (SELECT sale FROM kpi_line WHERE product = ?)", product)
        if channel:
            chosen.add("lower(channel) = lower(?)", channel)
        if source:
            chosen.add("source = ?", source)
        if unsure:
            chosen.add("needs_confirm = 1")
        for word in search_key(words).split()[:_MOST_WORDS]:
            chosen.add("instr(words, ?) > 0", word)
        return self._each(SALES, chosen, "ordered", newest_first=newest_first, most=most)

    def payments(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        engagements: Collection[str] = (),
        customer: int = 0,
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Payment]:
        """Money that came in, by day."""
        chosen = self._of("day", since, until, engagements, customer)
        return self._each(PAYMENTS, chosen, "day", newest_first=newest_first, most=most)

    def opportunities(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        engagements: Collection[str] = (),
        outcomes: Collection[str] = (),
        customer: int = 0,
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Opportunity]:
        """Deals that were closed in these days; the open ones by the day on which they were opened."""
        chosen = self._of("iif(closed = '', opened, closed)", since, until, engagements, customer)
        chosen.among(outcome=outcomes)
        return self._each(
            OPPORTUNITIES, chosen, "iif(closed = '', opened, closed)", newest_first=newest_first, most=most
        )

    def activities(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        engagements: Collection[str] = (),
        kinds: Collection[str] = (),
        customer: int = 0,
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Activity]:
        """What was done, by day."""
        chosen = self._of("day", since, until, engagements, customer)
        chosen.among(kind=kinds)
        return self._each(ACTIVITIES, chosen, "day", newest_first=newest_first, most=most)

    def promises(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        engagements: Collection[str] = (),
        outcomes: Collection[str] = (),
        customer: int = 0,
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Promise]:
        """What was promised, by the day of the promise."""
        chosen = self._of("made", since, until, engagements, customer)
        chosen.among(outcome=outcomes)
        return self._each(PROMISES, chosen, "made", newest_first=newest_first, most=most)

    def measures(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        metric: str = "",
        engagements: Collection[str] = (),
    ) -> Iterator[Measure]:
        """Figures that the member entered, by day."""
        chosen = self._of("day", since, until, engagements, 0)
        chosen.among(metric=(metric,) if metric else ())
        return self._each(MEASURES, chosen, "day")

    def find(self, number: int) -> Numbered:
        """The sale, payment, deal, activity or promise of this number. ConflictError("kpi.number_unknown")."""
        for table in TOGETHER:
            kept: Kept[Numbered] = next(known for known in KEPT.values() if known.table == table)
            if (found := one(self.read(), kept, number)) is not None:
                return found
        raise ConflictError("kpi.number_unknown", value=str(number), id=number)

    def sale(self, number: int) -> Sale:
        """One sale or refund. ConflictError("kpi.number_unknown") if there is none of that number."""
        return self._one(SALES, number)

    def payment(self, number: int) -> Payment:
        return self._one(PAYMENTS, number)

    def opportunity(self, number: int) -> Opportunity:
        return self._one(OPPORTUNITIES, number)

    def activity(self, number: int) -> Activity:
        return self._one(ACTIVITIES, number)

    def promise(self, number: int) -> Promise:
        return self._one(PROMISES, number)

    def contacts(
        self, *, engagements: Collection[str] = (), groups: Collection[str] = (), words: str = ""
    ) -> Iterator[Contact]:
        """The member's contacts, in the order in which they were kept."""
        chosen = _Clauses()
        chosen.among(engagement=engagements, grp=groups)
        for word in search_key(words).split()[:_MOST_WORDS]:
            chosen.add("instr(words, ?) > 0", word)
        return each(self.read(), CONTACTS, chosen.clauses, chosen.values, "ORDER BY id")

    def contact(self, number: int) -> Contact:
        """One contact. ConflictError("kpi.contact_unknown") if there is none of that number."""
        found = one(self.read(), CONTACTS, number)
        if found is None:
            raise ConflictError("kpi.contact_unknown", value=str(number), id=number)
        return found

    def find_contact(self, engagement: str, name: str, phone: str = "", account: str = "") -> Contact | None:
        """The one contact who is meant by a name, a phone number or a shop account; None where it is nobody that is
        known, or could be several (`contacts_like` names them)."""
        found = self.contacts_like(engagement, name, phone, account)
        return found[0] if len(found) == 1 else None

    def contacts_like(self, engagement: str, name: str, phone: str = "", account: str = "") -> list[Contact]:
        """Everybody who could be meant, the oldest first."""
        return contacts.like(self.read(), engagement, name, phone=phone, account=account)

    def people(self, most: int = 500) -> list[str]:
        """The names of contacts as the member writes them, the newest first."""
        found = self.read().execute("SELECT name FROM kpi_contact WHERE name <> '' ORDER BY id DESC LIMIT ?", (most,))
        return list(dict.fromkeys(str(name) for (name,) in found))

    def engagements(self) -> dict[str, Engagement]:
        """Whom the member sells for, by id; empty where they have told of none (everything belongs to "own" then)."""
        return {found.id: found for found in map(engagement_of, self._rows("kpi_engagement"))}

    def products(self) -> dict[str, Product]:
        """What the member sells, by id."""
        return {found.id: found for found in map(product_of, self._rows("kpi_product"))}

    def shelf(self) -> Shelf:
        """The same, found by any of its names."""
        return Shelf(self.products().values())

    def metrics(self) -> dict[str, MetricDef]:
        """Metrics that the member defined, by id."""
        known = {field.name for field in fields(MetricDef)}
        found = {}
        for row in self._rows("kpi_metric"):
            given = {name: value for name, value in json.loads(row["definition"]).items() if name in known}
            if "statuses" in given:
                given["statuses"] = frozenset(given["statuses"])
            found[row["id"]] = MetricDef(**given | {"id": row["id"]})
        return found

    def targets(self, *, dropped: bool = False) -> list[Target]:
        """The member's targets in the order in which they were set; with `dropped`, also those let go of."""
        clauses = () if dropped else ("dropped = 0",)
        return list(each(self.read(), TARGETS, clauses, (), "ORDER BY id"))

    def target(self, number: int) -> Target:
        """One target. ConflictError("kpi.target_unknown") if there is none of that number."""
        found = one(self.read(), TARGETS, number)
        if found is None:
            raise ConflictError("kpi.target_unknown", value=str(number), id=number)
        return found

    def calendar(self) -> WorkWeeks:
        """The member's working time."""
        weeks = [
            OwnWeek(row["week"], bool(row["swaps"]), date.fromisoformat(row["starts"]) if row["starts"] else None)
            for row in self._rows("kpi_week")
        ]
        own: dict[str, set[date]] = {"leave": set(), "work": set()}
        for row in self._rows("kpi_day"):
            own[row["kind"]].add(date.fromisoformat(row["day"]))
        return WorkWeeks(weeks, own["leave"], own["work"])

    def known_lines(self, keys: Collection[str]) -> dict[str, datetime]:
        """Which of these lines of a text have been recorded already, and when."""
        query = "SELECT r.began FROM kpi_typed t JOIN kpi_run r ON r.number = t.run WHERE t.key = ?"
        found = ((key, self.read().execute(query, (key,)).fetchone()) for key in keys)
        return {key: datetime.fromisoformat(row[0]) for key, row in found if row}

    def _of(
        self, day: str, since: date | None, until: date | None, engagements: Collection[str], customer: int
    ) -> _Clauses:
        chosen = _Clauses()
        chosen.days(day, since, until)
        chosen.among(engagement=engagements)
        if customer:
            chosen.add("customer = ?", customer)
        return chosen

    def _each(
        self, kept: Kept[R], chosen: _Clauses, day: str, *, newest_first: bool = False, most: int | None = None
    ) -> Iterator[R]:
        order = f"ORDER BY {day} DESC, id DESC" if newest_first else f"ORDER BY {day}, id"
        if most is not None:
            order += f" LIMIT {int(most)}"
        return each(self.read(), kept, chosen.clauses, chosen.values, order)

    def _one(self, kept: Kept[R], number: int) -> R:
        found = one(self.read(), kept, number)
        if found is None:
            raise ConflictError("kpi.number_unknown", value=str(number), id=number)
        return found

    def _rows(self, table: str) -> list[dict[str, Any]]:
        found = self.read().execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - a table of ours
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


class _Clauses:
    """Conditions of a query, each with its values."""

    def __init__(self) -> None:
        self.clauses: list[str] = []
        self.values: list[Value] = []

    def add(self, clause: str, *values: Value) -> None:
        self.clauses.append(clause)
        self.values.extend(values)

    def days(self, column: str, since: date | None, until: date | None) -> None:
        if since:
            self.add(f"{column} >= ?", since.isoformat())
        if until:
            self.add(f"{column} < ?", until.isoformat())

    def among(self, **columns: Collection[str]) -> None:
        """Each column is one of these; any, where none is named."""
        for column, allowed in columns.items():
            if allowed:
                self.add(f"{column} IN ({', '.join('?' * len(allowed))})", *allowed)
