"""Writing into the book: what a sentence says, what is corrected, taken out, taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.core.text import search_key
from toolkit.expenses.accounts import ELSEWHERE
from toolkit.expenses.book import account_row
from toolkit.expenses.model import Kind
from toolkit.expenses.service import waiting as queue
from toolkit.expenses.service.understanding import CATEGORY_DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.core.dates import Clock
    from toolkit.expenses.book import Change, ExpenseBook, Recording, Run
    from toolkit.expenses.book.book import Waiting
    from toolkit.expenses.model import Doubt, Entry, Item
    from toolkit.expenses.service.understanding import Known, Proposal, Understanding, Understood
    from toolkit.store.history import Value

_SAME_AGAIN = timedelta(minutes=10)  # the same sentence typed again within this time is remarked upon


@dataclass(frozen=True)
class Receipt:
    """What a sentence left in the book. `waiting` has no certain amount and isn't counted yet. `before` are the
    entries as they were, where some were changed."""

    text: str
    run: int | None
    known: Known
    this_year: int
    entries: tuple[Entry, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    before: tuple[Entry, ...] = ()
    kind: str = "add"


@dataclass(frozen=True)
class Undone:
    """A run that was taken back: entries that are gone, back, or as they were before."""

    run: Run
    changes: tuple[Change, ...]


class Recorder:
    """The verbs that write entries, on one book."""

    def __init__(self, book: ExpenseBook, clock: Clock, known: Known) -> None:
        self._book = book
        self._clock = clock
        self._known = known

    def record(self, understood: Understood, line: str = "") -> Outcome[Receipt]:
        """Write down what `understood` says: certain amounts into the book, the others into the queue.

        `line` is the key of the line of a text that it came from, if it came from one. A sentence that is no entry is
        an error that says why. Raises StoreError.
        """
        receipt = self._receipt(understood.text)
        if not understood.proposals:
            if understood.dropped:
                return Outcome(receipt, notes=(Problem("expenses.dropped", value=understood.text),))
            return Outcome(receipt, (nothing_recorded(understood),), "error", Exit.INPUT)
        again = self._same_again(understood.text)
        entries: list[Entry] = []
        held: list[Waiting] = []
        now = self._clock.now()
        with self._book.recording("add", at=now) as run:
            _remember_line(run, line)
            for proposal in understood.proposals:
                if made := self._write(run, understood.text, proposal):
                    entries.append(made)
                else:
                    held.append(self._hold(run, understood.text, proposal))
        problems, notes = _doubts(understood, entries, held)
        done = replace(receipt, run=run.number, entries=tuple(entries), waiting=tuple(held))
        if again:
            notes = (*notes, Problem("expenses.same_again", params={"id": again.id}))
        return Outcome(done, problems, "partial" if problems else "ok", notes=notes)

    def settle_waiting(self, waiting: Waiting, proposal: Proposal) -> Outcome[Receipt]:
        """The amount of something that waited is known now: it goes into the book. Raises StoreError."""
        with self._book.recording("add", at=self._clock.now()) as run:
            run.drop("expense_waiting", id=waiting.id)
            entry = self._write(run, waiting.sentence, proposal)
            if entry is None:
                raise InputError("expenses.amount_unclear", value=waiting.sentence)
        return Outcome(replace(self._receipt(waiting.sentence), run=run.number, entries=(entry,)))

    def drop_waiting(self, waiting: Waiting) -> Outcome[Receipt]:
        """It was no entry after all."""
        with self._book.recording("delete", at=self._clock.now()) as run:
            run.drop("expense_waiting", id=waiting.id)
        return Outcome(replace(self._receipt(waiting.sentence, "delete"), run=run.number))

    def edit(
        self, entry: Entry, verb: str = "edit", *, teach: bool = False, line: str = "", **fields: Any
    ) -> Outcome[Receipt]:
        """Change fields of an entry. What the member has looked at needs no confirmation any more.

        With `teach`, its category is remembered for its phrase. Raises ConflictError if the entry is gone.
        """
        given = {"needs_confirm": False, "doubts": (), **fields}
        category = given.get("category")
        if category is not None:
            given.setdefault("kind", self._kind_for(entry, category))
            given.setdefault("confidence", 1.0)
        given |= _sides(entry, given)
        with self._book.recording(verb, at=self._clock.now()) as run:
            _remember_line(run, line)
            changed = run.change(entry, **given)
            if teach and category is not None and entry.core:
                self._teach(run, entry.core, category)
        number = run.number if run.changes else None
        return Outcome(replace(self._receipt(entry.sentence, verb), run=number, entries=(changed,), before=(entry,)))

    def fix(self, entry: Entry, category: str, *, everywhere: bool = False) -> Outcome[Receipt]:
        """The entry is of this category, and so is its phrase from now on; with `everywhere`, also where the same
        phrase stands in the book already. Raises ConflictError if the entry is gone."""
        same = [other for other in self._same_phrase(entry) if other.category != category]
        chosen = [entry, *(same if everywhere else ())]
        with self._book.recording("fix", at=self._clock.now()) as run:
            changed = tuple(run.change(one, **self._fixed(one, category)) for one in chosen)
            if entry.core:
                self._teach(run, entry.core, category)
        receipt = replace(
            self._receipt(entry.sentence, "fix"),
            run=run.number if run.changes else None,
            entries=changed,
            before=tuple(chosen),
        )
        left = 0 if everywhere else len(same)
        note = Problem("expenses.same_phrase_elsewhere", params={"n": left, "id": entry.id, "category": category})
        return Outcome(receipt, notes=(note,) if left else ())

    def correct(
        self,
        understood: Understood,
        understanding: Understanding,
        meant: Callable[[str], str | Kind | None],
        line: str = "",
    ) -> Outcome[Receipt]:
        """What a follow-up says anew ("à nhầm, 54k") of the entry that was recorded last.

        `meant` knows what members call categories and directions: "là quà" changes the category, "là thu" the
        direction, the name of somebody in the book the person, "ý mình là xăng" the thing.
        ConflictError("expenses.nothing_to_correct" | "expenses.correct_which"), InputError for what can't be read or
        names an entry by its number.
        """
        said, latest = understood.correction, self._book.latest()
        if said is None or latest is None:
            raise ConflictError("expenses.nothing_to_correct")
        entry = one_of(latest[1], said.core)
        fields = _said_anew(said, understood.text)
        if said.account:
            account = understanding.account(said.account)
            if not account:
                raise InputError("expenses.account_unknown", value=said.account)
            fields["account"] = account
        word = meant(said.core)
        if isinstance(word, Kind):
            sorting = understanding.sort(entry.core, frozenset({word}))
            return self.edit(entry, "correct", line=line, category=sorting.category, kind=word, **fields)
        if word is not None:
            return self.edit(entry, "correct", teach=True, line=line, category=word, **fields)
        if search_key(said.core) in map(search_key, self._known.people):
            fields["person"] = said.core
        elif said.core.isdecimal():  # "sửa khoản 3 thành 50k": this entry isn't meant
            raise InputError("expenses.correction_numbered", value=understood.text, id=said.core)
        elif said.core and not _points_at(said.core, entry):
            sorting = understanding.sort(said.core, said.kinds or frozenset({entry.kind}))
            fields |= {"note": said.note or said.core, "core": said.core, "category": sorting.category}
            fields |= {"confidence": sorting.probability, "needs_confirm": not sorting.sure}
        if not fields:
            raise InputError("expenses.correction_unclear", value=understood.text)
        return self.edit(entry, "correct", line=line, **fields)

    def accept(self, entries: Sequence[Entry]) -> Outcome[Receipt]:
        """These entries are right as they stand. Raises ConflictError if one is gone."""
        with self._book.recording("confirm", at=self._clock.now()) as run:
            changed = tuple(run.change(entry, needs_confirm=False, doubts=()) for entry in entries)
        number = run.number if run.changes else None
        return Outcome(replace(self._receipt("", "confirm"), run=number, entries=changed, before=tuple(entries)))

    def delete(self, entries: Sequence[Entry]) -> Outcome[Receipt]:
        """Take entries out of the book. Raises ConflictError if one is gone already."""
        with self._book.recording("delete", at=self._clock.now()) as run:
            for entry in entries:
                run.remove(entry)
        return Outcome(replace(self._receipt("", "delete"), run=run.number, before=tuple(entries)))

    def undo(self, number: int | None = None) -> Outcome[Undone]:
        """Take back a run (None: the newest that stands). Raises ConflictError, StoreError."""
        run, changes = self._book.undo(number, at=self._clock.now())
        return Outcome(Undone(run, changes))

    def _receipt(self, text: str, kind: str = "add") -> Receipt:
        return Receipt(text, None, self._known, self._clock.today().year, kind=kind)

    def _write(self, run: Recording, sentence: str, proposal: Proposal) -> Entry | None:
        """Put a proposal into the book; None where its amount can't be said."""
        money = proposal.money
        if money is None:
            return None
        for account in proposal.opened:
            run.put("expense_account", account_row(account))
        if "category" in proposal.answered and proposal.item.core:
            self._teach(run, proposal.item.core, proposal.sorting.category)
        return run.add(proposal.draft(sentence, money))

    def _hold(self, run: Recording, sentence: str, proposal: Proposal) -> Waiting:
        from toolkit.expenses.book import Waiting

        text = queue.to_text(proposal)
        return Waiting(run.wait(sentence, text), sentence, text, run.number, run.at)

    def _teach(self, run: Recording, core: str, category: str) -> None:
        """Remember what the member said of a phrase."""
        phrase = search_key(core)
        known = run.row("expense_lesson", phrase=phrase)
        same = known is not None and known["category"] == category
        times = int(known["times"] or 0) + 1 if known is not None and same else 1
        row: dict[str, Value] = {
            "phrase": phrase,
            "core": core,
            "category": category,
            "times": times,
            "at": run.at.isoformat(),
        }
        run.put("expense_lesson", row)

    def _fixed(self, entry: Entry, category: str) -> dict[str, Any]:
        """The fields that the member's own word on the category decides."""
        fields = {"category": category, "kind": self._kind_for(entry, category), "confidence": 1.0}
        return {**fields, "needs_confirm": False, "doubts": (), **_sides(entry, fields)}

    def _kind_for(self, entry: Entry, category: str) -> Kind:
        return self._known.kind_of(category) or entry.kind

    def _same_phrase(self, entry: Entry) -> list[Entry]:
        """Other entries of the same phrase, marks aside."""
        phrase = search_key(entry.core)
        if not phrase:
            return []
        found = self._book.entries(words=entry.core)
        return [one for one in found if search_key(one.core) == phrase and one.id != entry.id]

    def _same_again(self, text: str) -> Entry | None:
        """The entry that the same sentence left a moment ago."""
        latest = self._book.latest()
        if latest is None or self._clock.now() - latest[0].began > _SAME_AGAIN:
            return None
        return next((entry for entry in latest[1] if entry.sentence == text), None)


def line_keys(lines: Sequence[str]) -> list[str]:
    """A key for each line of a text: of what it says, and of how often the same was said before in that text."""
    counted: Counter[str] = Counter()
    keys = []
    for line in lines:
        words = search_key(line)
        keys.append(sha256(f"{counted[words]}\0{words}".encode()).hexdigest()[:32])
        counted[words] += 1
    return keys


def _remember_line(run: Recording, line: str) -> None:
    if line:
        run.put("expense_typed", {"key": line, "run": run.number})


def nothing_recorded(understood: Understood) -> Problem:
    """Why a sentence left nothing in the book: it is too long, a question, a plan, or no business of the tool's."""
    for doubt in understood.questions:
        return as_problem(doubt, understood.text)
    return Problem(f"expenses.nothing_to_record_{understood.intent}", value=understood.text)


def one_of(entries: Sequence[Entry], words: str) -> Entry:
    """The entry of several that a correction means: the only one, or the one whose note has its words.

    ConflictError("expenses.correct_which") naming them where it can't be told.
    """
    if len(entries) > 1 and words:
        named = [entry for entry in entries if set(search_key(words).split()) & set(search_key(entry.note).split())]
        entries = named or entries
    if len(entries) == 1:
        return entries[0]
    if not entries:
        raise ConflictError("expenses.nothing_to_correct")
    raise ConflictError("expenses.correct_which", ids=", ".join(str(entry.id) for entry in entries))


def _said_anew(said: Item, text: str) -> dict[str, Any]:
    """The amount, day and person that a correction names. InputError where it has several readings itself."""
    fields: dict[str, Any] = {}
    for readings in (said.money, said.day):
        if readings.ambiguous:
            raise InputError(readings.code, None, value=text, **readings.params)
    if said.money.value is not None:
        fields |= {"amount": said.money.value.amount, "currency": said.money.value.currency}
    if said.day.value is not None:
        fields["day"] = said.day.value
    if said.person:
        fields["person"] = said.person
    return fields


def _sides(entry: Entry, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The accounts that go with a direction: a transfer has two different ones, anything else has one.

    UsageError("expenses.same_account") for a transfer from an account to itself.
    """
    kind, account = fields.get("kind", entry.kind), fields.get("account", entry.account)
    if kind is not Kind.TRANSFER:
        return {"counter": ""}
    counter = fields.get("counter", entry.counter) or ELSEWHERE
    if counter == account:
        raise UsageError("expenses.same_account", value=account)
    return {"counter": counter}


def _points_at(words: str, entry: Entry) -> bool:
    """Whether the words of a correction only say which entry is meant."""
    return set(search_key(words).split()) <= set(search_key(entry.note).split())


def as_problem(doubt: Doubt, value: str | None = None) -> Problem:
    """A doubt as a problem for the member."""
    params: Mapping[str, Any] = doubt.params
    return Problem(doubt.code, params=params, value=value)


def _doubts(
    understood: Understood, entries: Sequence[Entry], held: Sequence[Waiting]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What the member has to settle, and what they may look at some time: a category that isn't certain costs nothing,
    an amount or a day may."""
    problems = [as_problem(doubt, understood.text) for doubt in understood.questions]
    notes = []
    for entry in entries:
        for doubt in entry.doubts:
            if doubt.code == CATEGORY_DOUBTFUL:
                notes.append(Problem("expenses.category_unsure", params={"id": entry.id, "note": entry.note}))
            else:
                problems.append(as_problem(doubt, entry.note))
    for one in held:
        item = queue.from_waiting(one).item
        if item.money.code:
            problems.append(Problem(item.money.code, params=item.money.params, value=item.text))
        problems.append(Problem("expenses.held_back", params={"note": item.text}))
    return tuple(problems), tuple(notes)
