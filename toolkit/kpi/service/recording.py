"""Writing into the book: what a line says, what is corrected, taken out, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.core.text import search_key
from toolkit.kpi.book.records import TOGETHER
from toolkit.kpi.model import Activity, Line, Payment, Sale
from toolkit.kpi.service.editing import fields_of, one_of, said_anew
from toolkit.kpi.service.told import Told, told
from toolkit.kpi.service.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook, Recording, Run
    from toolkit.kpi.service.drafting import Draft, Options, Understood
    from toolkit.kpi.service.told import Thing

_SAME_AGAIN: Final = timedelta(minutes=10)  # the same line typed again within this time is remarked upon


@dataclass(frozen=True)
class Logged:
    """One thing that a line told of: how it was understood, and the numbers that it has in the book (none: it isn't
    there)."""

    told: Told
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a line, a change or a deletion left in the book. `before` are things as they were, where some were changed
    or taken out. `known`: the line was recorded before, from the same text."""

    text: str
    run: int | None
    this_year: int
    items: tuple[Logged, ...] = ()
    before: tuple[Told, ...] = ()
    kind: str = "log"
    known: bool = False


@dataclass(frozen=True)
class Undone:
    """A run that was taken back; `rows` counts what of it, by table and by what the run had done to it."""

    run: Run
    rows: Mapping[tuple[str, str], int]
    things: tuple[str, ...]
    """A few of the things, as they were called."""

    @property
    def count(self) -> int:
        """How many numbered things it had touched."""
        return sum(n for (table, _), n in self.rows.items() if table in TOGETHER)


class Recorder:
    """The verbs that write into one book."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock
        self._writer = Writer(book)

    def record(self, line: Understood, key: str = "", *, keep: bool = True, again: bool = False) -> Outcome[Receipt]:
        """Write down what a line says; what has no certain amount isn't recorded and is a problem.

        `key` is that of the line of a text that it came from, if it came from one: such a line is written once, unless
        `again`. Without `keep`, only what would be written. A line that is nothing to record is an error that says why.
        Raises StoreError.
        """
        receipt = Receipt(line.reading.text, None, self._clock.today().year)
        if not line.drafts:
            return Outcome(receipt, (nothing_recorded(line),), "error", Exit.INPUT)
        sure = [draft for draft in line.drafts if draft.problem is None]
        problems = tuple(draft.problem for draft in line.drafts if draft.problem is not None)
        doubts = [(draft, doubt) for draft in sure for doubt in draft.doubts]
        notes = [Problem(doubt.code, params=doubt.params, value=draft.item.text) for draft, doubt in doubts]
        if any(draft.day > self._clock.today() and draft.kind != "promise" for draft in sure):
            notes.append(Problem("kpi.day_ahead", value=line.reading.text))
        if keep and sure and (same := self._same_again(line.reading.text)):
            notes.append(Problem("kpi.same_again", params={"id": same}))
        if not keep or not sure:
            done = replace(receipt, items=tuple(Logged(draft.told()) for draft in line.drafts))
            return _outcome(done, problems, notes, some=bool(sure))
        with self._book.recording("log", at=self._clock.now()) as run:
            if key and not again and run.row("kpi_typed", key=key) is not None:  # another process was faster
                return Outcome(replace(receipt, known=True))
            if key:
                run.put("kpi_typed", {"key": key, "run": run.number})
            items = tuple(self._logged(run, line.reading.text, draft) for draft in line.drafts)
        return _outcome(replace(receipt, run=run.number, items=items), problems, notes, some=True)

    def correct(self, line: Understood, options: Options, key: str = "", *, keep: bool = True) -> Outcome[Receipt]:
        """What a follow-up says anew ("à nhầm, 12tr") of what was recorded last.

        ConflictError("kpi.nothing_to_correct" | "kpi.correct_which"), InputError for what can't be read.
        """
        item = next(iter(line.reading.items), None)
        if item is None:
            raise InputError("kpi.correction_unclear", None, value=line.reading.text)
        thing = one_of(self.latest(), item, self._book.shelf())
        if isinstance(thing, Activity) and item.counts:
            count = item.counts.get(thing.kind) or next(iter(item.counts.values()))
            options = replace(options, quantity=options.quantity or Fraction(count))
        fields = fields_of(thing, said_anew(item, options))
        if not fields:
            raise InputError("kpi.correction_unclear", None, value=line.reading.text)
        return self.edit(thing, fields, "correct", key=key, keep=keep)

    def edit(
        self, thing: Thing, fields: Mapping[str, Any], verb: str = "edit", *, key: str = "", keep: bool = True
    ) -> Outcome[Receipt]:
        """Change fields of a thing. What the member has looked at needs no confirmation any more.

        `customer` and `product` are names, looked up or newly kept; `key` and `keep` as in `record`. Raises
        ConflictError if the thing is gone.
        """
        given = dict(fields)
        if isinstance(thing, Sale):
            given.setdefault("needs_confirm", False)
        if not keep:
            one = told(thing, self._book.shelf())
            return Outcome(Receipt(thing.sentence, None, self._clock.today().year, (Logged(one),), (one,), verb))
        with self._book.recording(verb, at=self._clock.now()) as run:
            if key:
                run.put("kpi_typed", {"key": key, "run": run.number})
            engagement = given.get("engagement", thing.engagement)
            name = given.pop("customer", None)
            if name is not None or engagement != thing.engagement:
                name = thing.customer_name if name is None else name
                given |= {"customer": self._writer.customer(run, engagement, name), "customer_name": name}
            if isinstance(thing, Sale):
                given |= self._lines_anew(run, thing, given)
            elif "product" in given:
                given["product"] = run.product(given["product"]).id if given["product"] else ""
            changed = run.change(thing, **given)
            number = run.number if run.changes else None
        shelf = self._book.shelf()
        receipt = Receipt(
            thing.sentence, number, self._clock.today().year, (Logged(told(changed, shelf), (thing.id,)),),
            (told(thing, shelf),), verb,
        )  # fmt: skip
        return Outcome(receipt)

    def delete(self, things: Sequence[Thing]) -> Outcome[Receipt]:
        """Take things out of the book; what was linked to them stays, unlinked. ConflictError if one is gone."""
        shelf = self._book.shelf()
        gone = {thing.id for thing in things}
        with self._book.recording("delete", at=self._clock.now()) as run:
            for thing in things:
                run.remove(thing)
                if isinstance(thing, Sale):
                    self._unlink(run, thing.id, gone)
        before = tuple(told(thing, shelf) for thing in things)
        return Outcome(Receipt("", run.number, self._clock.today().year, (), before, "delete"))

    def undo(self, number: int | None = None) -> Outcome[Undone]:
        """Take back a run (None: the newest that stands). Raises ConflictError, StoreError."""
        run = self._book.undo(number, at=self._clock.now())
        rows = self._book.tally(run.number)
        few = sum(rows.values()) <= _FEW
        names = list(_names(self._book.changes(run.number))) if few else []
        return Outcome(Undone(run, rows, tuple(dict.fromkeys(names))))

    def latest(self) -> list[Thing]:
        """What the newest line that stands left in the book and is still there."""
        run = self._book.newest_run("log")
        if run is None:
            return []
        numbers = [
            change.after["id"]
            for change in self._book.changes(run.number)
            if change.table in TOGETHER and change.before is None and change.after is not None
        ]
        found = []
        for number in numbers:
            try:
                found.append(self._book.find(int(number or 0)))
            except ConflictError:  # taken out since
                continue
        return found

    def _logged(self, run: Recording, sentence: str, draft: Draft) -> Logged:
        if draft.problem is not None:
            return Logged(draft.told())
        things = self._writer.write(run, sentence, draft)
        first = things[0]
        linked = first.refunds if isinstance(first, Sale) else first.sale if isinstance(first, Payment) else 0
        return Logged(replace(draft.told(), linked=linked), tuple(thing.id for thing in things))

    def _lines_anew(self, run: Recording, sale: Sale, given: dict[str, Any]) -> dict[str, Any]:
        """The lines of a sale whose amount, product or quantity is another one. ConflictError where it has several."""
        touched = {name: given.pop(name) for name in ("product", "quantity") if name in given}
        amount = given.get("amount", sale.amount)
        if not touched and (amount == sale.amount or len(sale.lines) != 1):
            return {}
        if len(sale.lines) > 1:
            raise ConflictError("kpi.edit_several_lines", value=str(sale.id), id=sale.id, n=len(sale.lines))
        line = sale.lines[0] if sale.lines else Line("")
        if "product" in touched:
            line = replace(line, product=run.product(touched["product"]).id if touched["product"] else "")
        quantity = touched.get("quantity", line.quantity)
        return {"lines": (replace(line, quantity=quantity, amount=None if line.amount is None else amount),)}

    def _unlink(self, run: Recording, number: int, gone: set[int]) -> None:
        for kind, column in (("kpi_sale", "refunds"), ("kpi_payment", "sale"), ("kpi_opportunity", "sale")):
            query = f"SELECT id FROM {kind} WHERE {column} = ?"  # noqa: S608 - names of ours
            for (other,) in self._book.read().execute(query, (number,)).fetchall():
                if other not in gone:
                    row = run.row(kind, id=other)
                    assert row is not None
                    run.put(kind, {**row, column: 0})

    def _same_again(self, text: str) -> int:
        """The number of what the same line left in the book a moment ago; 0 if it didn't."""
        run = self._book.newest_run("log")
        if run is None or self._clock.now() - run.began > _SAME_AGAIN:
            return 0
        key = search_key(text)
        return next((thing.id for thing in self.latest() if search_key(thing.sentence) == key), 0)


_FEW: Final = 50


def nothing_recorded(line: Understood) -> Problem:
    """Why a line left nothing in the book: it is too long, a question, a plan, or no business of the tool's."""
    for question in line.questions:
        return question
    return Problem(f"kpi.nothing_to_record_{line.reading.intent}", value=line.reading.text)


def _outcome(
    receipt: Receipt, problems: Sequence[Problem], notes: Sequence[Problem], *, some: bool
) -> Outcome[Receipt]:
    if not some:
        return Outcome(receipt, tuple(problems), "error", Exit.INPUT, tuple(notes))
    return Outcome(receipt, tuple(problems), "partial" if problems else "ok", notes=tuple(notes))


def _names(changes: Iterable[Any]) -> Iterable[str]:
    for change in changes:
        row = change.after or change.before
        if change.table in TOGETHER:
            yield str(row.get("sentence") or row.get("text") or row.get("customer_name") or row.get("order_id") or "")
