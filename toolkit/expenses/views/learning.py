"""How training, measuring and explaining are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.expenses.views.words import category_words, flow_words
from toolkit.shell.blocks import Column, Heading, Line, Note, Sayable, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.service.learning import Evaluation, Trained, Why
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

_LONGEST_BAR = 10
_WORTH_SAYING = 0.01


@dataclass(frozen=True)
class Share(Sayable):
    """A share as a percentage with one decimal: `96,2 %`."""

    value: float

    def said(self, messages: Messages) -> str:
        text = f"{self.value * 100:.1f}"
        return f"{text.replace('.', ',')} %" if messages.lang == "vi" else f"{text}%"


def trained(done: Trained) -> Iterator[Block]:
    code = "expenses.trained_personal" if done.personal else "expenses.trained_shipped"
    yield Line(Words(code, phrases=done.phrases, lessons=done.lessons))
    where = "expenses.trained_where_private" if done.personal else "expenses.trained_where"
    yield Note(Words(where, path=str(done.path), size=max(1, done.size // 1000)))


def trained_json(done: Trained) -> dict[str, Any]:
    return {
        "path": str(done.path),
        "bytes": done.size,
        "phrases": done.phrases,
        "corrections": done.lessons,
        "personal": done.personal,
    }


def forgotten(there: bool) -> Iterator[Block]:
    yield Line(Words("expenses.personal_forgotten" if there else "expenses.personal_none"))


def forgotten_json(there: bool) -> dict[str, Any]:
    return {"removed": there}


def evaluation(found: Evaluation) -> Iterator[Block]:
    metrics = found.metrics
    which = "expenses.evaluated_personal" if found.personal else "expenses.evaluated_shipped"
    yield Line(Words(which, phrases=metrics["phrases"]))
    saved = metrics["saved_without_asking_kind_known"]
    rows: list[tuple[Cell, Cell]] = [
        (Words("expenses.measure_leaf"), Share(metrics["leaf"])),
        (Words("expenses.measure_kind_known"), Share(metrics["leaf_kind_known"])),
        *((Words(f"expenses.measure_{typing}"), Share(share)) for typing, share in metrics["typings"].items()),
        (Words("expenses.measure_top_3"), Share(metrics["top_3"])),
        (Words("expenses.measure_saved"), Share(saved["share"])),
        (Words("expenses.measure_saved_right"), Share(saved["right"])),
        (Words("expenses.measure_calibration"), Share(metrics["expected_calibration_error"])),
        *_sentence_rows(found.sentences),
    ]
    yield Table((Column(Words("expenses.column_measure")), Column(Words("expenses.column_right"), "right")), rows)
    if found.trials:
        yield Heading(Words("expenses.trials"))
        yield _trials(found.trials)


def _sentence_rows(counts: dict[str, int]) -> Iterator[tuple[Cell, Cell]]:
    for name, right, of in (
        ("items", "number right", "sentences"),
        ("amount", "amount right", "items"),
        ("date", "date right", "items"),
        ("kind", "kind right", "items"),
        ("category", "category right", "items"),
    ):
        if counts.get(of):
            yield Words(f"expenses.measure_sentence_{name}"), Share(counts.get(right, 0) / counts[of])
    if counts.get("chat"):
        yield Words("expenses.measure_sentence_chat"), Share(counts.get("chat logged", 0) / counts["chat"])


def _trials(trials: dict[str, Any]) -> Table:
    names = ("as_typed", "without_marks", "one_typo", "teencode", "kind_known")
    heads = (
        Column(Words("expenses.column_trial")),
        *(Column(Words(f"expenses.trial_{name}"), "right") for name in names),
    )
    return Table(heads, [(name, *(Share(one[measured]) for measured in names)) for name, one in trials.items()])


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    return {
        "personal": found.personal,
        "outdated": found.outdated,
        "threshold": found.threshold,
        "held_out": found.metrics,
        "sentences": {name.replace(" ", "_"): count for name, count in sorted(found.sentences.items())},
        "trials": found.trials,
    }


def why(found: Why) -> Iterator[Block]:
    entry = found.entry
    category = category_words(entry.category, found.own)
    yield Line(Words("expenses.why_entry", id=entry.id, note=entry.note, amount=flow_words(entry), category=category))
    yield Line(Words(f"expenses.why_by_{found.by}"))
    if found.words and found.by != "memory":
        most = max(abs(weight) for _, weight in found.words) or 1.0
        columns = (Column(Words("expenses.column_word")), Column(Words("expenses.column_speaks")))
        yield Table(columns, [(word, _bar(weight / most)) for word, weight in found.words])
    others = [one for one in found.guesses if one.category != entry.category and one.probability >= _WORTH_SAYING]
    if others and found.by == "model":
        yield Heading(Words("expenses.why_else"))
        columns = (Column(Words("expenses.column_category")), Column(Words("expenses.column_probability"), "right"))
        yield Table(columns, [(category_words(one.category, found.own), Share(one.probability)) for one in others])
    yield Note(Words("expenses.why_fix", id=entry.id))


def _bar(share: float) -> str:
    """For: a bar of +; against: of −."""
    return ("+" if share > 0 else "−") * max(1, round(abs(share) * _LONGEST_BAR))


def why_json(found: Why) -> dict[str, Any]:
    return {
        "id": found.entry.id,
        "category": found.entry.category,
        "by": found.by,
        "words": [{"word": word, "weight": round(weight, 4)} for word, weight in found.words],
        "alternatives": [[guess.category, round(guess.probability, 4)] for guess in found.guesses],
    }
