"""Statements: what an import would bring, what it brought, twins to merge, layouts that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.model import Kind
from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.words import Amount, account_words, category_words, flow_words
from toolkit.shell.blocks import Column, Joined, Line, Note, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from toolkit.expenses.model import Draft, Entry
    from toolkit.expenses.service.importing import Forgotten, Imported, Preview, Summary
    from toolkit.expenses.service.merging import Merged, TwinList
    from toolkit.expenses.service.restoring import Restored
    from toolkit.expenses.service.understanding import Known
    from toolkit.expenses.statements import Layout, OwnLayout
    from toolkit.expenses.statements.likeness import Twins
    from toolkit.shell.blocks import Block, Cell

_MOST_SHOWN: Final = 15
_FEW: Final = 5


def plan(preview: Preview) -> Iterator[Block]:
    """The statements, and the first entries that would be new."""
    yield from _plan(preview, _MOST_SHOWN)


def full_plan(preview: Preview) -> Iterator[Block]:
    """The same with every entry."""
    yield from _plan(preview, None)
    if preview.writes:
        yield Note(Words("expenses.import_next"))


def spreadsheet(preview: Preview) -> Iterator[Block]:
    """The entries with plain numbers, for --csv."""
    codes = ("day", "amount", "currency", "kind", "category", "person", "note", "account", "counter", "sentence")
    rows: list[list[Cell]] = [
        [
            draft.day, _signed(draft), draft.currency, Words(f"expenses.kind_{draft.kind}"),
            category_words(draft.category, preview.known.categories), draft.person, draft.note,
            account_words(draft.account, preview.known.accounts),
            account_words(draft.counter, preview.known.accounts) if draft.counter else None, draft.sentence,
        ]
        for draft in preview.drafts
    ]  # fmt: skip
    yield Table([Column(Words(f"expenses.column_{code}")) for code in codes], rows)


def plan_json(preview: Preview) -> dict[str, Any]:
    """The keys are a promise."""
    return {
        "statements": [_summary_json(one) for one in preview.summaries],
        "entries": [_draft_json(draft) for draft in preview.drafts],
        "lines": preview.writes,
        "paired": preview.paired,
        "unsure": preview.unsure,
    }


def imported(twin_count: int) -> Callable[[Imported], Iterator[Block]]:
    """What was written, what may wait in the queue, and the way back."""

    def view(done: Imported) -> Iterator[Block]:
        if done.run is None:
            nothing = not done.preview.writes
            yield Line(Words("expenses.import_nothing_new" if nothing else "expenses.import_not_done"))
            return
        yield Line(Words("expenses.imported", n=done.entries))
        if done.preview.paired:
            yield Line(Words("expenses.imported_transfers", n=done.preview.paired))
        if done.unsure:
            yield Line(Words("expenses.imported_unsure", n=done.unsure))
        if twin_count:
            yield Line(Words("expenses.imported_twins", n=twin_count))
        for layout in done.preview.keep:
            yield Line(Words("expenses.layout_kept", name=layout.name))
        yield Note(Words("expenses.import_undo", run=done.run))

    return view


def imported_json(twin_count: int) -> Callable[[Imported], dict[str, Any]]:
    def as_json(done: Imported) -> dict[str, Any]:
        preview = done.preview
        return {
            "run": done.run,
            "entries": done.entries,
            "changed": done.changed,
            "unsure": done.unsure,
            "paired": preview.paired if done.run else 0,
            "lines": preview.writes if done.run else 0,
            "twins": twin_count,
            "statements": [_summary_json(one) for one in preview.summaries],
            "kept": [layout.name for layout in preview.keep] if done.run else [],
        }

    return as_json


def twins(found: TwinList) -> Iterator[Block]:
    """Pairs, one a row, with what to type."""
    codes = ("id", "day", "amount", "note", "bank_day", "bank_note", "account")
    columns = [
        Column(Words(f"expenses.column_{code}"), "right" if code in ("id", "amount") else "left") for code in codes
    ]
    rows = [_twin_row(one, found) for one in found.twins]
    yield Table(columns, rows, empty=Words("expenses.no_twins"))
    if found.twins:
        yield Note(Words("expenses.twins_next", id=found.twins[0].typed.id))


def twins_question(found: TwinList) -> Words:
    """The question about the one pair of `found`."""
    (one,) = found.twins
    return Words(
        "expenses.ask_twins",
        typed=_entry_words(one.typed, found.known, found.this_year),
        bank=_entry_words(one.proven, found.known, found.this_year),
    )


def twins_json(found: TwinList) -> dict[str, Any]:
    return {
        "twins": [
            {"typed": entry_json(one.typed), "bank": entry_json(one.proven), "likeness": one.likeness}
            for one in found.twins
        ]
    }


def merged(done: Merged) -> Iterator[Block]:
    """What was joined, and the way back."""
    if done.run is None:
        yield Line(Words("expenses.merge_nothing"))
        return
    if done.entries:
        entries = [_entry_words(entry, done.known, done.this_year) for entry in done.entries]
        yield Line(Words("expenses.merged", n=len(entries), entries=Joined(entries[:5], "; ")))
    if done.apart:
        yield Line(Words("expenses.kept_apart", n=done.apart))
    yield Note(Words("expenses.import_undo", run=done.run))


def merged_json(done: Merged) -> dict[str, Any]:
    return {"run": done.run, "entries": [entry_json(entry) for entry in done.entries], "apart": done.apart}


def layouts(found: tuple[Sequence[Layout], Sequence[OwnLayout]]) -> Iterator[Block]:
    """The banks and wallets that are known, and the member's own layouts."""
    shipped, own = found
    columns = [Column(Words(f"expenses.column_{code}")) for code in ("bank", "headings", "source")]
    rows: list[list[Cell]] = [
        [layout.label, _few(layout.columns), Words(f"expenses.layout_source_{layout.source}")] for layout in shipped
    ]
    rows += [[one.name, _few(one.columns), Words("expenses.layout_source_own")] for one in own]
    yield Table(columns, rows)


def _few(columns: Iterable[str]) -> str:
    """The first headings; all of them are in the JSON."""
    shown = [heading.partition(" / ")[0] for heading in columns]
    return ", ".join(shown[:_FEW]) + (", …" if len(shown) > _FEW else "")


def layouts_json(found: tuple[Sequence[Layout], Sequence[OwnLayout]]) -> dict[str, Any]:
    shipped, own = found
    return {
        "shipped": [
            {"id": one.id, "account": one.account, "columns": dict(one.columns), "source": one.source}
            for one in shipped
        ],
        "own": [
            {"name": one.name, "account": one.account, "columns": dict(one.columns), "dates": one.order} for one in own
        ],
    }


def forgotten(done: Forgotten) -> Iterator[Block]:
    yield Line(Words("expenses.layout_forgotten", name=done.layout.name))
    yield Note(Words("expenses.import_undo", run=done.run))


def forgotten_json(done: Forgotten) -> dict[str, Any]:
    return {"name": done.layout.name, "run": done.run}


def restored(done: Restored) -> Iterator[Block]:
    """Entries of the program's own tables."""
    if done.run is not None:
        yield Line(Words("expenses.restored", n=done.new))
    elif done.new:
        yield Line(Words("expenses.restore_would", n=done.new))
    if done.known:
        yield Line(Words("expenses.restore_known", n=done.known))
    if done.run is not None:
        yield Note(Words("expenses.import_undo", run=done.run))


def restored_json(done: Restored) -> dict[str, Any]:
    return {"run": done.run, "new": done.new, "known": done.known}


def _plan(preview: Preview, most: int | None) -> Iterator[Block]:
    codes = ("file", "account", "days", "lines", "new_lines", "proven_lines")
    columns = [
        Column(Words(f"expenses.column_{code}"), "right" if code.endswith("lines") else "left") for code in codes
    ]
    yield Table(columns, [_summary_row(one, preview) for one in preview.summaries])
    drafts = preview.drafts
    if not drafts:
        return
    shown = drafts if most is None else drafts[:most]
    entry_codes = ("day", "amount", "category", "note", "account")
    entry_columns = [
        Column(Words(f"expenses.column_{code}"), "right" if code == "amount" else "left") for code in entry_codes
    ]
    yield Table(entry_columns, [_draft_row(draft, preview) for draft in shown])
    if len(drafts) > len(shown):
        yield Line(Words("expenses.more_new", n=len(drafts) - len(shown)))
    if preview.unsure:
        yield Line(Words("expenses.plan_unsure", n=preview.unsure))


def _summary_row(one: Summary, preview: Preview) -> list[Cell]:
    lines = one.statement.lines
    days: Cell = None
    if lines:
        first, last = min(line.day for line in lines), max(line.day for line in lines)
        days = f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    account = account_words(one.account.id, {**preview.known.accounts, one.account.id: one.account})
    return [one.statement.file, account, days, len(lines), one.new, one.statement.proven]


def _draft_row(draft: Draft, preview: Preview) -> list[Cell]:
    accounts = {**preview.known.accounts, **{one.account.id: one.account for one in preview.summaries}}
    where: Cell = account_words(draft.account, accounts)
    if draft.kind is Kind.TRANSFER:
        where = Words(
            "expenses.from_to",
            source=account_words(draft.account, accounts),
            target=account_words(draft.counter, accounts),
        )
    category: Cell = category_words(draft.category, preview.known.categories)
    if draft.needs_confirm:
        category = Words("expenses.unsure_category", category=category)
    return [When(draft.day, this_year=preview.this_year), _flow(draft), category, draft.note, where]


def _twin_row(one: Twins, found: TwinList) -> list[Cell]:
    typed, proven = one.typed, one.proven
    return [
        typed.id,
        When(typed.day, this_year=found.this_year),
        flow_words(typed),
        typed.note,
        When(proven.day, this_year=found.this_year),
        proven.note,
        account_words(proven.account, found.known.accounts),
    ]


def _entry_words(entry: Entry, known: Known, this_year: int) -> Joined:
    return Joined(
        [
            Words("expenses.numbered", id=entry.id, note=entry.note),
            flow_words(entry),
            category_words(entry.category, known.categories),
            When(entry.day, this_year=this_year),
        ]
    )


def _signed(draft: Draft) -> int:
    if draft.kind is Kind.TRANSFER:
        return draft.amount
    return draft.amount if draft.kind in (Kind.INCOME, Kind.BORROW, Kind.COLLECT) else -draft.amount


def _flow(draft: Draft) -> Amount:
    return Amount(_signed(draft), draft.currency, signed=draft.kind is not Kind.TRANSFER)


def _draft_json(draft: Draft) -> dict[str, Any]:
    return {
        "date": draft.day.isoformat(),
        "kind": draft.kind.value,
        "category": draft.category,
        "amount": draft.amount,
        "currency": draft.currency,
        "account": draft.account,
        "counter": draft.counter or None,
        "person": draft.person or None,
        "note": draft.note,
        "text": draft.sentence,
        "confidence": round(draft.confidence, 4),
        "needs_confirm": draft.needs_confirm,
    }


def _summary_json(one: Summary) -> dict[str, Any]:
    statement = one.statement
    days = [line.day for line in statement.lines]
    return {
        "file": statement.file,
        "account": one.account.id,
        "layout": statement.layout,
        "currency": statement.currency,
        "since": min(days).isoformat() if days else None,
        "until": max(days).isoformat() if days else None,
        "opening": statement.opening,
        "closing": statement.closing,
        "lines": len(statement.lines),
        "new": one.new,
        "known": one.known,
        "proven": statement.proven,
        "skipped": statement.skipped,
    }
